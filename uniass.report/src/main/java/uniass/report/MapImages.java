/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import uniass.api.data.Pixels;
import uniass.io.HeatMap;

/** Makes images of anomaly maps. */
final class MapImages {

  /** Outline of the true mask: bluish, apart from the other for every kind of color vision. */
  static final int TRUTH = 0x33d6ff;

  /** Outline of what the map marks: orange. */
  static final int MARKED = 0xffb000;

  private static final double TINT = 0.45;
  private static final double DIMMED = 0.85;
  private static final int WANTED = 400;

  private MapImages() {}

  /** An image as it is. */
  static BufferedImage image(Pixels pixels) {
    int[] colors = new int[pixels.width() * pixels.height()];
    for (int i = 0; i < colors.length; i++) {
      colors[i] = color(pixels.rgb(), i);
    }
    return image(colors, pixels.width(), pixels.height());
  }

  /**
   * The image in gray, tinted where the map is high, with the outlines of the mask and of all that
   * reaches the threshold. Enlarged, so that the lines are fine.
   *
   * @param threshold NaN for no outline of marked pixels
   */
  static BufferedImage overlay(GalleryImage shown, Scale scale, double threshold) {
    int width = shown.pixels().width();
    int height = shown.pixels().height();
    int factor = Math.max(1, Math.round((float) WANTED / width));
    int[] overlay = new int[width * height * factor * factor];
    byte[] rgb = shown.pixels().rgb();
    float[] map = shown.map().values();
    for (int i = 0; i < map.length; i++) {
      double position = Math.max(0, Math.min(1, scale.position(map[i])));
      int gray = (int) (DIMMED * Blend.gray(color(rgb, i)));
      int tinted = Blend.mix(gray * 0x010101, HeatMap.color(position), TINT * Math.sqrt(position));
      int corner = i / width * factor * width * factor + i % width * factor;
      for (int y = 0; y < factor; y++) {
        int from = corner + y * width * factor;
        Arrays.fill(overlay, from, from + factor, tinted);
      }
    }
    shown.mask().ifPresent(mask -> new Outline(mask, factor).draw(overlay, TRUTH));
    if (!Double.isNaN(threshold)) {
      new Outline(shown.map().atLeast(threshold), factor).draw(overlay, MARKED);
    }
    return image(overlay, width * factor, height * factor);
  }

  private static BufferedImage image(int[] colors, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.getRaster().setDataElements(0, 0, width, height, colors);
    return image;
  }

  private static int color(byte[] rgb, int pixel) {
    return (rgb[3 * pixel] & 0xff) << 16
        | (rgb[3 * pixel + 1] & 0xff) << 8
        | rgb[3 * pixel + 2] & 0xff;
  }
}
