/* SPDX-License-Identifier: Apache-2.0 */
package uniass.sample;

import java.util.ArrayList;
import java.util.List;

/** A printed circuit board with chips, resistors, capacitors and copper tracks. */
final class PrintedBoard implements Product {

  private record Component(double x, double y, double halfWidth, double halfHeight, Kind kind) {}

  private enum Kind {
    CHIP,
    RESISTOR,
    CAPACITOR
  }

  private static final List<Component> LAYOUT =
      List.of(
          new Component(0.3, 0.3, 0.12, 0.12, Kind.CHIP),
          new Component(0.72, 0.7, 0.1, 0.15, Kind.CHIP),
          new Component(0.62, 0.2, 0.05, 0.024, Kind.RESISTOR),
          new Component(0.62, 0.3, 0.05, 0.024, Kind.RESISTOR),
          new Component(0.62, 0.4, 0.05, 0.024, Kind.RESISTOR),
          new Component(0.84, 0.22, 0.06, 0.06, Kind.CAPACITOR),
          new Component(0.84, 0.4, 0.06, 0.06, Kind.CAPACITOR),
          new Component(0.2, 0.62, 0.024, 0.05, Kind.RESISTOR),
          new Component(0.3, 0.62, 0.024, 0.05, Kind.RESISTOR),
          new Component(0.4, 0.62, 0.024, 0.05, Kind.RESISTOR),
          new Component(0.26, 0.83, 0.07, 0.07, Kind.CAPACITOR),
          new Component(0.46, 0.84, 0.05, 0.03, Kind.RESISTOR));

  @Override
  public String name() {
    return "board";
  }

  @Override
  public List<String> defects() {
    return List.of("missing", "misplaced", "scratch", "bridge");
  }

  @Override
  public void draw(Scene scene, String defect) {
    double shiftX = scene.between(-0.025, 0.025);
    double shiftY = scene.between(-0.025, 0.025);
    double tilt = scene.between(-0.03, 0.03);
    double green = scene.between(0.34, 0.42);
    Noise mat = scene.noise();
    scene.fill(
        (x, y, rgb) -> {
          double light = 1 + 0.08 * mat.fractal(x * 40, y * 40, 2);
          Scene.set(rgb, 0.07 * light, green * light, 0.2 * light);
        });
    tracks(scene, shiftX, shiftY, tilt, green);
    int victim = scene.random.nextInt(LAYOUT.size());
    List<Component> placed = new ArrayList<>();
    double[] slack = new double[LAYOUT.size()];
    for (Component c : LAYOUT) {
      double[] at = place(c.x, c.y, shiftX, shiftY, tilt);
      slack[placed.size()] = scene.between(-0.02, 0.02);
      placed.add(new Component(at[0], at[1], c.halfWidth, c.halfHeight, c.kind));
    }
    for (int i = 0; i < placed.size(); i++) {
      Component component = placed.get(i);
      boolean hit = i == victim;
      if (hit && "missing".equals(defect)) {
        pads(scene, component, tilt);
        scene.mark(outline(component, tilt + slack[i]));
      } else if (hit && "misplaced".equals(defect)) {
        misplace(scene, component, tilt + slack[i]);
      } else {
        pads(scene, component, tilt + slack[i]);
        body(scene, component, tilt + slack[i]);
      }
    }
    if ("scratch".equals(defect)) {
      Damage.scratch(scene, scene.between(0.15, 0.85), scene.between(0.15, 0.85), Damage.ANYWHERE);
    } else if ("bridge".equals(defect)) {
      bridge(scene, placed.get(scene.random.nextInt(2)));
    }
  }

  private static double[] place(double x, double y, double shiftX, double shiftY, double tilt) {
    double cos = StrictMath.cos(tilt);
    double sin = StrictMath.sin(tilt);
    double u = x - 0.5;
    double v = y - 0.5;
    return new double[] {0.5 + shiftX + u * cos - v * sin, 0.5 + shiftY + u * sin + v * cos};
  }

  private static void tracks(Scene scene, double shiftX, double shiftY, double tilt, double green) {
    double[][] lines = {
      {0.42, 0.22, 0.57, 0.2}, {0.42, 0.3, 0.57, 0.3}, {0.42, 0.38, 0.57, 0.4},
      {0.67, 0.2, 0.8, 0.22}, {0.67, 0.4, 0.8, 0.4}, {0.22, 0.42, 0.2, 0.57},
      {0.3, 0.42, 0.3, 0.57}, {0.38, 0.42, 0.4, 0.57}, {0.2, 0.67, 0.26, 0.78},
      {0.4, 0.67, 0.46, 0.81}, {0.51, 0.84, 0.63, 0.8}, {0.3, 0.67, 0.62, 0.66},
      {0.72, 0.46, 0.72, 0.54}, {0.06, 0.08, 0.94, 0.08}, {0.94, 0.08, 0.94, 0.93}
    };
    for (double[] line : lines) {
      double[] a = place(line[0], line[1], shiftX, shiftY, tilt);
      double[] b = place(line[2], line[3], shiftX, shiftY, tilt);
      scene.paint(
          Shape.stroke(a[0], a[1], b[0], b[1], 0.007),
          0.006,
          Scene.Paint.flat(0.2, green * 1.45, 0.3));
    }
  }

