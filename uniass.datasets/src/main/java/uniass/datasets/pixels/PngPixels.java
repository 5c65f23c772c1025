/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.pixels;

/**
 * From a PNG's unfiltered rows to pixels.
 *
 * @param color the color type: 0 gray, 2 RGB, 3 palette, 4 gray with alpha, 6 RGB with alpha
 * @param depth bits of a sample
 * @param palette R, G, B of 256 entries; null unless the color type is 3
 * @param transparency alpha of the first palette entries, or the one color that is hidden; null for
 *     none
 * @param samples turns them into bytes
 */
record PngPixels(int color, int depth, byte[] palette, byte[] transparency, Samples samples) {

  /** Samples of a pixel of a color type. */
  static int channels(int color) {
    return color == 2 ? 3 : color == 6 ? 4 : color == 4 ? 2 : 1;
  }

  /** Writes a row's samples to the pixels first, first + distance, ... */
  void expand(byte[] row, int columns, Plane plane, int first, int distance) {
    byte[] out = plane.data();
    int channels = plane.channels();
    int all = channels(color);
    for (int x = 0; x < columns; x++) {
      int pixel = first + x * distance;
      int o = pixel * channels;
      if (color == 3) {
        int index = sample(row, x);
        for (int c = 0; c < channels; c++) {
          out[o + c] = palette[3 * index + c];
        }
      } else {
        for (int c = 0; c < channels; c++) {
          out[o + c] = samples.color(sample(row, x * all + c));
        }
      }
      if (color >= 4 || transparency != null) {
        byte alpha = samples.alpha(alpha(row, x, all));
        if (plane.alpha() != null) {
          plane.alpha()[pixel] = alpha;
        }
      }
    }
  }

  /** A pixel's alpha: its last sample, its palette entry's, or none if it has the hidden color. */
  private int alpha(byte[] row, int x, int all) {
    if (color == 3) {
      int index = sample(row, x);
      return index < transparency.length ? transparency[index] & 0xFF : 255;
    }
    if (color >= 4) {
      return sample(row, x * all + all - 1);
    }
    for (int c = 0; c < all; c++) {
      int hidden = 2 * c + 1 < transparency.length ? hidden(2 * c) : -1;
      if (sample(row, x * all + c) != hidden) {
        return (1 << depth) - 1;
      }
    }
    return 0;
  }

  private int hidden(int at) {
    return (transparency[at] & 0xFF) << 8 | transparency[at + 1] & 0xFF;
  }

  private int sample(byte[] row, int i) {
    if (depth == 8) {
      return row[1 + i] & 0xFF;
    }
    if (depth == 16) {
      return (row[1 + 2 * i] & 0xFF) << 8 | row[2 + 2 * i] & 0xFF;
    }
    int bit = i * depth;
    return (row[1 + (bit >> 3)] >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
  }
}
