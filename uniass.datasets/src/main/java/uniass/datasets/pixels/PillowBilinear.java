/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.pixels;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import uniass.api.data.Pixels;

/**
 * Pillow's antialiased bilinear resizing of 8-bit images: a triangle as wide as the scale, in
 * 22-bit fixed point, horizontally and then vertically, each rounded to 8 bits.
 *
 * <p>Rows are resized horizontally when the vertical pass first needs them, two at a time, and kept
 * as ints, so that the compiler makes vector instructions of the vertical pass.
 */
final class PillowBilinear {

  private static final int BITS = 22;
  private static final int HALF = 1 << (BITS - 1);
  private static final long HALVES = (long) HALF << 32 | HALF;
  private static final VarHandle PIXEL =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] from;
  private final int fromStride;
  private final Taps across;
  private final int stride;
  private final int[][] rows;
  private final int[] rowNumbers;

  private PillowBilinear(Pixels from, int width, int rowsKept) {
    this.from = from.rgb();
    this.fromStride = 3 * from.width();
    this.across = from.width() == width ? null : Taps.of(from.width(), width);
    this.stride = 3 * width;
    this.rows = new int[rowsKept][stride];
    this.rowNumbers = new int[rowsKept];
    Arrays.fill(rowNumbers, -1);
  }

  static byte[] resize(Pixels from, int height, int width) {
    byte[] out = new byte[height * width * 3];
    if (from.height() == height) {
      new PillowBilinear(from, width, 2).onlyAcross(out, height);
    } else {
      Taps down = Taps.of(from.height(), height);
      new PillowBilinear(from, width, down.most()).both(out, down);
    }
    return out;
  }

  /**
   * Which sources make up each target, and by how much.
   *
   * @param first first source of each target
   * @param weights fixed-point weights of each target's sources
   */
  private record Taps(int[] first, int[][] weights) {

    static Taps of(int from, int to) {
      double scale = (double) from / to;
      double support = Math.max(scale, 1);
      double inverse = 1 / support;
      int[] first = new int[to];
      int[][] weights = new int[to][];
      for (int i = 0; i < to; i++) {
        double center = (i + 0.5) * scale;
        int start = Math.max((int) (center - support + 0.5), 0);
        int end = Math.min((int) (center + support + 0.5), from);
        double[] exact = new double[end - start];
        double sum = 0;
        for (int x = 0; x < exact.length; x++) {
          exact[x] = Math.max(0, 1 - Math.abs((x + start - center + 0.5) * inverse));
          sum += exact[x];
        }
        first[i] = start;
        weights[i] = new int[exact.length];
        for (int x = 0; x < exact.length; x++) {
          weights[i][x] = (int) (0.5 + exact[x] * (1 / sum) * (1 << BITS));
        }
      }
      return new Taps(first, weights);
    }

    int most() {
      return Arrays.stream(weights).mapToInt(w -> w.length).max().orElse(1);
    }
  }

  private void onlyAcross(byte[] out, int height) {
    for (int y = 0; y < height; y++) {
      require(y, Math.min(height, y + 2));
      int[] row = rows[y % rows.length];
      for (int x = 0, o = y * stride; x < stride; x++, o++) {
        out[o] = (byte) row[x];
      }
    }
  }

  private void both(byte[] out, Taps down) {
    int[] sums = new int[stride];
    for (int y = 0; y < down.first.length; y++) {
      int first = down.first[y];
      int[] weights = down.weights[y];
      require(first, first + weights.length);
      Arrays.fill(sums, HALF);
      for (int i = 0; i < weights.length; i++) {
        add(sums, rows[(first + i) % rows.length], weights[i]);
      }
      for (int x = 0, o = y * stride; x < stride; x++, o++) {
        out[o] = (byte) clamp(sums[x] >> BITS);
      }
    }
  }

  private static void add(int[] sums, int[] row, int weight) {
    for (int x = 0; x < sums.length; x++) {
      sums[x] += row[x] * weight;
    }
  }

  /** Makes the sources' rows from {@code first} to {@code end}; those before are needed no more. */
  private void require(int first, int end) {
    for (int y = first; y < end; y++) {
      int place = y % rows.length;
      if (rowNumbers[place] == y) {
        continue;
      }
      rowNumbers[place] = y;
      if (across == null) {
        for (int x = 0, i = y * fromStride; x < stride; x++, i++) {
          rows[place][x] = from[i] & 0xFF;
        }
      } else if (y + 1 < end && (y + 2) * fromStride < from.length) { // not the last row
        int next = (y + 1) % rows.length;
        rowNumbers[next] = y + 1;
        two(y * fromStride, rows[place], rows[next]);
        y++;
      } else {
        one(y * fromStride, rows[place]);
      }
    }
  }

  private void one(int start, int[] out) {
    for (int x = 0, o = 0; x < across.first.length; x++, o += 3) {
      int i = start + 3 * across.first[x];
      int red = HALF;
      int green = HALF;
      int blue = HALF;
      for (int weight : across.weights[x]) {
        red += (from[i] & 0xFF) * weight;
        green += (from[i + 1] & 0xFF) * weight;
        blue += (from[i + 2] & 0xFF) * weight;
        i += 3;
      }
      out[o] = clamp(red >> BITS);
      out[o + 1] = clamp(green >> BITS);
      out[o + 2] = clamp(blue >> BITS);
    }
  }

  /**
   * A row and the one below it. Each long holds two sums, which stay below 2^31; pixels are read as
   * four bytes, of which the last is the next one's.
   */
  private void two(int start, int[] out, int[] below) {
    for (int x = 0, o = 0; x < across.first.length; x++, o += 3) {
      int i = start + 3 * across.first[x];
      int j = i + fromStride;
      long above = HALVES;
      long under = HALVES;
      long blue = HALVES;
      for (int w : across.weights[x]) {
        int v = (int) PIXEL.get(from, i);
        int u = (int) PIXEL.get(from, j);
        long weight = w;
        above += ((v & 0xFFL) | (v & 0xFF00L) << 24) * weight;
        under += ((u & 0xFFL) | (u & 0xFF00L) << 24) * weight;
        blue += ((v >> 16 & 0xFFL) | (u & 0xFF0000L) << 16) * weight;
        i += 3;
        j += 3;
      }
      out[o] = clamp((int) above >> BITS);
      out[o + 1] = clamp((int) (above >> 32 + BITS));
      out[o + 2] = clamp((int) blue >> BITS);
      below[o] = clamp((int) under >> BITS);
      below[o + 1] = clamp((int) (under >> 32 + BITS));
      below[o + 2] = clamp((int) (blue >> 32 + BITS));
    }
  }

  private static int clamp(int v) {
    return Math.max(0, Math.min(255, v));
  }
}
