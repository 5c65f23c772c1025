/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.pixels;

import uniass.api.data.Pixels;
import uniass.api.data.Resize;

/** Brings images and masks to another size in the arithmetic of Pillow and OpenCV. */
public final class Resizer {

  private Resizer() {}

  /** Resizes; returns the same object if it has that size already, or if the method is NONE. */
  public static Pixels resize(Pixels from, int height, int width, Resize method) {
    if (from.height() == height && from.width() == width) {
      return from;
    }
    return switch (method) {
      case PIL_BILINEAR -> new Pixels(height, width, PillowBilinear.resize(from, height, width));
      case AREA -> new Pixels(height, width, OpenCvArea.resize(from, height, width));
      case LINEAR -> new Pixels(height, width, OpenCvLinear.resize(from, height, width));
      case NONE -> from;
    };
  }

  /**
   * Nearest neighbor as Pillow has it, for masks: a coordinate that starts at half the scale and
   * grows by the scale, accumulated, which differs from multiplying where exact ties occur.
   */
  public static Gray nearest(Gray from, int height, int width) {
    if (from.height() == height && from.width() == width) {
      return from;
    }
    int[] columns = sources(from.width(), width);
    int[] rows = sources(from.height(), height);
    byte[] to = new byte[height * width];
    for (int y = 0, o = 0; y < height; y++) {
      int row = rows[y] * from.width();
      for (int x = 0; x < width; x++) {
        to[o++] = from.values()[row + columns[x]];
      }
    }
    return new Gray(height, width, to);
  }

  private static int[] sources(int from, int to) {
    int[] index = new int[to];
    double scale = (double) from / to;
    double at = scale * 0.5;
    for (int i = 0; i < to; i++) {
      index[i] = Math.min((int) at, from - 1);
      at += scale;
    }
    return index;
  }
}
