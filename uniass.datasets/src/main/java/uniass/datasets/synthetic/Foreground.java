/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.synthetic;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import uniass.api.data.Pixels;

/**
 * A guess at which part of an image is the product: what differs in color from the image's border,
 * on a coarse grid. If the border has no color of its own, as on textures, everything counts.
 */
final class Foreground {

  private static final int GRID = 48;

  /** Mean deviation of the border's values from their median, beyond which it is not plain. */
  private static final int PLAIN = 22;

  /** A share of the grid beyond these is not a product on a ground. */
  private static final double LEAST = 0.03;

  private static final double MOST = 0.97;

  private static final int LEVELS = 256;

  private final Pixels image;
  private final int[] cells;
  private final int[] edge;
  private final int[] ground;

  private Foreground(Pixels image, int[] cells, int[] edge, int[] ground) {
    this.image = image;
    this.cells = cells;
    this.edge = edge;
    this.ground = ground;
  }

  /** Everything counts. */
  static Foreground all(Pixels image) {
    int[] cells = new int[GRID * GRID];
    Arrays.setAll(cells, i -> i);
    return new Foreground(image, cells, new int[0], new int[0]);
  }

  /** Looks for the product. */
  static Foreground of(Pixels image) {
    int[] border = border(image);
    if (border == null) {
      return all(image);
    }
    int[] distance = new int[GRID * GRID];
    int[] histogram = new int[LEVELS];
    for (int i = 0; i < distance.length; i++) {
      int at = pixel(image, i);
      for (int c = 0; c < 3; c++) {
        distance[i] = Math.max(distance[i], Math.abs((image.rgb()[at + c] & 0xFF) - border[c]));
      }
      histogram[distance[i]]++;
    }
    int threshold = otsu(histogram, distance.length);
    int[] cells = filter(i -> distance[i] > threshold);
    if (cells.length < LEAST * distance.length || cells.length > MOST * distance.length) {
      return all(image);
    }
    return new Foreground(
        image,
        cells,
        filter(i -> distance[i] > threshold && besideGround(distance, i, threshold)),
        filter(i -> distance[i] <= threshold));
  }

  private static boolean besideGround(int[] distance, int cell, int threshold) {
    int column = cell % GRID;
    int row = cell / GRID;
    return (column > 0 && distance[cell - 1] <= threshold)
        || (column < GRID - 1 && distance[cell + 1] <= threshold)
        || (row > 0 && distance[cell - GRID] <= threshold)
        || (row < GRID - 1 && distance[cell + GRID] <= threshold);
  }

  private static int[] filter(java.util.function.IntPredicate condition) {
    return java.util.stream.IntStream.range(0, GRID * GRID).filter(condition).toArray();
  }

  /** The border's color, or null if it is not plain. */
  private static int[] border(Pixels image) {
    int[] median = new int[3];
    int deviation = 0;
    for (int c = 0; c < 3; c++) {
      int[] values = new int[4 * GRID];
      for (int i = 0; i < GRID; i++) {
        int[] cells = {i, (GRID - 1) * GRID + i, i * GRID, i * GRID + GRID - 1};
        for (int k = 0; k < 4; k++) {
          values[4 * i + k] = image.rgb()[pixel(image, cells[k]) + c] & 0xFF;
        }
      }
      Arrays.sort(values);
      median[c] = values[values.length / 2];
      int middle = median[c];
      deviation += Arrays.stream(values).map(v -> Math.abs(v - middle)).sum() / values.length;
    }
    return deviation > 3 * PLAIN ? null : median;
  }

  /** The threshold that separates two classes best (Otsu 1979). */
  private static int otsu(int[] histogram, int total) {
    double sum = 0;
    for (int i = 0; i < histogram.length; i++) {
      sum += (double) i * histogram[i];
    }
    double below = 0;
    long count = 0;
    double best = -1;
    int threshold = 0;
    for (int i = 0; i < histogram.length - 1; i++) {
      count += histogram[i];
      below += (double) i * histogram[i];
      if (count == 0 || count == total) {
        continue;
      }
      double difference = below / count - (sum - below) / (total - count);
      double between = difference * difference * count * (total - count);
      if (between > best) {
        best = between;
        threshold = i;
      }
    }
    return threshold;
  }

  /** Whether there is a product on a ground. */
  boolean hasGround() {
    return ground.length > 0 && edge.length > 0;
  }

  /** A place on the product: column and row. */
  double[] place(RandomGenerator random) {
    return place(cells, random);
  }

  /** A place on the product where the ground begins. */
  double[] edgePlace(RandomGenerator random) {
    return place(edge, random);
  }

  /** Where the values of some pixel of the ground begin. */
  int groundPixel(RandomGenerator random) {
    return pixel(image, ground[random.nextInt(ground.length)]);
  }

  private double[] place(int[] among, RandomGenerator random) {
    int cell = among[random.nextInt(among.length)];
    return new double[] {
      (cell % GRID + random.nextDouble()) * image.width() / GRID,
      (cell / GRID + random.nextDouble()) * image.height() / GRID
    };
  }

  private static int pixel(Pixels image, int cell) {
    int x = (int) ((cell % GRID + 0.5) * image.width() / GRID);
    int y = (int) ((cell / GRID + 0.5) * image.height() / GRID);
    return 3 * (y * image.width() + x);
  }
}
