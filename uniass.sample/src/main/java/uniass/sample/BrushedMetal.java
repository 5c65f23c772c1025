/* SPDX-License-Identifier: Apache-2.0 */
package uniass.sample;

import java.util.List;

/** A sheet of brushed steel: fine streaks along one direction. */
final class BrushedMetal implements Product {

  @Override
  public String name() {
    return "metal";
  }

  @Override
  public List<String> defects() {
    return List.of("scratch", "stain", "dent");
  }

  @Override
  public void draw(Scene scene, String defect) {
    double angle = scene.between(-0.06, 0.06);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    Noise streaks = scene.noise();
    Noise sheen = scene.noise();
    double tone = scene.between(0.5, 0.6);
    scene.fill(
        (x, y, rgb) -> {
          double along = x * cos + y * sin;
          double across = y * cos - x * sin;
          double light =
              tone
                  + 0.16 * streaks.fractal(along * 2.5, across * 90, 3)
                  + 0.09 * sheen.value(along * 1.3, across * 2);
          Scene.set(rgb, light * 0.98, light, light * 1.04);
        });
    if (defect != null) {
      double x = scene.between(0.15, 0.85);
      double y = scene.between(0.15, 0.85);
      switch (defect) {
        case "scratch" -> Damage.scratch(scene, x, y, Damage.ANYWHERE);
        case "stain" -> Damage.stain(scene, x, y, Damage.ANYWHERE);
        default -> dent(scene, x, y);
      }
    }
  }

  /** A dent catches light on one side and lies in shadow on the other. */
  private static void dent(Scene scene, double x, double y) {
    double radius = scene.logBetween(0.03, 0.09);
    double toward = scene.between(0, 2 * Math.PI);
    double cos = StrictMath.cos(toward);
    double sin = StrictMath.sin(toward);
    scene.spoil(
        Shape.circle(x, y, radius),
        0.012,
        (px, py, rgb) ->
            Scene.multiply(rgb, 1 + 0.55 * ((px - x) * cos + (py - y) * sin) / radius));
  }
}
