/* SPDX-License-Identifier: Apache-2.0 */
package uniass.sample;

import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/**
 * An image in the making: colors in [0,1], drawn at twice the final resolution, and beside them
 * which pixels a defect has touched.
 */
final class Scene {

  private static final int OVERSAMPLING = 2;

  /** Share of a defect's color from which a pixel counts as touched. */
  private static final double VISIBLE = 0.25;

  final SplittableRandom random;
  private final int size;
  private final int fine;
  private final float[][] rgb;
  private final boolean[] defect;

  Scene(int size, SplittableRandom random) {
    this.size = size;
    this.fine = size * OVERSAMPLING;
    this.random = random;
    this.rgb = new float[fine * fine][3];
    this.defect = new boolean[fine * fine];
  }

  /** Gives a color to a place. */
  @FunctionalInterface
  interface Paint {
    /**
     * Changes the color at a place.
     *
     * @param rgb the color that is there, to be replaced
     */
    void apply(double x, double y, float[] rgb);

    static Paint flat(double red, double green, double blue) {
      return (x, y, rgb) -> set(rgb, red, green, blue);
    }
  }

  static void set(float[] rgb, double red, double green, double blue) {
    rgb[0] = (float) red;
    rgb[1] = (float) green;
    rgb[2] = (float) blue;
  }

  static void multiply(float[] rgb, double factor) {
    for (int c = 0; c < 3; c++) {
      rgb[c] *= (float) factor;
    }
  }

  /** A number in [low, high) from the scene's generator. */
  double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** A size in [low, high), small ones as often as large ones on a logarithmic scale. */
  double logBetween(double low, double high) {
    return low * StrictMath.pow(high / low, random.nextDouble());
  }

  Noise noise() {
    return new Noise(random.nextLong());
  }

  void fill(Paint paint) {
    for (int i = 0; i < rgb.length; i++) {
      paint.apply(coordinate(i % fine), coordinate(i / fine), rgb[i]);
    }
  }

  /** Paints a shape with a border of the given softness. */
  void paint(Shape shape, double softness, Paint paint) {
    blend(shape, softness, paint, false);
  }

  /** Paints a shape that does not belong: its pixels become the mask. */
  void spoil(Shape shape, double softness, Paint paint) {
    blend(shape, softness, paint, true);
  }

  /** Marks a shape as anomalous without painting: something is missing there. */
  void mark(Shape shape) {
    blend(shape, 0, (x, y, color) -> {}, true);
  }

  private void blend(Shape shape, double softness, Paint paint, boolean spoils) {
    float[] color = new float[3];
    for (int i = 0; i < rgb.length; i++) {
      double x = coordinate(i % fine);
      double y = coordinate(i / fine);
      double depth = -shape.distance(x, y);
      double alpha = softness <= 0 ? (depth > 0 ? 1 : 0) : Math.min(1, 0.5 + depth / softness);
      if (alpha <= 0) {
        continue;
      }
      System.arraycopy(rgb[i], 0, color, 0, 3);
      paint.apply(x, y, color);
      for (int c = 0; c < 3; c++) {
        rgb[i][c] += (float) (alpha * (color[c] - rgb[i][c]));
      }
      defect[i] |= spoils && alpha >= VISIBLE;
    }
  }

  /** Light from the side, exposure, white balance: what differs between any two shots. */
  void light() {
    double angle = between(0, 2 * Math.PI);
    double slope = between(0.02, 0.14);
    double exposure = between(0.9, 1.08);
    double warmth = between(-0.03, 0.03);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    fill(
        (x, y, color) -> {
          multiply(color, exposure * (1 + slope * ((x - 0.5) * cos + (y - 0.5) * sin) * 2));
          color[0] *= (float) (1 + warmth);
          color[2] *= (float) (1 - warmth);
        });
  }

  /** Takes the shot: averages down and adds the sensor's noise. */
  BufferedImage shoot() {
    double grain = between(0.008, 0.016);
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        int packed = 0;
        for (int c = 0; c < 3; c++) {
          double sum = 0;
          for (int k = 0; k < OVERSAMPLING * OVERSAMPLING; k++) {
            sum += rgb[index(x, y, k)][c];
          }
          double value = sum / (OVERSAMPLING * OVERSAMPLING) + grain * random.nextGaussian();
          int level = (int) Math.round(255 * Math.min(1, Math.max(0, value)));
          packed = packed << 8 | level;
        }
        image.setRGB(x, y, packed);
      }
    }
    return image;
  }

  /** The mask: 255 where at least half of a pixel was touched by a defect. */
  BufferedImage mask() {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        int touched = 0;
        for (int k = 0; k < OVERSAMPLING * OVERSAMPLING; k++) {
          touched += defect[index(x, y, k)] ? 1 : 0;
        }
        boolean anomalous = 2 * touched >= OVERSAMPLING * OVERSAMPLING;
        image.getRaster().setSample(x, y, 0, anomalous ? 255 : 0);
      }
    }
    return image;
  }

  /** Number of anomalous pixels. */
  int maskedPixels() {
    int count = 0;
    for (int sample : mask().getRaster().getSamples(0, 0, size, size, 0, (int[]) null)) {
      count += sample > 0 ? 1 : 0;
    }
    return count;
  }

  /** Largest difference of any channel from another scene within one final pixel. */
  double difference(Scene other, int x, int y) {
    double largest = 0;
    for (int k = 0; k < OVERSAMPLING * OVERSAMPLING; k++) {
      for (int c = 0; c < 3; c++) {
        int i = index(x, y, k);
        largest = Math.max(largest, Math.abs(rgb[i][c] - other.rgb[i][c]));
      }
    }
    return largest;
  }

  private int index(int x, int y, int k) {
    int dx = k % OVERSAMPLING;
    int dy = k / OVERSAMPLING;
    return (y * OVERSAMPLING + dy) * fine + x * OVERSAMPLING + dx;
  }

  private double coordinate(int index) {
    return (index + 0.5) / fine;
  }
}
