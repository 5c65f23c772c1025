/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.pixels;

import uniass.api.data.Pixels;

/**
 * OpenCV's bilinear resizing of 8-bit images without antialiasing: two sources an axis in 11-bit
 * fixed point, horizontally and then vertically, with OpenCV's shifts.
 */
final class OpenCvLinear {

  private static final int ONE = 1 << 11;

  private OpenCvLinear() {}

  static byte[] resize(Pixels from, int height, int width) {
    if (from.width() == 2 * width && from.height() == 2 * height) {
      return OpenCvArea.resize(from, height, width);
    }
    return resize(
        from,
        height,
        width,
        Taps.centerd(from.width(), width, true),
        Taps.centerd(from.height(), height, false));
  }

  /** Resizes with given sources. */
  static byte[] resize(Pixels from, int height, int width, Taps columns, Taps rows) {
    byte[] out = new byte[height * width * 3];
    int[][] lines = new int[2][width * 3];
    int[] held = {-1, -1};
    for (int y = 0, o = 0; y < height; y++) {
      int first = clip(rows.first[y], from.height());
      int second = clip(rows.first[y] + 1, from.height());
      if (held[1] == first && held[0] != first) {
        int[] spare = lines[0];
        lines[0] = lines[1];
        lines[1] = spare;
        held[1] = held[0];
        held[0] = first;
      }
      if (held[0] != first) {
        held[0] = first;
        line(from, first, columns, lines[0]);
      }
      if (held[1] != second) {
        held[1] = second;
        line(from, second, columns, lines[1]);
      }
      int b0 = rows.weight0[y];
      int b1 = rows.weight1[y];
      for (int x = 0; x < width * 3; x++) {
        int v = (((b0 * (lines[0][x] >> 4)) >> 16) + ((b1 * (lines[1][x] >> 4)) >> 16) + 2) >> 2;
        out[o++] = (byte) v;
      }
    }
    return out;
  }

  private static int clip(int v, int size) {
    return Math.max(0, Math.min(size - 1, v));
  }

  private static void line(Pixels from, int y, Taps columns, int[] line) {
    byte[] rgb = from.rgb();
    int row = y * from.width() * 3;
    for (int x = 0, o = 0; x < columns.first.length; x++) {
      int i = row + 3 * columns.first[x];
      int j = columns.first[x] + 1 < from.width() ? i + 3 : i;
      for (int c = 0; c < 3; c++) {
        line[o++] =
            (rgb[i + c] & 0xFF) * columns.weight0[x] + (rgb[j + c] & 0xFF) * columns.weight1[x];
      }
    }
  }

  /**
   * The sources of each target.
   *
   * @param first first of the two sources
   * @param weight0 its weight of 2048
   * @param weight1 the other's
   */
  record Taps(int[] first, int[] weight0, int[] weight1) {

    /** Pixel centers on pixel centers; {@code clamped} keeps the first source inside. */
    static Taps centerd(int from, int to, boolean clamped) {
      double scale = 1 / ((double) to / from);
      Taps taps = new Taps(new int[to], new int[to], new int[to]);
      for (int i = 0; i < to; i++) {
        float at = (float) ((i + 0.5) * scale - 0.5);
        int first = (int) Math.floor(at);
        taps.set(i, first, at - first, from, clamped);
      }
      return taps;
    }

    /** Cells on cells, as area averaging does when it enlarges. */
    static Taps cells(int from, int to, boolean clamped) {
      double inverse = (double) to / from;
      double scale = 1 / inverse;
      Taps taps = new Taps(new int[to], new int[to], new int[to]);
      for (int i = 0; i < to; i++) {
        int first = (int) Math.floor(i * scale);
        float fraction = (float) ((i + 1) - (first + 1) * inverse);
        fraction = fraction <= 0 ? 0 : fraction - (float) Math.floor(fraction);
        taps.set(i, first, fraction, from, clamped);
      }
      return taps;
    }

    private void set(int i, int source, float part, int from, boolean clamped) {
      int at = source;
      float fraction = part;
      if (clamped && at < 0) {
        at = 0;
        fraction = 0;
      }
      if (clamped && at >= from - 1) {
        at = from - 1;
        fraction = 0;
      }
      first[i] = at;
      weight0[i] = (int) Math.rint((1f - fraction) * ONE);
      weight1[i] = (int) Math.rint(fraction * ONE);
    }
  }
}
