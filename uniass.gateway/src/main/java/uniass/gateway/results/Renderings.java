/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.results;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Pixels;
import uniass.io.HeatMap;

/** Draws what was seen. */
final class Renderings {

  private static final int LARGEST = 1024;
  private static final double STRONGEST = 0.75;

  private Renderings() {}

  /** As {@code predict --formats png} draws it. */
  static byte[] heatMap(AnomalyMap map, OptionalDouble threshold) {
    return HeatMap.png(map, threshold);
  }

  static byte[] mask(AnomalyMap map, double threshold) {
    return png(HeatMap.draw(map.atLeast(threshold)));
  }

  private static double brightest(AnomalyMap map, OptionalDouble threshold) {
    return threshold.isPresent() ? 2 * threshold.getAsDouble() : map.max();
  }

  /** The image with the heat map over it, the stronger the higher the score. */
  static byte[] overlay(Pixels pixels, AnomalyMap map, OptionalDouble threshold) {
    double scale = Math.min(1, (double) LARGEST / Math.max(pixels.width(), pixels.height()));
    int width = Math.max(1, (int) Math.round(pixels.width() * scale));
    int height = Math.max(1, (int) Math.round(pixels.height() * scale));
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    draw(rgb(pixels), image);
    BufferedImage heat = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    draw(transparent(map, brightest(map, threshold)), heat);
    Graphics2D graphics = image.createGraphics();
    graphics.drawImage(heat, 0, 0, null);
    graphics.dispose();
    return png(image);
  }

  private static BufferedImage transparent(AnomalyMap map, double brightest) {
    BufferedImage image = new BufferedImage(map.width(), map.height(), BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < map.width(); x++) {
        double position = brightest > 0 ? Math.min(1, map.at(y, x) / brightest) : 0;
        int alpha = (int) Math.round(255 * STRONGEST * Math.max(0, position));
        image.setRGB(x, y, alpha << 24 | HeatMap.color(position));
      }
    }
    return image;
  }

  static BufferedImage rgb(Pixels pixels) {
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

  static byte[] png(BufferedImage image) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageIO.write(image, "png", bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
