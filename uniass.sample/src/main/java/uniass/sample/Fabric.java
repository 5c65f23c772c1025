/* SPDX-License-Identifier: Apache-2.0 */
package uniass.sample;

import java.util.List;

/** Woven cloth: two sets of threads, over and under in turn. */
final class Fabric implements Product {

  @Override
  public String name() {
    return "fabric";
  }

  @Override
  public List<String> defects() {
    return List.of("hole", "stain", "thread", "color");
  }

  @Override
  public void draw(Scene scene, String defect) {
    double threads = scene.between(19, 23);
    double angle = scene.between(-0.08, 0.08);
    double phaseX = scene.random.nextDouble();
    double phaseY = scene.random.nextDouble();
    double cos = StrictMath.cos(angle) * threads;
    double sin = StrictMath.sin(angle) * threads;
    Noise wave = scene.noise();
    Noise tint = scene.noise();
    scene.fill(
        (x, y, rgb) -> {
          double bend = 0.18 * wave.value(x * 3, y * 3);
          double u = x * cos + y * sin + phaseX + bend;
          double v = y * cos - x * sin + phaseY - bend;
          boolean warpOnTop = (((long) Math.floor(u) + (long) Math.floor(v)) & 1) == 0;
          double across = warpOnTop ? u - Math.floor(u) : v - Math.floor(v);
          double along = warpOnTop ? v - Math.floor(v) : u - Math.floor(u);
          double round = StrictMath.sin(Math.PI * across);
          double light = 0.35 + 0.5 * round + 0.15 * StrictMath.sin(Math.PI * along);
          light *= 1 + 0.1 * tint.value(Math.floor(warpOnTop ? u : v), warpOnTop ? 7 : 91);
          if (warpOnTop) {
            Scene.set(rgb, 0.34 * light, 0.46 * light, 0.66 * light);
          } else {
            Scene.set(rgb, 0.72 * light, 0.7 * light, 0.62 * light);
          }
        });
    if (defect != null) {
      double x = scene.between(0.15, 0.85);
      double y = scene.between(0.15, 0.85);
      switch (defect) {
        case "hole" -> Damage.hole(scene, x, y, Damage.ANYWHERE);
        case "stain" -> Damage.stain(scene, x, y, Damage.ANYWHERE);
        case "color" -> Damage.color(scene, x, y, Damage.ANYWHERE);
        default -> looseThread(scene, x, y);
      }
    }
  }

  private static void looseThread(Scene scene, double x, double y) {
    double length = scene.logBetween(0.15, 0.5);
    Shape thread =
        Damage.wanderingLine(
            scene, new Damage.Line(x, y, length), scene.between(0.008, 0.014), 0.5);
    scene.spoil(thread, 0.008, Scene.Paint.flat(0.8, 0.77, 0.68));
  }
}
