/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.curves;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import uniass.api.metric.Scores;

/**
 * Walks down the distinct scores of anomalous pixels and integrates the mean overlap of components
 * over the false positive rate: trapezoids from (0, 0) on, one point per distinct score, linear up
 * to each limit.
 *
 * <p>The overlap is kept as an integer: a component's share is k / size in fixed point, rounded
 * down as a whole and not per pixel, so the order of pixels does not matter and the error stays
 * below the number of components times the last digit.
 */
final class ProSweep {

  private static final class Area {
    final double end;
    final Sum sum = new Sum();
    boolean closed;

    Area(double end) {
      this.end = end;
    }
  }

  private final long normal;
  private final int components;
  private final double one;
  private final int[] sizes;
  private final long[] quotients;
  private final int[] remainders;
  private final int[] carried;
  private final SortedMap<Double, Area> areas = new TreeMap<>();
  private final CurveThinner curve;
  private long falseAlarms;
  private long overlap;
  private long before;
  private double lowest;

  /**
   * Starts above the highest score.
   *
   * @param sizes pixels of each component, those of other groups among them
   * @param components how many components belong to the group
   */
  ProSweep(long normal, int[] sizes, int components, SortedSet<Double> limits, boolean curves) {
    this.normal = normal;
    this.components = components;
    this.sizes = sizes;
    int digits = 62 - (Integer.SIZE - Integer.numberOfLeadingZeros(components));
    this.one = 0x1p0 * (1L << digits);
    this.quotients = new long[sizes.length];
    this.remainders = new int[sizes.length];
    this.carried = new int[sizes.length];
    for (int c = 0; c < sizes.length; c++) {
      quotients[c] = (1L << digits) / sizes[c];
      remainders[c] = (int) ((1L << digits) % sizes[c]);
    }
    limits.forEach(limit -> areas.put(limit, new Area(limit * normal)));
    this.curve = curves ? CurveThinner.rising("pro") : null;
    if (curves) {
      curve.add(0, 0, Double.POSITIVE_INFINITY);
    }
  }

  /** Passes normal pixels that tie with no anomalous one. */
  void pass(long normals) {
    advance(normals, overlap, overlap);
  }

  /** Notes an anomalous pixel of the score that the next step takes. */
  void pixel(int component) {
    long share = quotients[component];
    int carry = carried[component] - sizes[component] + remainders[component];
    if (carry >= 0) {
      share++;
    } else {
      carry += sizes[component];
    }
    carried[component] = carry;
    overlap += share;
  }

  /** Notes all pixels of a component at once that share the score that the next step takes. */
  void step(double score, long normals) {
    if (curve != null && normal > 0) {
      curve.add((double) falseAlarms / normal, mean(before), Math.nextUp((float) score));
    }
    advance(normals, before, overlap);
    before = overlap;
    lowest = score;
    if (curve != null && normal > 0) {
      curve.add((double) falseAlarms / normal, mean(overlap), score);
    }
  }

  /** The normalized area up to a limit; NaN without normal pixels or components. */
  double area(double limit) {
    Area area = areas.get(limit);
    return normal == 0 || components == 0
        ? Double.NaN
        : area.sum.value() / area.end / one / components;
  }

  /** The thinned curve. */
  Scores.Curve curve() {
    curve.add(1, 1, lowest);
    return curve.curve();
  }

  private double mean(long shares) {
    return shares / one / components;
  }

  private void advance(long normals, long from, long to) {
    if (normals == 0) {
      return;
    }
    for (Area area : areas.values()) {
      if (area.closed) {
        continue;
      }
      double width = normals;
      double height = to;
      if (falseAlarms + normals >= area.end) {
        width = area.end - falseAlarms;
        height = from + (double) (to - from) * (width / normals);
        area.closed = true;
      }
      area.sum.add(width * ((from + height) / 2));
    }
    falseAlarms += normals;
  }
}
