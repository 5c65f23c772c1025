/**
 * Pixel scores by the billion: kept as sortable keys in memory, spilled to disk beyond a limit,
 * sorted and counted range by range.
 */
package uniass.metrics.storage;
