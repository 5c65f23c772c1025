/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.pixels;

/** Ink to light, in the integer arithmetic of libjpeg and Pillow. */
final class Cmyk {

  private static final int HALF = 1 << 15;

  private Cmyk() {}

  /** YCbCr + K to CMYK in place: the inverse of BT.601 in 16-bit fixed point, complemented. */
  static void fromYcck(int[] pixel, int at) {
    int y = pixel[at];
    int cb = pixel[at + 1] - 128;
    int cr = pixel[at + 2] - 128;
    int red = y + ((91881 * cr + HALF) >> 16);
    int green = y + ((-22554 * cb - 46802 * cr + HALF) >> 16);
    int blue = y + ((116130 * cb + HALF) >> 16);
    pixel[at] = clamp(255 - red);
    pixel[at + 1] = clamp(255 - green);
    pixel[at + 2] = clamp(255 - blue);
  }

  /** 255 = full ink; each color is (1 - ink) * (1 - black). */
  static void toRgb(int[] pixel, int at, byte[] rgb, int offset) {
    int white = 255 - pixel[at + 3];
    for (int c = 0; c < 3; c++) {
      int product = pixel[at + c] * white + 128;
      rgb[offset + c] = (byte) clamp(white - (((product >> 8) + product) >> 8));
    }
  }

  private static int clamp(int v) {
    return Math.max(0, Math.min(255, v));
  }
}
