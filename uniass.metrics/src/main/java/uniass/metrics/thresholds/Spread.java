/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.thresholds;

import java.util.Arrays;

/**
 * Location and scale that single odd values do not move.
 *
 * @param location the median
 * @param scale 1.4826 times the median absolute deviation: the standard deviation, if normal
 */
record Spread(double location, double scale) {

  private static final double NORMAL = 1.4826;

  /** The spread of ascending values, one at least. */
  static Spread of(double[] sorted) {
    double median = median(sorted);
    double[] deviations = Arrays.stream(sorted).map(v -> Math.abs(v - median)).sorted().toArray();
    return new Spread(median, NORMAL * median(deviations));
  }

  static double median(double[] sorted) {
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
