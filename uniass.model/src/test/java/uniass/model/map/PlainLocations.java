/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.map;

import java.util.Arrays;

/** What {@link LocationStatistics} and {@link PerLocation} define, pixel by pixel in doubles. */
final class PlainLocations {

  private final int side;
  private final int grid;
  private final boolean raise;
  private final double[][] usual;
  private final double[][] gain;
  private double whole;
  private double meansKept;
  private double spreadsKept;

  /** From normal maps (N,1,side,side). */
  PlainLocations(float[] maps, int side, int grid, double prior, boolean raise) {
    this.side = side;
    this.grid = grid;
    this.raise = raise;
    int n = maps.length / (side * side);
    double[][][] means = new double[n][grid][grid];
    double[][][] spreads = new double[n][grid][grid];
    for (int i = 0; i < n; i++) {
      for (int r = 0; r < grid; r++) {
        for (int c = 0; c < grid; c++) {
          means[i][r][c] = mean(maps, i, r, c, 0, 1);
        }
      }
    }
    double[] kept = new double[1];
    usual = shrunk(means, kept);
    meansKept = kept[0];
    whole = mean(usual);
    for (int i = 0; i < n; i++) {
      for (int r = 0; r < grid; r++) {
        for (int c = 0; c < grid; c++) {
          spreads[i][r][c] = Math.log(Math.sqrt(mean(maps, i, r, c, usual[r][c], 2)));
        }
      }
    }
    double[][] spread = shrunk(spreads, kept);
    spreadsKept = kept[0];
    double all = mean(spread);
    if (!raise) {
      whole = threeQuarters(usual);
      all = threeQuarters(spread);
    }
    gain = new double[grid][grid];
    for (int r = 0; r < grid; r++) {
      for (int c = 0; c < grid; c++) {
        double weighted = (n * spread[r][c] + prior * all) / (n + prior);
        gain[r][c] = Math.min(raise ? 4 : 1, Math.max(0.25, Math.exp(all - weighted)));
        usual[r][c] = raise ? usual[r][c] : Math.max(whole, usual[r][c]);
      }
    }
  }

  double meansKept() {
    return meansKept;
  }

  double spreadsKept() {
    return spreadsKept;
  }

  /** The mean of (x - from)^power in a place, whose borders are rounded outwards. */
  private double mean(float[] maps, int image, int r, int c, double from, int power) {
    double sum = 0;
    int count = 0;
    for (int y = r * side / grid; y < ((r + 1) * side + grid - 1) / grid; y++) {
      for (int x = c * side / grid; x < ((c + 1) * side + grid - 1) / grid; x++) {
        sum += Math.pow(maps[(image * side + y) * side + x] - from, power);
        count++;
      }
    }
    return sum / count;
  }

  private static double mean(double[][] values) {
    double sum = 0;
    for (double[] row : values) {
      for (double value : row) {
        sum += value;
      }
    }
    return sum / (values.length * values.length);
  }

  /** Every fourth place lies above. */
  private static double threeQuarters(double[][] values) {
    double[] sorted = Arrays.stream(values).flatMapToDouble(Arrays::stream).sorted().toArray();
    return sorted[sorted.length * 3 / 4];
  }

  private static double[][] shrunk(double[][][] images, double[] kept) {
    int n = images.length;
    int grid = images[0].length;
    double[][] mean = new double[grid][grid];
    for (int r = 0; r < grid; r++) {
      for (int c = 0; c < grid; c++) {
        for (double[][] image : images) {
          mean[r][c] += image[r][c] / n;
        }
      }
    }
    double all = mean(mean);
    double between = 0;
    double within = 0;
    for (int r = 0; r < grid; r++) {
      for (int c = 0; c < grid; c++) {
        between += Math.pow(mean[r][c] - all, 2);
        for (double[][] image : images) {
          within += Math.pow(image[r][c] - mean(image) - (mean[r][c] - all), 2);
        }
      }
    }
    int free = grid * grid - 1;
    double t = between / free;
    double w = within / (n - 1) / free;
    kept[0] = Math.max(0, t - 2 * w / n) / t;
    double[][] shrunk = new double[grid][grid];
    for (int r = 0; r < grid; r++) {
      for (int c = 0; c < grid; c++) {
        shrunk[r][c] = all + kept[0] * (mean[r][c] - all);
      }
    }
    return shrunk;
  }

  /** Filters one blurred map. */
  float[] filtered(float[] map) {
    float[] result = new float[map.length];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double value = map[y * side + x];
        double changed = (value - at(usual, y, x)) * at(gain, y, x) + whole;
        double least = Math.max(changed, value / 10);
        result[y * side + x] = (float) (raise ? least : Math.min(value, least));
      }
    }
    return result;
  }

  /** Bilinear between the centers of places, constant beyond the outermost. */
  private double at(double[][] values, int y, int x) {
    double row = Math.max(0, (y + 0.5) * grid / side - 0.5);
    double column = Math.max(0, (x + 0.5) * grid / side - 0.5);
    int top = (int) row;
    int left = (int) column;
    int bottom = Math.min(grid - 1, top + 1);
    int right = Math.min(grid - 1, left + 1);
    double down = row - top;
    double over = column - left;
    return (1 - down) * ((1 - over) * values[top][left] + over * values[top][right])
        + down * ((1 - over) * values[bottom][left] + over * values[bottom][right]);
  }
}
