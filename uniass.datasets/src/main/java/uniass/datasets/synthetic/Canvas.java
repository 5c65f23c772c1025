/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.synthetic;

import java.util.Arrays;
import uniass.api.data.Mask;
import uniass.api.data.Pixels;

/** An image that is being painted on, and which of its pixels are covered. */
final class Canvas {

  /** Mean change of a defect's pixels, in levels, below which nobody would see it. */
  private static final double VISIBLE = 8;

  /** Smallest number of pixels of a defect. */
  private static final int LEAST = 3;

  private final Pixels image;
  private final byte[] rgb;
  private final byte[] mask;

  Canvas(Pixels image) {
    this.image = image;
    this.rgb = image.rgb().clone();
    this.mask = new byte[image.height() * image.width()];
  }

  int width() {
    return image.width();
  }

  int height() {
    return image.height();
  }

  /** The value of a channel as it is now; beyond the border that of the nearest pixel. */
  int value(int x, int y, int channel) {
    int column = Math.max(0, Math.min(image.width() - 1, x));
    int row = Math.max(0, Math.min(image.height() - 1, y));
    return rgb[3 * (row * image.width() + column) + channel] & 0xFF;
  }

  /** A paint: the value of a channel at a pixel, 0 to 255. */
  @FunctionalInterface
  interface Paint {
    double at(int x, int y, int channel);
  }

  /**
   * Paints through a stencil. Pixels that are covered by half at least belong to the defect.
   *
   * @param opacity 0 to 1
   * @return whether one can see it; if not, nothing is painted
   */
  boolean paint(Stencil stencil, Paint paint, double opacity) {
    int fromX = Math.max(0, stencil.left());
    int toX = Math.min(image.width(), stencil.left() + stencil.width());
    int fromY = Math.max(0, stencil.top());
    int toY = Math.min(image.height(), stencil.top() + stencil.height());
    if (fromX >= toX || fromY >= toY) {
      return false;
    }
    int columns = toX - fromX;
    byte[] painted = new byte[3 * columns * (toY - fromY)];
    long change = 0;
    int covered = 0;
    for (int y = fromY, o = 0; y < toY; y++) {
      int from = 3 * (y * image.width() + fromX);
      System.arraycopy(rgb, from, painted, o, 3 * columns);
      for (int x = fromX; x < toX; x++, o += 3) {
        float cover = stencil.cover()[(y - stencil.top()) * stencil.width() + x - stencil.left()];
        if (cover <= 0) {
          continue;
        }
        int most = 0;
        for (int c = 0; c < 3; c++) {
          int before = painted[o + c] & 0xFF;
          double wanted = Math.max(0, Math.min(255, paint.at(x, y, c)));
          int now = (int) Math.rint(before + (wanted - before) * cover * opacity);
          painted[o + c] = (byte) now;
          most = Math.max(most, Math.abs(now - before));
        }
        if (cover >= 0.5) {
          covered++;
          change += most;
        }
      }
    }
    if (covered < LEAST || change < VISIBLE * covered) {
      return false;
    }
    for (int y = fromY, o = 0; y < toY; y++, o += 3 * columns) {
      System.arraycopy(painted, o, rgb, 3 * (y * image.width() + fromX), 3 * columns);
      for (int x = fromX; x < toX; x++) {
        if (stencil.cover()[(y - stencil.top()) * stencil.width() + x - stencil.left()] >= 0.5) {
          mask[y * image.width() + x] = 1;
        }
      }
    }
    return true;
  }

  /** The mean of a channel around a pixel, over a square of the given reach. */
  double mean(int x, int y, int channel, int reach) {
    long sum = 0;
    for (int row = y - reach; row <= y + reach; row++) {
      for (int column = x - reach; column <= x + reach; column++) {
        sum += value(column, row, channel);
      }
    }
    int side = 2 * reach + 1;
    return (double) sum / (side * side);
  }

  Pixels pixels() {
    return new Pixels(image.height(), image.width(), Arrays.copyOf(rgb, rgb.length));
  }

  Mask mask() {
    return new Mask(image.height(), image.width(), mask);
  }
}
