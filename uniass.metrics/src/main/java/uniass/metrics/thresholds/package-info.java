/** Decision thresholds from the scores of normal images: methods with their guarantees. */
package uniass.metrics.thresholds;