  private static Shape outline(Component c, double angle) {
    double margin = c.kind == Kind.CHIP ? 0.03 : 0.004;
    return new Shape.Box(c.x, c.y, c.halfWidth + margin, c.halfHeight + margin, angle, 0.004)
        .shape();
  }

  private static void pads(Scene scene, Component c, double angle) {
    Scene.Paint solder = Scene.Paint.flat(0.76, 0.76, 0.73);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    int perSide = c.kind == Kind.CHIP ? 6 : 1;
    boolean upright = c.halfHeight > c.halfWidth && c.kind == Kind.RESISTOR;
    for (int side = -1; side <= 1; side += 2) {
      for (int i = 0; i < perSide; i++) {
        double along = perSide == 1 ? 0 : (i - 2.5) / 3 * c.halfHeight * 0.95;
        double out = side * (upright ? c.halfHeight : c.halfWidth);
        double u = upright ? along : out;
        double v = upright ? out : along;
        double px = c.x + u * cos - v * sin;
        double py = c.y + u * sin + v * cos;
        double width = c.kind == Kind.CHIP ? 0.026 : 0.018;
        double height = c.kind == Kind.CHIP ? 0.009 : 0.022;
        scene.paint(
            new Shape.Box(px, py, upright ? height : width, upright ? width : height, angle, 0.003)
                .shape(),
            0.006,
            solder);
      }
    }
  }

  private static void body(Scene scene, Component c, double angle) {
    switch (c.kind) {
      case CHIP -> {
        scene.paint(
            new Shape.Box(c.x, c.y, c.halfWidth, c.halfHeight, angle, 0.008).shape(),
            0.006,
            Scene.Paint.flat(0.12, 0.12, 0.13));
        double dotX = c.x - 0.65 * c.halfWidth;
        double dotY = c.y - 0.7 * c.halfHeight;
        scene.paint(Shape.circle(dotX, dotY, 0.014), 0.006, Scene.Paint.flat(0.4, 0.4, 0.4));
      }
      case RESISTOR ->
          scene.paint(
              new Shape.Box(c.x, c.y, c.halfWidth * 0.8, c.halfHeight * 0.8, angle, 0.003).shape(),
              0.005,
              Scene.Paint.flat(0.16, 0.13, 0.12));
      case CAPACITOR -> {
        scene.paint(Shape.circle(c.x, c.y, c.halfWidth), 0.008, Scene.Paint.flat(0.68, 0.7, 0.74));
        scene.paint(
            Shape.circle(c.x, c.y, c.halfWidth)
                .and(new Shape.Box(c.x - c.halfWidth, c.y, c.halfWidth * 0.5, 1, angle, 0).shape()),
            0.008,
            Scene.Paint.flat(0.15, 0.17, 0.3));
      }
      default -> throw new IllegalStateException(c.kind.name());
    }
  }

  private static void misplace(Scene scene, Component c, double tilt) {
    double turn = scene.between(0.35, 0.9) * (scene.random.nextBoolean() ? 1 : -1);
    double reach = 0.6 * Math.min(c.halfWidth, c.halfHeight);
    double x = c.x + scene.between(0.4, 1) * reach * (scene.random.nextBoolean() ? 1 : -1);
    double y = c.y + scene.between(0.4, 1) * reach * (scene.random.nextBoolean() ? 1 : -1);
    Component moved = new Component(x, y, c.halfWidth, c.halfHeight, c.kind);
    pads(scene, c, tilt);
    body(scene, moved, tilt + turn);
    scene.mark(outline(c, tilt).or(outline(moved, tilt + turn)));
  }

  /** Solder that joins two neighboring pins. */
  private static void bridge(Scene scene, Component chip) {
    double side = scene.random.nextBoolean() ? 1 : -1;
    int pin = scene.random.nextInt(5);
    double y = chip.y + (pin - 2) / 3.0 * chip.halfHeight * 0.95;
    double x = chip.x + side * (chip.halfWidth + 0.014);
    Shape drop = Shape.blob(x, y, scene.between(0.022, 0.036), 0.25, scene.noise());
    scene.spoil(drop, 0.006, Scene.Paint.flat(0.8, 0.8, 0.77));
  }
}
