/* SPDX-License-Identifier: Apache-2.0 */
package uniass.sample;

/** Defects that happen to any surface. Places are in the unit square, sizes in shares of it. */
final class Damage {

  private Damage() {}

  /** A line from a place on, about so long. */
  record Line(double x, double y, double length) {}

  /** A wandering line of several strokes. */
  static Shape wanderingLine(Scene scene, Line from, double halfWidth, double restlessness) {
    double x = from.x();
    double y = from.y();
    double length = from.length();
    double heading = scene.between(0, 2 * Math.PI);
    int strokes = 6;
    Shape line = null;
    for (int i = 0; i < strokes; i++) {
      heading += restlessness * scene.between(-1, 1);
      double nextX = x + length / strokes * StrictMath.cos(heading);
      double nextY = y + length / strokes * StrictMath.sin(heading);
      Shape stroke = Shape.stroke(x, y, nextX, nextY, halfWidth);
      line = line == null ? stroke : line.or(stroke);
      x = nextX;
      y = nextY;
    }
    return line;
  }

  /** A scratch: a nearly straight line that shines or is dull. */
  static void scratch(Scene scene, double x, double y, Shape within) {
    double length = scene.logBetween(0.12, 0.55);
    Shape line = wanderingLine(scene, new Line(x, y, length), scene.between(0.004, 0.009), 0.12);
    double shine = scene.random.nextBoolean() ? scene.between(1.35, 1.8) : scene.between(0.4, 0.65);
    scene.spoil(line.and(within), 0.006, (px, py, rgb) -> Scene.multiply(rgb, shine));
  }

  /** A crack: a dark, jagged line. */
  static void crack(Scene scene, double x, double y, Shape within) {
    double length = scene.logBetween(0.12, 0.5);
    Shape line = wanderingLine(scene, new Line(x, y, length), scene.between(0.004, 0.01), 0.9);
    scene.spoil(line.and(within), 0.005, (px, py, rgb) -> Scene.multiply(rgb, 0.22));
  }

  /** A stain: a soft-edged blot that tints what is below. */
  static void stain(Scene scene, double x, double y, Shape within) {
    double radius = scene.logBetween(0.03, 0.13);
    Shape blot = Shape.blob(x, y, radius, 0.5, scene.noise());
    float red = (float) scene.between(0.35, 0.75);
    float green = (float) scene.between(0.3, 0.6);
    float blue = (float) scene.between(0.2, 0.45);
    scene.spoil(
        blot.and(within),
        0.01,
        (px, py, rgb) -> {
          rgb[0] *= red;
          rgb[1] *= green;
          rgb[2] *= blue;
        });
  }

  /** A hole: dark, with a lit rim on one side. */
  static void hole(Scene scene, double x, double y, Shape within) {
    double radius = scene.logBetween(0.02, 0.07);
    Noise noise = scene.noise();
    Shape rim = Shape.blob(x, y, radius * 1.18, 0.25, noise);
    Shape pit = Shape.blob(x, y, radius, 0.25, noise);
    scene.spoil(rim.and(within), 0.008, (px, py, rgb) -> Scene.multiply(rgb, 1.25));
    scene.spoil(pit.and(within), 0.01, Scene.Paint.flat(0.06, 0.05, 0.05));
  }

  /** A discolored patch: the right texture in a wrong hue. */
  static void color(Scene scene, double x, double y, Shape within) {
    Shape patch = Shape.blob(x, y, scene.logBetween(0.05, 0.14), 0.4, scene.noise());
    int strengthened = scene.random.nextInt(3);
    double strength = scene.between(1.35, 1.7);
    scene.spoil(
        patch.and(within),
        0.015,
        (px, py, rgb) -> {
          for (int c = 0; c < 3; c++) {
            rgb[c] *= (float) (c == strengthened ? strength : 0.72);
          }
        });
  }

  /** The whole image. */
  static final Shape ANYWHERE = (x, y) -> -1;
}
