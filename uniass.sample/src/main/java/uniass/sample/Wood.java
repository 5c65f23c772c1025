/* SPDX-License-Identifier: Apache-2.0 */
package uniass.sample;

import java.util.List;

/** A planed board: year rings cut lengthwise, with fibres and now and then a knot. */
final class Wood implements Product {

  @Override
  public String name() {
    return "wood";
  }

  @Override
  public List<String> defects() {
    return List.of("crack", "hole", "scratch", "stain");
  }

  @Override
  public void draw(Scene scene, String defect) {
    double rings = scene.between(5, 9);
    double offset = scene.between(0, 10);
    Noise bend = scene.noise();
    Noise fibre = scene.noise();
    boolean knotted = scene.random.nextInt(4) == 0;
    double knotX = scene.between(0.2, 0.8);
    double knotY = scene.between(0.2, 0.8);
    double hue = scene.between(-0.02, 0.02);
    scene.fill(
        (x, y, rgb) -> {
          double around = 0;
          if (knotted) {
            double dx = (x - knotX) * 1.2;
            double dy = (y - knotY) * 3;
            around = 0.35 * StrictMath.exp(-9 * (dx * dx + dy * dy));
          }
          double depth = y * rings + offset + 0.8 * bend.fractal(x * 1.5, y * 4, 3) + 4 * around;
          double ring = depth - Math.floor(depth);
          double light = 0.72 + 0.2 * ring * ring - 0.22 * around;
          light += 0.07 * fibre.fractal(x * 6, y * 110, 2);
          Scene.set(rgb, light * (0.88 + hue), light * 0.64, light * (0.4 - hue));
        });
    if (defect != null) {
      double x = scene.between(0.15, 0.85);
      double y = scene.between(0.15, 0.85);
      switch (defect) {
        case "crack" -> Damage.crack(scene, x, y, Damage.ANYWHERE);
        case "hole" -> Damage.hole(scene, x, y, Damage.ANYWHERE);
        case "scratch" -> Damage.scratch(scene, x, y, Damage.ANYWHERE);
        default -> Damage.stain(scene, x, y, Damage.ANYWHERE);
      }
    }
  }
}
