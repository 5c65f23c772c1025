/** Computes metrics: of a network over test images, and of anomaly maps that any program wrote. */
package uniass.runner.score;
