package uniass.datasets.pixels;

import uniass.api.data.Pixels;

/**
 * Pillow's antialiased bilinear resizing of 8-bit pictures: a triangle as wide as the scale, in
 * 22-bit fixed point, horizontally and then vertically, each rounded to 8 bits.
 */
final class PillowBilinear {

  private static final int BITS = 22;
  private static final int HALF = 1 << (BITS - 1);

  private PillowBilinear() {}

  static byte[] resize(Pixels from, int height, int width) {
    byte[] pixels = from.rgb();
    if (from.width() != width) {
      pixels = horizontal(pixels, from.height(), from.width(), Taps.of(from.width(), width));
    }
    if (from.height() != height) {
      pixels = vertical(pixels, width, Taps.of(from.height(), height));
    }
    return pixels;
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
        double centre = (i + 0.5) * scale;
        int start = Math.max((int) (centre - support + 0.5), 0);
        int end = Math.min((int) (centre + support + 0.5), from);
        double[] exact = new double[end - start];
        double sum = 0;
        for (int x = 0; x < exact.length; x++) {
          exact[x] = Math.max(0, 1 - Math.abs((x + start - centre + 0.5) * inverse));
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
  }

  private static byte[] horizontal(byte[] from, int height, int width, Taps taps) {
    int to = taps.first.length;
    byte[] out = new byte[height * to * 3];
    int o = 0;
    for (int y = 0; y < height; y++) {
      int row = y * width * 3;
      for (int x = 0; x < to; x++) {
        int[] weights = taps.weights[x];
        int i = row + 3 * taps.first[x];
        int red = HALF;
        int green = HALF;
        int blue = HALF;
        for (int weight : weights) {
          red += (from[i] & 0xFF) * weight;
          green += (from[i + 1] & 0xFF) * weight;
          blue += (from[i + 2] & 0xFF) * weight;
          i += 3;
        }
        out[o] = clamp(red >> BITS);
        out[o + 1] = clamp(green >> BITS);
        out[o + 2] = clamp(blue >> BITS);
        o += 3;
      }
    }
    return out;
  }

  private static byte[] vertical(byte[] from, int width, Taps taps) {
    int stride = width * 3;
    byte[] out = new byte[taps.first.length * stride];
    int[] sums = new int[stride];
    for (int y = 0; y < taps.first.length; y++) {
      java.util.Arrays.fill(sums, HALF);
      int i = taps.first[y] * stride;
      for (int weight : taps.weights[y]) {
        addRow(sums, from, i, weight);
        i += stride;
      }
      int o = y * stride;
      for (int x = 0; x < stride; x++) {
        out[o + x] = clamp(sums[x] >> BITS);
      }
    }
    return out;
  }

  private static void addRow(int[] sums, byte[] from, int offset, int weight) {
    for (int x = 0; x < sums.length; x++) {
      sums[x] += (from[offset + x] & 0xFF) * weight;
    }
  }

  private static byte clamp(int v) {
    return (byte) Math.max(0, Math.min(255, v));
  }
}
