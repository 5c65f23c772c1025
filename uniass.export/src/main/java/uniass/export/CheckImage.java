/* SPDX-License-Identifier: Apache-2.0 */
package uniass.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import uniass.api.data.Pixels;

/**
 * Images that every machine draws alike, to compare with: shapes, as photographs have, and noise.
 *
 * @param name for messages
 * @param pixels what is looked at
 */
record CheckImage(String name, Pixels pixels) {

  /** Draws the images for a network of this size: of that size and, if asked for, of others. */
  static List<CheckImage> draw(int height, int width, boolean otherSizes) {
    List<CheckImage> images = new ArrayList<>();
    images.add(new CheckImage("noise", noise(height, width)));
    images.add(new CheckImage("shapes 1", shapes(height, width, 1)));
    images.add(new CheckImage("shapes 2", shapes(height, width, 2)));
    if (otherSizes) {
      images.add(new CheckImage("shapes, larger", shapes(height * 5 / 2 + 1, width * 3 + 1, 3)));
      images.add(new CheckImage("noise, wide", noise(height * 2 / 3, width * 9 / 5)));
    }
    return images;
  }

  private static Pixels noise(int height, int width) {
    byte[] rgb = new byte[height * width * 3];
    new Random(18).nextBytes(rgb);
    return new Pixels(height, width, rgb);
  }

  /** A gradient with ellipses of other colors, and a little noise. */
  private static Pixels shapes(int height, int width, long seed) {
    Random random = new Random(seed);
    double[][] ellipses = new double[6][];
    for (int i = 0; i < ellipses.length; i++) {
      ellipses[i] = random.doubles(7).toArray();
    }
    byte[] rgb = new byte[height * width * 3];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double v = (double) y / height;
        double u = (double) x / width;
        double[] color = {40 + 150 * u, 60 + 120 * v, 90 + 60 * u * v};
        for (double[] e : ellipses) {
          double a = (u - e[0]) / (0.05 + 0.2 * e[2]);
          double b = (v - e[1]) / (0.05 + 0.2 * e[3]);
          if (a * a + b * b < 1) {
            color = new double[] {255 * e[4], 255 * e[5], 255 * e[6]};
          }
        }
        for (int c = 0; c < 3; c++) {
          double value = color[c] + 6 * (random.nextDouble() - 0.5);
          rgb[(y * width + x) * 3 + c] = (byte) Math.max(0, Math.min(255, Math.round(value)));
        }
      }
    }
    return new Pixels(height, width, rgb);
  }
}
