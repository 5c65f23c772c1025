/** Evaluates a model file: metrics, baselines, and what the report shows. */
package uniass.runner.evaluate;
