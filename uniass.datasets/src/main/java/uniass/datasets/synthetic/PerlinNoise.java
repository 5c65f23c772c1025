/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.synthetic;

import java.util.random.RandomGenerator;

/**
 * Gradient noise (Perlin, "An image synthesizer", SIGGRAPH 1985) with the quintic blend of his
 * later paper: smooth, isotropic, mean 0, about -1 to 1.
 */
final class PerlinNoise {

  private static final int SIZE = 256;

  private final float[] gradientX = new float[SIZE];
  private final float[] gradientY = new float[SIZE];
  private final int[] permutation = new int[SIZE];
  private final double period;

  /**
   * Draws a noise.
   *
   * @param period distance of its grid's points in pixels
   */
  PerlinNoise(double period, RandomGenerator random) {
    this.period = period;
    for (int i = 0; i < SIZE; i++) {
      double angle = 2 * Math.PI * random.nextDouble();
      gradientX[i] = (float) StrictMath.cos(angle);
      gradientY[i] = (float) StrictMath.sin(angle);
      permutation[i] = i;
    }
    for (int i = SIZE - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int spare = permutation[i];
      permutation[i] = permutation[j];
      permutation[j] = spare;
    }
  }

  /** The noise at a pixel. */
  double at(double x, double y) {
    return octave(x / period, y / period);
  }

  /** The noise with details of half and a quarter of its period. */
  double rough(double x, double y) {
    double u = x / period;
    double v = y / period;
    return (octave(u, v) + 0.5 * octave(2 * u, 2 * v) + 0.25 * octave(4 * u, 4 * v)) / 1.4;
  }

  private double octave(double x, double y) {
    int column = (int) Math.floor(x);
    int row = (int) Math.floor(y);
    double u = x - column;
    double v = y - row;
    double top = mix(dot(column, row, u, v), dot(column + 1, row, u - 1, v), fade(u));
    double bottom =
        mix(dot(column, row + 1, u, v - 1), dot(column + 1, row + 1, u - 1, v - 1), fade(u));
    return 1.5 * mix(top, bottom, fade(v));
  }

  private double dot(int column, int row, double x, double y) {
    int i = permutation[(permutation[column & (SIZE - 1)] + row) & (SIZE - 1)];
    return gradientX[i] * x + gradientY[i] * y;
  }

  private static double fade(double t) {
    return t * t * t * (t * (6 * t - 15) + 10);
  }

  private static double mix(double a, double b, double t) {
    return a + (b - a) * t;
  }
}
