/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.metric;

import java.util.Arrays;
import uniass.api.UniassException;

/** How one score of a whole image comes from its anomaly map. */
public enum ImageScore {
  /** The largest pixel. */
  MAX("max") {
    @Override
    public double of(float[] map) {
      float largest = Float.NEGATIVE_INFINITY;
      for (float v : map) {
        if (v > largest) {
          largest = v;
        }
      }
      return largest;
    }
  },
  /** The population standard deviation of all pixels. */
  STD("std") {
    @Override
    public double of(float[] map) {
      double mean = mean(map, 0);
      double squares = 0;
      for (float v : map) {
        squares += (v - mean) * (v - mean);
      }
      return Math.sqrt(squares / map.length);
    }
  },
  /** The mean of all pixels. */
  MEAN("mean") {
    @Override
    public double of(float[] map) {
      return mean(map, 0);
    }
  },
  /** The mean of the largest hundredth of the pixels, rounded down, of one pixel at least. */
  TOP_1_PERCENT("top-1-percent") {
    @Override
    public double of(float[] map) {
      float[] sorted = map.clone();
      Arrays.sort(sorted);
      return mean(sorted, sorted.length - Math.max(1, sorted.length / 100));
    }
  };

  private final String key;

  ImageScore(String key) {
    this.key = key;
  }

  /** The name in experiments and files. */
  public String key() {
    return key;
  }

  /** Computes the score of a finite map of at least one pixel. */
  public abstract double of(float[] map);

  /** Finds a score by its name. */
  public static ImageScore named(String key) {
    for (ImageScore score : values()) {
      if (score.key.equals(key)) {
        return score;
      }
    }
    throw new UniassException(
        "no image score '" + key + "'; there are: max, std, mean, top-1-percent");
  }

  private static double mean(float[] map, int from) {
    double sum = 0;
    for (int i = from; i < map.length; i++) {
      sum += map[i];
    }
    return sum / (map.length - from);
  }
}
