/**
 * The scoring service: takes scored images, feeds the metrics of each category and defect type,
 * writes tables.
 */
package uniass.metrics.engine;
