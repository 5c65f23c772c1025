/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.station;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import uniass.api.data.AnomalyMap;
import uniass.gateway.Region;

/**
 * Finds the regions of a map whose scores reach a threshold: pixels that touch at sides or corners,
 * found by filling from each pixel that no region has yet.
 */
final class Regions {

  /** So that a map that is anomalous all over in specks does not make an endless answer. */
  private static final int MOST = 100;

  private final AnomalyMap map;
  private final float[] values;
  private final boolean[] open;
  private int[] stack = new int[64];

  private Regions(AnomalyMap map, double threshold) {
    this.map = map;
    this.values = map.values();
    this.open = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      open[i] = values[i] >= threshold;
    }
  }

  /**
   * Finds regions.
   *
   * @param height height of the image, in whose pixels regions are given
   * @param width its width
   */
  static List<Region> of(AnomalyMap map, double threshold, int height, int width) {
    Regions regions = new Regions(map, threshold);
    List<Region> found = new ArrayList<>();
    for (int i = 0; i < regions.open.length; i++) {
      if (regions.open[i]) {
        found.add(regions.fill(i).in(map, height, width));
      }
    }
    found.sort(Comparator.comparingDouble(Region::peak).reversed());
    return found.size() > MOST ? found.subList(0, MOST) : found;
  }

  private static final class Sums {
    int left = Integer.MAX_VALUE;
    int top = Integer.MAX_VALUE;
    int right;
    int bottom;
    long area;
    long x;
    long y;
    float peak = Float.NEGATIVE_INFINITY;

    Region in(AnomalyMap map, int height, int width) {
      double down = (double) height / map.height();
      double across = (double) width / map.width();
      int x0 = (int) Math.floor(left * across);
      int y0 = (int) Math.floor(top * down);
      return new Region(
          x0,
          y0,
          (int) Math.ceil((right + 1) * across) - x0,
          (int) Math.ceil((bottom + 1) * down) - y0,
          Math.round(area * across * down),
          peak,
          ((double) x / area + 0.5) * across,
          ((double) y / area + 0.5) * down);
    }
  }

  private Sums fill(int start) {
    Sums sums = new Sums();
    int depth = push(0, start);
    while (depth > 0) {
      int at = stack[--depth];
      int row = at / map.width();
      int column = at % map.width();
      sums.left = Math.min(sums.left, column);
      sums.right = Math.max(sums.right, column);
      sums.top = Math.min(sums.top, row);
      sums.bottom = Math.max(sums.bottom, row);
      sums.area++;
      sums.x += column;
      sums.y += row;
      sums.peak = Math.max(sums.peak, values[at]);
      for (int r = Math.max(0, row - 1); r <= Math.min(map.height() - 1, row + 1); r++) {
        for (int c = Math.max(0, column - 1); c <= Math.min(map.width() - 1, column + 1); c++) {
          depth = push(depth, r * map.width() + c);
        }
      }
    }
    return sums;
  }

  private int push(int depth, int pixel) {
    if (!open[pixel]) {
      return depth;
    }
    open[pixel] = false;
    if (depth == stack.length) {
      stack = Arrays.copyOf(stack, 2 * depth);
    }
    stack[depth] = pixel;
    return depth + 1;
  }
}
