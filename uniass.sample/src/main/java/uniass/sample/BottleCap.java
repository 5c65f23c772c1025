/* SPDX-License-Identifier: Apache-2.0 */
package uniass.sample;

import java.util.List;

/** A crown cap from above, anywhere near the middle and turned any way. */
final class BottleCap implements Product {

  private static final int TEETH = 21;

  @Override
  public String name() {
    return "cap";
  }

  @Override
  public List<String> defects() {
    return List.of("scratch", "stain", "broken-rim", "print");
  }

  @Override
  public void draw(Scene scene, String defect) {
    double cx = 0.5 + scene.between(-0.03, 0.03);
    double cy = 0.5 + scene.between(-0.03, 0.03);
    double radius = scene.between(0.36, 0.39);
    double turn = scene.between(0, 2 * Math.PI);
    Noise belt = scene.noise();
    double beltTone = scene.between(0.2, 0.27);
    Scene.Paint beltPaint =
        (x, y, rgb) -> {
          double light = beltTone + 0.05 * belt.fractal(x * 30, y * 30, 2);
          Scene.set(rgb, light, light * 1.03, light * 1.05);
        };
    scene.fill(beltPaint);
    Shape crown =
        (x, y) -> {
          double angle = StrictMath.atan2(y - cy, x - cx) - turn;
          double wave = 0.018 * StrictMath.cos(TEETH * angle);
          return Math.hypot(x - cx, y - cy) - radius - wave;
        };
    scene.paint(shifted(crown, 0.012, 0.014), 0.04, (x, y, rgb) -> Scene.multiply(rgb, 0.5));
    scene.paint(
        crown,
        0.01,
        (x, y, rgb) -> {
          double angle = StrictMath.atan2(y - cy, x - cx) - turn;
          double light = 0.72 + 0.2 * StrictMath.cos(TEETH * angle);
          Scene.set(rgb, 0.78 * light, 0.2 * light, 0.16 * light);
        });
    Shape face = Shape.circle(cx, cy, radius * 0.8);
    double glossX = cx + radius * 0.3 * StrictMath.cos(turn * 0.37);
    double glossY = cy - radius * 0.35;
    scene.paint(
        face,
        0.012,
        (x, y, rgb) -> {
          double gloss = 0.22 * StrictMath.exp(-18 * (sq(x - glossX) + sq(y - glossY)));
          Scene.set(rgb, 0.8 + gloss, 0.19 + gloss, 0.15 + gloss);
        });
    scene.paint(
        Shape.circle(cx, cy, radius * 0.62).minus(Shape.circle(cx, cy, radius * 0.56)),
        0.008,
        Scene.Paint.flat(0.93, 0.9, 0.82));
    boolean misprinted = "print".equals(defect);
    int missingRay = misprinted ? scene.random.nextInt(5) : -1;
    for (int ray = 0; ray < 5; ray++) {
      double angle = turn + ray * 2 * Math.PI / 5;
      double x1 = cx + 0.45 * radius * StrictMath.cos(angle);
      double y1 = cy + 0.45 * radius * StrictMath.sin(angle);
      double x0 = cx + 0.12 * radius * StrictMath.cos(angle);
      double y0 = cy + 0.12 * radius * StrictMath.sin(angle);
      Shape stroke = Shape.stroke(x0, y0, x1, y1, 0.05 * radius);
      if (ray == missingRay) {
        scene.mark(stroke);
      } else {
        scene.paint(stroke, 0.008, Scene.Paint.flat(0.93, 0.9, 0.82));
      }
    }
    if (defect != null && !misprinted) {
      double angle = scene.between(0, 2 * Math.PI);
      double from = radius * scene.between(0.1, 0.6);
      double x = cx + from * StrictMath.cos(angle);
      double y = cy + from * StrictMath.sin(angle);
      switch (defect) {
        case "scratch" -> Damage.scratch(scene, x, y, face);
        case "stain" -> Damage.stain(scene, x, y, crown);
        default -> {
          double bx = cx + radius * StrictMath.cos(angle);
          double by = cy + radius * StrictMath.sin(angle);
          double bite = scene.logBetween(0.04, 0.1);
          Shape broken = Shape.blob(bx, by, bite, 0.3, scene.noise()).and(crown);
          scene.spoil(broken, 0.008, beltPaint);
        }
      }
    }
  }

  private static Shape shifted(Shape shape, double dx, double dy) {
    return (x, y) -> shape.distance(x - dx, y - dy);
  }

  private static double sq(double value) {
    return value * value;
  }
}
