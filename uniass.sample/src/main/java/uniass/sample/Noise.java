/* SPDX-License-Identifier: Apache-2.0 */
package uniass.sample;

import uniass.tensor.Seeds;

/** Smooth pseudo-random fields over the plane, equal on every machine. */
final class Noise {

  private final long seed;

  Noise(long seed) {
    this.seed = seed;
  }

  /** Value noise in [-1,1] with features of about one unit. */
  double value(double x, double y) {
    double left = StrictMath.floor(x);
    double top = StrictMath.floor(y);
    double u = smooth(x - left);
    double v = smooth(y - top);
    long i = (long) left;
    long j = (long) top;
    double upper = corner(i, j) * (1 - u) + corner(i + 1, j) * u;
    double lower = corner(i, j + 1) * (1 - u) + corner(i + 1, j + 1) * u;
    return upper * (1 - v) + lower * v;
  }

  /** A sum of octaves, each twice as fine and half as strong, in about [-1,1]. */
  double fractal(double x, double y, int octaves) {
    double sum = 0;
    double weight = 0.5;
    double scale = 1;
    for (int octave = 0; octave < octaves; octave++) {
      sum += weight * value(x * scale + 17.3 * octave, y * scale - 9.1 * octave);
      weight /= 2;
      scale *= 2;
    }
    return sum;
  }

  private double corner(long i, long j) {
    long z = Seeds.mix(seed ^ i * 0x9E3779B97F4A7C15L ^ j * 0xC2B2AE3D27D4EB4FL);
    return (z >>> 11) * 0x1.0p-52 - 1;
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }
}
