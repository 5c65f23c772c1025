/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.engine;

import uniass.api.metric.Scores;

/** Histograms of image scores. */
final class Histograms {

  private static final int BINS = 40;

  private Histograms() {}

  /** Equal bins from the lowest to the highest score. */
  static Scores.Histogram of(double[] normal, double[] anomalous) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double[] scores : new double[][] {normal, anomalous}) {
      for (double s : scores) {
        low = Math.min(low, s);
        high = Math.max(high, s);
      }
    }
    if (low == high) {
      low -= 0.5;
      high += 0.5;
    }
    double[] edges = new double[BINS + 1];
    for (int i = 0; i <= BINS; i++) {
      edges[i] = low + (high - low) * i / BINS;
    }
    return new Scores.Histogram(edges, count(normal, low, high), count(anomalous, low, high));
  }

  private static long[] count(double[] scores, double low, double high) {
    long[] counts = new long[BINS];
    for (double s : scores) {
      counts[(int) Math.min(BINS - 1, (s - low) / (high - low) * BINS)]++;
    }
    return counts;
  }
}
