/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.bank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import uniass.api.Progress;
import uniass.tensor.Engines;

/** Greedy selection against the loop that defines it. */
class CoresetTest {

  private static final int D = 8;

  private static float[] clusters(int n) {
    Random random = new Random(1);
    float[] points = new float[n * D];
    float[] center = new float[D];
    for (int i = 0; i < n; i++) {
      if (i % 50 == 0) {
        for (int d = 0; d < D; d++) {
          center[d] = (float) (4 * random.nextGaussian());
        }
      }
      for (int d = 0; d < D; d++) {
        points[i * D + d] = (float) (center[d] + random.nextGaussian());
      }
    }
    return points;
  }

  /** Squared distances of all points to one. */
  private static double[] to(float[] points, int index) {
    double[] squares = new double[points.length / D];
    for (int i = 0; i < points.length; i++) {
      double difference = points[i] - points[index * D + i % D];
      squares[i / D] += difference * difference;
    }
    return squares;
  }

  private static double radius(float[] points, long[] chosen) {
    double[] nearest = new double[points.length / D];
    Arrays.fill(nearest, Double.MAX_VALUE);
    for (long index : chosen) {
      double[] squares = to(points, (int) index);
      Arrays.setAll(nearest, i -> Math.min(nearest[i], squares[i]));
    }
    return Math.sqrt(Arrays.stream(nearest).max().orElseThrow());
  }

  private static long[] greedy(float[] points, int first, int size) {
    long[] chosen = new long[size];
    chosen[0] = first;
    double[] nearest = to(points, first);
    for (int k = 1; k < size; k++) {
      int far = 0;
      for (int i = 0; i < nearest.length; i++) {
        far = nearest[i] > nearest[far] ? i : far;
      }
      chosen[k] = far;
      double[] squares = to(points, far);
      Arrays.setAll(nearest, i -> Math.min(nearest[i], squares[i]));
    }
    return chosen;
  }

  @Test
  void isExactIfARoundNeedsNoMoreAndCoversAlmostAsWellOtherwise() {
    float[] points = clusters(6000);
    try (NDManager manager = Engines.load().newManager(Device.cpu())) {
      NDArray tensor = manager.create(points, new Shape(6000, D));
      Coreset exact = Coreset.of(tensor, 300, 1, Progress.NONE);
      assertArrayEquals(
          greedy(points, (int) exact.indices()[0], 300), exact.indices(), "lazy, but exact");
      assertEquals(radius(points, exact.indices()), exact.radius(), 1e-3);

      Coreset quick = Coreset.of(tensor, 300, Progress.NONE);
      assertEquals(300, Arrays.stream(quick.indices()).distinct().count());
      assertEquals(radius(points, quick.indices()), quick.radius(), 1e-3);
      assertTrue(
          quick.radius() < 1.1 * exact.radius(), quick.radius() + " against " + exact.radius());
    }
  }

  @Test
  void choosesEqualPointsOnce() {
    float[] points = new float[40 * D];
    for (int i = 0; i < points.length; i++) {
      points[i] = i / D % 5 * (1 + i % D);
    }
    try (NDManager manager = Engines.load().newManager(Device.cpu())) {
      NDArray tensor = manager.create(points, new Shape(40, D));
      Coreset coreset = Coreset.of(tensor, 30, Progress.NONE);
      assertEquals(5, coreset.indices().length);
      assertEquals(0, coreset.radius(), 1e-3);
    }
  }
}
