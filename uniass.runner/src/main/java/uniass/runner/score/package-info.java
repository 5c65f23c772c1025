/** Computes the metrics of anomaly maps that any program wrote. */
package uniass.runner.score;
