/** The service that checks, trains and evaluates experiments. */
package uniass.runner.experiment;
