/** Evaluates models. */
package uniass.runner.evaluate;
