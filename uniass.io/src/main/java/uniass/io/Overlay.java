/* SPDX-License-Identifier: Apache-2.0 */
package uniass.io;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Pixels;

/** Draws an image with its heat map over it. */
public final class Overlay {

  private static final int LARGEST = 1024;
  private static final double STRONGEST = 0.75;

  private Overlay() {}

  /**
   * The image, at most 1024 pixels long, under its heat map, which is the stronger the higher the
   * map is.
   *
   * @param map of any size
   * @param high a map's value from which the color is the last one
   */
  public static BufferedImage draw(Pixels pixels, AnomalyMap map, double high) {
    double scale = Math.min(1, (double) LARGEST / Math.max(pixels.width(), pixels.height()));
    int width = Math.max(1, (int) Math.round(pixels.width() * scale));
    int height = Math.max(1, (int) Math.round(pixels.height() * scale));
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    draw(rgb(pixels), image);
    BufferedImage heat = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    draw(transparent(map, high), heat);
    Graphics2D graphics = image.createGraphics();
    graphics.drawImage(heat, 0, 0, null);
    graphics.dispose();
    return image;
  }

  private static BufferedImage transparent(AnomalyMap map, double high) {
    BufferedImage image = new BufferedImage(map.width(), map.height(), BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < map.width(); x++) {
        double position = high > 0 ? Math.min(1, map.at(y, x) / high) : 0;
        int alpha = (int) Math.round(255 * STRONGEST * Math.max(0, position));
        image.setRGB(x, y, alpha << 24 | HeatMap.color(position));
      }
    }
    return image;
  }

  private static BufferedImage rgb(Pixels pixels) {
    BufferedImage image =
        new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
    byte[] rgb = pixels.rgb();
    int[] row = new int[pixels.width()];
    for (int y = 0, at = 0; y < pixels.height(); y++) {
      for (int x = 0; x < row.length; x++, at += 3) {
        row[x] = (rgb[at] & 0xFF) << 16 | (rgb[at + 1] & 0xFF) << 8 | rgb[at + 2] & 0xFF;
      }
      image.setRGB(0, y, row.length, 1, row, 0, row.length);
    }
    return image;
  }

  private static void draw(BufferedImage from, BufferedImage to) {
    Graphics2D graphics = to.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(from, 0, 0, to.getWidth(), to.getHeight(), null);
    graphics.dispose();
  }
}
