/* SPDX-License-Identifier: Apache-2.0 */
package uniass.sample;

import java.util.List;

/** A two-colored gelatine capsule on a tray, lying slightly askew. */
final class Capsules implements Product {

  @Override
  public String name() {
    return "capsule";
  }

  @Override
  public List<String> defects() {
    return List.of("crack", "stain", "color", "squeeze");
  }

  @Override
  public void draw(Scene scene, String defect) {
    double cx = 0.5 + scene.between(-0.04, 0.04);
    double cy = 0.5 + scene.between(-0.06, 0.06);
    double angle = scene.between(-0.25, 0.25) + (scene.random.nextBoolean() ? Math.PI : 0);
    double half = scene.between(0.2, 0.215);
    double radius = scene.between(0.115, 0.125);
    double seam = scene.between(-0.03, 0.03);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    Noise tray = scene.noise();
    scene.fill(
        (x, y, rgb) -> {
          double light = 0.8 + 0.05 * tray.fractal(x * 14, y * 14, 3);
          Scene.set(rgb, light * 0.97, light, light * 0.98);
        });
    Shape straight =
        Shape.stroke(cx - half * cos, cy - half * sin, cx + half * cos, cy + half * sin, radius);
    Shape body = straight;
    boolean squeezed = "squeeze".equals(defect);
    if (squeezed) {
      double along = half * scene.between(-0.8, 0.8);
      double side = scene.random.nextBoolean() ? 1 : -1;
      double dentRadius = scene.between(0.05, 0.09);
      double away = radius + dentRadius - scene.between(0.03, 0.06);
      double dx = cx + along * cos - side * away * sin;
      double dy = cy + along * sin + side * away * cos;
      Shape dent = Shape.circle(dx, dy, dentRadius);
      body = straight.minus(dent);
      scene.mark(straight.and(dent));
    }
    Shape shadow = body;
    scene.paint(
        (x, y) -> shadow.distance(x - 0.012, y - 0.02),
        0.05,
        (x, y, rgb) -> Scene.multiply(rgb, 0.62));
    scene.paint(
        body,
        0.008,
        (x, y, rgb) -> {
          double along = (x - cx) * cos + (y - cy) * sin;
          double across = ((y - cy) * cos - (x - cx) * sin) / radius;
          double round = Math.sqrt(Math.max(0.05, 1 - across * across));
          double lit = 0.5 + 0.5 * round + 0.25 * StrictMath.exp(-40 * sq(y - cy + 0.06));
          if (along < seam) {
            Scene.set(rgb, 0.83 * lit, 0.58 * lit, 0.16 * lit);
          } else {
            Scene.set(rgb, 0.22 * lit, 0.4 * lit, 0.34 * lit);
          }
          if (Math.abs(along - seam) < 0.006) {
            Scene.multiply(rgb, 0.75);
          }
        });
    if (defect != null && !squeezed) {
      double along = half * scene.between(-1, 1);
      double aside = radius * scene.between(-0.5, 0.5);
      double x = cx + along * cos - aside * sin;
      double y = cy + along * sin + aside * cos;
      switch (defect) {
        case "crack" -> Damage.crack(scene, x, y, body);
        case "stain" -> Damage.stain(scene, x, y, body);
        default -> Damage.color(scene, x, y, body);
      }
    }
  }

  private static double sq(double value) {
    return value * value;
  }
}
