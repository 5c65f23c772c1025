/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.pixels;

/** Undoes PNG's row filters (ISO/IEC 15948, 9.2). */
final class PngFilter {

  private PngFilter() {}

  /**
   * Restores a row in place.
   *
   * @param row the filter's number, then the bytes
   * @param previous the row above, restored, or zeros
   * @param step bytes from a sample to the same sample of the pixel to the left
   */
  static void undo(byte[] row, byte[] previous, int step) throws Unreadable {
    switch (row[0]) {
      case 0 -> {}
      case 1 -> sub(row, step);
      case 2 -> {
        for (int i = 1; i < row.length; i++) {
          row[i] += previous[i];
        }
      }
      case 3 -> {
        for (int i = 1; i < row.length; i++) {
          int left = i > step ? row[i - step] & 0xFF : 0;
          row[i] += (byte) ((left + (previous[i] & 0xFF)) >> 1);
        }
      }
      case 4 -> paeth(row, previous, step);
      default -> throw new Unreadable("a damaged PNG: unknown filter " + row[0]);
    }
  }

  private static void paeth(byte[] row, byte[] previous, int step) {
    int end = Math.min(1 + step, row.length);
    for (int i = 1; i < end; i++) {
      row[i] += previous[i];
    }
    if (step == 3) {
      paeth3(row, previous);
      return;
    }
    for (int i = end; i < row.length; i++) {
      row[i] += predict(row[i - step] & 0xFF, previous[i] & 0xFF, previous[i - step] & 0xFF);
    }
  }

  /** RGB, with the left pixels in registers: three chains that a processor runs side by side. */
  private static void paeth3(byte[] row, byte[] previous) {
    if (row.length < 4) {
      return;
    }
    int a0 = row[1] & 0xFF;
    int a1 = row[2] & 0xFF;
    int a2 = row[3] & 0xFF;
    int c0 = previous[1] & 0xFF;
    int c1 = previous[2] & 0xFF;
    int c2 = previous[3] & 0xFF;
    for (int i = 4; i + 2 < row.length; i += 3) {
      int b0 = previous[i] & 0xFF;
      int b1 = previous[i + 1] & 0xFF;
      int b2 = previous[i + 2] & 0xFF;
      a0 = (row[i] + predict(a0, b0, c0)) & 0xFF;
      a1 = (row[i + 1] + predict(a1, b1, c1)) & 0xFF;
      a2 = (row[i + 2] + predict(a2, b2, c2)) & 0xFF;
      row[i] = (byte) a0;
      row[i + 1] = (byte) a1;
      row[i + 2] = (byte) a2;
      c0 = b0;
      c1 = b1;
      c2 = b2;
    }
  }

  /**
   * Paeth's predictor: of left, above and upper left the one nearest to left + above - upper left.
   * With masks for branches, which noise would mislead every other time.
   */
  private static int predict(int left, int above, int upperLeft) {
    int down = above - upperLeft;
    int right = left - upperLeft;
    int toLeft = Math.abs(down);
    int toAbove = Math.abs(right);
    int toUpperLeft = Math.abs(down + right);
    int notLeft = ((toAbove - toLeft) | (toUpperLeft - toLeft)) >> 31;
    int notAbove = (toUpperLeft - toAbove) >> 31;
    int other = (above & ~notAbove) | (upperLeft & notAbove);
    return (left & ~notLeft) | (other & notLeft);
  }

  private static void sub(byte[] row, int step) {
    if (step != 3 || row.length < 4) {
      for (int i = 1 + step; i < row.length; i++) {
        row[i] += row[i - step];
      }
      return;
    }
    int a0 = row[1];
    int a1 = row[2];
    int a2 = row[3];
    for (int i = 4; i + 2 < row.length; i += 3) {
      a0 += row[i];
      a1 += row[i + 1];
      a2 += row[i + 2];
      row[i] = (byte) a0;
      row[i + 1] = (byte) a1;
      row[i + 2] = (byte) a2;
    }
  }
}
