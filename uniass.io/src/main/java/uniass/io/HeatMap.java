/* SPDX-License-Identifier: Apache-2.0 */
package uniass.io;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalDouble;
import java.util.Scanner;
import javax.imageio.ImageIO;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Mask;

/**
 * Draws anomaly maps and masks. The colors are Inferno's: 256 from black over red to pale yellow,
 * of evenly rising lightness, so that they can be read without color vision. By Nathaniel Smith and
 * Stéfan van der Walt, released under CC0.
 */
public final class HeatMap {

  private static final int COLORS = 256;
  private static final int[] INFERNO = inferno();
  private static final IndexColorModel MODEL =
      new IndexColorModel(8, COLORS, channel(16), channel(8), channel(0));

  private HeatMap() {}

  /** The color 0xRRGGBB of a position from 0 to 1; beyond, that of the nearer end. */
  public static int color(double position) {
    return INFERNO[index(position)];
  }

  /**
   * A map as a PNG file, as results are shown: dark at 0, brightest at twice the threshold, or at
   * the map's own maximum without one.
   */
  public static byte[] png(AnomalyMap map, OptionalDouble threshold) {
    double high = threshold.isPresent() ? 2 * threshold.getAsDouble() : map.max();
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageIO.write(draw(map, 0, high), "png", bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A map in colors: the first color at {@code low} and below, the last at {@code high}. */
  public static BufferedImage draw(AnomalyMap map, double low, double high) {
    int height = map.height();
    int width = map.width();
    byte[] indices = new byte[map.values().length];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = (byte) index(high > low ? (map.values()[i] - low) / (high - low) : 0);
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, MODEL);
    image.getRaster().setDataElements(0, 0, width, height, indices);
    return image;
  }

  /** A mask: anomalous pixels white, others black. */
  public static BufferedImage draw(Mask mask) {
    int height = mask.height();
    int width = mask.width();
    byte[] gray = new byte[mask.values().length];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = (byte) (mask.values()[i] != 0 ? 255 : 0);
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, width, height, gray);
    return image;
  }

  private static int index(double position) {
    return (int) Math.max(0, Math.min(COLORS - 1, Math.floor(position * COLORS)));
  }

  private static int[] inferno() {
    int[] colors = new int[COLORS];
    try (Scanner text = new Scanner(HeatMap.class.getResourceAsStream("inferno.txt"), "US-ASCII")) {
      for (int i = 0; i < COLORS; i++) {
        colors[i] = Integer.parseInt(text.next(), 16);
      }
    }
    return colors;
  }

  /** One color channel of all colors: shift 16 for red, 8 for green, 0 for blue. */
  private static byte[] channel(int shift) {
    byte[] channel = new byte[COLORS];
    for (int i = 0; i < COLORS; i++) {
      channel[i] = (byte) (INFERNO[i] >> shift);
    }
    return channel;
  }
}
