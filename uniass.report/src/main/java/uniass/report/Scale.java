/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import java.util.Arrays;
import java.util.List;
import uniass.api.data.AnomalyMap;

/**
 * The values at both ends of a color scale; one for all images of a category, so that they can be
 * compared.
 */
record Scale(double low, double high) {

  private static final int EVERY = 7;
  private static final double LOWEST = 0.01;
  private static final double HIGHEST = 0.995;
  private static final double ROOM_ABOVE_THRESHOLD = 1.5;

  /** Spans nearly all values of some maps; a few extreme pixels don't darken all others. */
  static Scale of(List<AnomalyMap> maps, double threshold) {
    int count = 0;
    float[] values = new float[maps.stream().mapToInt(m -> m.values().length / EVERY + 1).sum()];
    for (AnomalyMap map : maps) {
      for (int i = 0; i < map.values().length; i += EVERY) {
        values[count++] = map.values()[i];
      }
    }
    Arrays.sort(values, 0, count);
    if (count == 0) {
      return new Scale(0, 1);
    }
    double low = values[(int) (LOWEST * (count - 1))];
    double high = values[(int) (HIGHEST * (count - 1))];
    if (Double.isFinite(threshold)) {
      high = Math.max(high, low + ROOM_ABOVE_THRESHOLD * (threshold - low));
    }
    return new Scale(low, high);
  }

  /** Where a value lies between the ends. */
  double position(double value) {
    return high > low ? (value - low) / (high - low) : 0;
  }
}
