/* SPDX-License-Identifier: Apache-2.0 */
package uniass.sample;

/** A region of the plane by its signed distance: negative inside. The image is the unit square. */
@FunctionalInterface
interface Shape {

  double distance(double x, double y);

  static Shape circle(double cx, double cy, double radius) {
    return (x, y) -> Math.sqrt((x - cx) * (x - cx) + (y - cy) * (y - cy)) - radius;
  }

  /** A stroke of the given half width around a segment. */
  static Shape stroke(double x0, double y0, double x1, double y1, double halfWidth) {
    double dx = x1 - x0;
    double dy = y1 - y0;
    double length2 = Math.max(dx * dx + dy * dy, 1e-12);
    return (x, y) -> {
      double t = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / length2));
      double px = x - x0 - t * dx;
      double py = y - y0 - t * dy;
      return Math.sqrt(px * px + py * py) - halfWidth;
    };
  }

  /**
   * A rectangle.
   *
   * @param cx its center
   * @param cy its center
   * @param angle by which it is turned, in radians
   * @param corner radius of its corners
   */
  record Box(
      double cx, double cy, double halfWidth, double halfHeight, double angle, double corner) {

    Shape shape() {
      double cos = StrictMath.cos(angle);
      double sin = StrictMath.sin(angle);
      return (x, y) -> {
        double u = Math.abs((x - cx) * cos + (y - cy) * sin) - halfWidth + corner;
        double v = Math.abs((y - cy) * cos - (x - cx) * sin) - halfHeight + corner;
        double outside =
            Math.sqrt(Math.max(u, 0) * Math.max(u, 0) + Math.max(v, 0) * Math.max(v, 0));
        return outside + Math.min(Math.max(u, v), 0) - corner;
      };
    }
  }

  /** A circle whose border wanders by the given share of its radius. */
  static Shape blob(double cx, double cy, double radius, double roughness, Noise noise) {
    return (x, y) -> {
      double wander = roughness * noise.fractal(1.6 * x / radius, 1.6 * y / radius, 3);
      return Math.sqrt((x - cx) * (x - cx) + (y - cy) * (y - cy)) - radius * (1 + wander);
    };
  }

  default Shape or(Shape other) {
    return (x, y) -> Math.min(distance(x, y), other.distance(x, y));
  }

  default Shape and(Shape other) {
    return (x, y) -> Math.max(distance(x, y), other.distance(x, y));
  }

  default Shape minus(Shape other) {
    return (x, y) -> Math.max(distance(x, y), -other.distance(x, y));
  }
}
