/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.synthetic;

import java.util.random.RandomGenerator;

/**
 * The outline of a defect.
 *
 * @param left column of its first value in the image; may lie outside
 * @param top row of its first value in the image; may lie outside
 * @param width columns
 * @param height rows
 * @param cover (height, width), row-major: how much of a pixel is covered, 0 to 1
 */
record Stencil(int left, int top, int width, int height, float[] cover) {

  /** Signed distance to the border in pixels, positive inside. */
  @FunctionalInterface
  private interface Inside {
    double at(double x, double y);
  }

  private static Stencil of(double x, double y, double radius, Inside inside) {
    int half = (int) Math.ceil(radius) + 1;
    int side = 2 * half + 1;
    int left = (int) Math.floor(x) - half;
    int top = (int) Math.floor(y) - half;
    float[] cover = new float[side * side];
    for (int row = 0, i = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        double distance = inside.at(left + column + 0.5 - x, top + row + 0.5 - y);
        cover[i++] = (float) Math.max(0, Math.min(1, 0.5 + distance));
      }
    }
    return new Stencil(left, top, side, side, cover);
  }

  /** An ellipse in any direction whose border wobbles. */
  static Stencil blob(double x, double y, double size, RandomGenerator random) {
    double aspect = StrictMath.exp((random.nextDouble() - 0.5) * 1.4);
    double a = size / 2 * Math.sqrt(aspect);
    double b = size / 2 / Math.sqrt(aspect);
    double turn = Math.PI * random.nextDouble();
    double cos = StrictMath.cos(turn);
    double sin = StrictMath.sin(turn);
    PerlinNoise wobble = new PerlinNoise(Math.max(2, size / 2.5), random);
    double strength = 0.35 * random.nextDouble();
    double mean = Math.sqrt(a * b);
    return of(
        x,
        y,
        1.4 * Math.max(a, b),
        (dx, dy) -> {
          double u = (cos * dx + sin * dy) / a;
          double v = (cos * dy - sin * dx) / b;
          return (1 + strength * wobble.at(dx + size, dy + size) - Math.sqrt(u * u + v * v)) * mean;
        });
  }

  /** A rectangle in any direction. */
  static Stencil box(double x, double y, double size, RandomGenerator random) {
    double aspect = StrictMath.exp((random.nextDouble() - 0.5) * 2);
    double a = size / 2 * Math.sqrt(aspect);
    double b = size / 2 / Math.sqrt(aspect);
    double turn = random.nextBoolean() ? 0 : Math.PI * random.nextDouble();
    double cos = StrictMath.cos(turn);
    double sin = StrictMath.sin(turn);
    return of(
        x,
        y,
        Math.sqrt(a * a + b * b),
        (dx, dy) -> Math.min(a - Math.abs(cos * dx + sin * dy), b - Math.abs(cos * dy - sin * dx)));
  }

  /** What noise leaves of a disk: ragged, often in pieces. */
  static Stencil ragged(double x, double y, double size, RandomGenerator random) {
    double radius = size / 1.6;
    PerlinNoise noise =
        new PerlinNoise(Math.max(2, size / (1.5 + 2 * random.nextDouble())), random);
    double scale = Math.max(1, size / 8);
    return of(
        x,
        y,
        radius,
        (dx, dy) -> {
          double ring = Math.sqrt(dx * dx + dy * dy) / radius;
          return ring >= 1
              ? -1
              : scale * (0.45 - ring * ring + 1.3 * noise.rough(dx + size, dy + size));
        });
  }

  /** A thin line that bends a little. */
  static Stencil stroke(double x, double y, double size, RandomGenerator random) {
    int pieces = 2 + random.nextInt(4);
    double[] xs = new double[pieces + 1];
    double[] ys = new double[pieces + 1];
    double angle = 2 * Math.PI * random.nextDouble();
    double step = 1.5 * size / pieces;
    double bend = 0.8 * random.nextDouble();
    for (int i = 1; i <= pieces; i++) {
      xs[i] = xs[i - 1] + step * StrictMath.cos(angle);
      ys[i] = ys[i - 1] + step * StrictMath.sin(angle);
      angle += bend * (2 * random.nextDouble() - 1);
    }
    double middleX = xs[pieces] / 2;
    double middleY = ys[pieces] / 2;
    double half = 0.6 + Math.max(0, size / 14 - 0.6) * random.nextDouble();
    return of(
        x,
        y,
        0.75 * size + half + 1,
        (dx, dy) -> {
          double nearest = Double.MAX_VALUE;
          for (int i = 0; i < pieces; i++) {
            double ux = xs[i + 1] - xs[i];
            double uy = ys[i + 1] - ys[i];
            double px = dx + middleX - xs[i];
            double py = dy + middleY - ys[i];
            double t = (px * ux + py * uy) / (ux * ux + uy * uy);
            t = Math.max(0, Math.min(1, t));
            double ex = px - t * ux;
            double ey = py - t * uy;
            nearest = Math.min(nearest, ex * ex + ey * ey);
          }
          return half - Math.sqrt(nearest);
        });
  }
}
