/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import java.util.Random;
import uniass.api.data.Augmentation;
import uniass.api.data.Mask;
import uniass.api.data.Pixels;

/**
 * One image's share of chance: drawn for every image alike, then used as far as its category asks
 * for it, so that another category's settings never change it.
 *
 * @param horizontal flipped left-right
 * @param vertical flipped upside down
 * @param quarters quarter turns counter-clockwise
 * @param brightness factor
 * @param contrast factor
 * @param saturation factor
 */
record Augmenter(
    boolean horizontal,
    boolean vertical,
    int quarters,
    double brightness,
    double contrast,
    double saturation) {

  private static final double FLIP_PROBABILITY = 0.3;

  static Augmenter draw(Augmentation augmentation, String category, boolean square, Random random) {
    boolean horizontal = random.nextDouble() < FLIP_PROBABILITY;
    boolean vertical = random.nextDouble() < FLIP_PROBABILITY;
    int quarters = random.nextInt(4);
    double jitter = augmentation.colorJitter();
    double brightness = 1 + jitter * (2 * random.nextDouble() - 1);
    double contrast = 1 + jitter * (2 * random.nextDouble() - 1);
    double saturation = 1 + jitter * (2 * random.nextDouble() - 1);
    if (!square) {
      quarters = quarters / 2 * 2;
    }
    return new Augmenter(
        horizontal && augmentation.horizontalFlip().contains(category),
        vertical && augmentation.verticalFlip().contains(category),
        augmentation.rotate().contains(category) ? quarters : 0,
        brightness,
        contrast,
        saturation);
  }

  Pixels apply(Pixels pixels) {
    byte[] moved = move(pixels.rgb(), pixels.height(), pixels.width(), 3);
    if (brightness != 1 || contrast != 1 || saturation != 1) {
      moved = moved == pixels.rgb() ? moved.clone() : moved;
      recolor(moved);
    }
    return moved == pixels.rgb() ? pixels : new Pixels(pixels.height(), pixels.width(), moved);
  }

  Mask apply(Mask mask) {
    return new Mask(
        mask.height(), mask.width(), move(mask.values(), mask.height(), mask.width(), 1));
  }

  /** Flips, then turns; a quarter turn needs a square. */
  private byte[] move(byte[] from, int height, int width, int channels) {
    if (!horizontal && !vertical && quarters == 0) {
      return from;
    }
    byte[] to = new byte[from.length];
    for (int y = 0, o = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int sy =
            switch (quarters) {
              case 1 -> x;
              case 2 -> height - 1 - y;
              case 3 -> width - 1 - x;
              default -> y;
            };
        int sx =
            switch (quarters) {
              case 1 -> height - 1 - y;
              case 2 -> width - 1 - x;
              case 3 -> y;
              default -> x;
            };
        sy = vertical ? height - 1 - sy : sy;
        sx = horizontal ? width - 1 - sx : sx;
        int i = (sy * width + sx) * channels;
        for (int c = 0; c < channels; c++) {
          to[o++] = from[i++];
        }
      }
    }
    return to;
  }

  /** Brightness times a factor, then away from the mean gray, then away from each pixel's gray. */
  private void recolor(byte[] rgb) {
    double mean = 0;
    for (int i = 0; i < rgb.length; i += 3) {
      mean += clamp(luma(rgb, i) * brightness);
    }
    mean /= Math.max(1, rgb.length / 3);
    for (int i = 0; i < rgb.length; i += 3) {
      double[] pixel = new double[3];
      for (int c = 0; c < 3; c++) {
        double bright = clamp((rgb[i + c] & 0xFF) * brightness);
        pixel[c] = clamp(mean + (bright - mean) * contrast);
      }
      double gray = 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
      for (int c = 0; c < 3; c++) {
        rgb[i + c] = (byte) Math.rint(clamp(gray + (pixel[c] - gray) * saturation));
      }
    }
  }

  private static double luma(byte[] rgb, int i) {
    return 0.299 * (rgb[i] & 0xFF) + 0.587 * (rgb[i + 1] & 0xFF) + 0.114 * (rgb[i + 2] & 0xFF);
  }

  private static double clamp(double v) {
    return Math.max(0, Math.min(255, v));
  }
}
