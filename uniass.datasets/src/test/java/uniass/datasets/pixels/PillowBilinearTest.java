/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.pixels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import uniass.api.data.Pixels;

/** Against the definition, pixel by pixel, for sizes that the golden files leave out. */
class PillowBilinearTest {

  @Test
  void everySizeFollowsTheDefinition() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      int height = 1 + random.nextInt(40);
      int width = 1 + random.nextInt(40);
      int toHeight = random.nextInt(4) == 0 ? height : 1 + random.nextInt(60);
      int toWidth = random.nextInt(4) == 0 ? width : 1 + random.nextInt(60);
      byte[] rgb = new byte[height * width * 3];
      random.nextBytes(rgb);
      byte[] across = along(rgb, height, width, toWidth);
      byte[] both =
          turned(
              along(turned(across, height, toWidth), toWidth, height, toHeight), toWidth, toHeight);
      assertArrayEquals(
          both,
          PillowBilinear.resize(new Pixels(height, width, rgb), toHeight, toWidth),
          height + " x " + width + " to " + toHeight + " x " + toWidth);
    }
  }

  /** Resizes each row to another width. */
  private static byte[] along(byte[] from, int height, int width, int toWidth) {
    if (width == toWidth) {
      return from;
    }
    byte[] to = new byte[height * toWidth * 3];
    double scale = (double) width / toWidth;
    double support = Math.max(1, scale);
    for (int x = 0; x < toWidth; x++) {
      double center = (x + 0.5) * scale;
      int first = Math.max(0, (int) (center - support + 0.5));
      int end = Math.min(width, (int) (center + support + 0.5));
      double[] weights = new double[end - first];
      double sum = 0;
      for (int i = first; i < end; i++) {
        weights[i - first] = Math.max(0, 1 - Math.abs((i - center + 0.5) * (1 / support)));
        sum += weights[i - first];
      }
      for (int y = 0; y < height; y++) {
        for (int c = 0; c < 3; c++) {
          long value = 1 << 21;
          for (int i = first; i < end; i++) {
            long weight = (long) (0.5 + weights[i - first] * (1 / sum) * (1 << 22));
            value += weight * (from[(y * width + i) * 3 + c] & 0xFF);
          }
          to[(y * toWidth + x) * 3 + c] = (byte) Math.min(255, value >> 22);
        }
      }
    }
    return to;
  }

  /** Swaps rows and columns. */
  private static byte[] turned(byte[] from, int height, int width) {
    byte[] to = new byte[from.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        System.arraycopy(from, (y * width + x) * 3, to, (x * height + y) * 3, 3);
      }
    }
    return to;
  }
}
