/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.station;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** Counts values in ranges, each twice as wide as the one before, as OpenMetrics has them. */
public final class Histogram {

  private final double[] bounds;
  private final LongAdder[] counts;
  private final DoubleAdder sum = new DoubleAdder();

  /**
   * Begins with nothing.
   *
   * @param first upper bound of the first range
   * @param ranges number of ranges; one more holds what is beyond
   */
  Histogram(double first, int ranges) {
    bounds = new double[ranges];
    counts = new LongAdder[ranges + 1];
    for (int i = 0; i <= ranges; i++) {
      counts[i] = new LongAdder();
      if (i < ranges) {
        bounds[i] = first * Math.pow(2, i);
      }
    }
  }

  void add(double value) {
    int range = 0;
    while (range < bounds.length && value > bounds[range]) {
      range++;
    }
    counts[range].increment();
    sum.add(value);
  }

  /** Upper bounds of the ranges, but for the last one, which has none. */
  public double[] bounds() {
    return bounds.clone();
  }

  /** How many values lie in each range; one more than bounds. */
  public long[] counts() {
    long[] now = new long[counts.length];
    for (int i = 0; i < now.length; i++) {
      now[i] = counts[i].sum();
    }
    return now;
  }

  /** The sum of all values. */
  public double sum() {
    return sum.sum();
  }
}
