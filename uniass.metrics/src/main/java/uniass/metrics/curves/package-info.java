/**
 * Exact ROC, precision-recall and per-region-overlap curves, and what follows from them: areas,
 * maxima, overlaps.
 */
package uniass.metrics.curves;
