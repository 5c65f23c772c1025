/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

/** Mixes colors 0xRRGGBB. */
final class Blend {

  private Blend() {}

  /** The first color, with so much of the second: 0 to 1. */
  static int mix(int first, int second, double opacity) {
    int mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      double a = (first >> shift) & 0xff;
      double b = (second >> shift) & 0xff;
      mixed |= (int) Math.round(a + (b - a) * opacity) << shift;
    }
    return mixed;
  }

  /** Lightness of a color, 0 to 255 (weights of ITU-R BT.601). */
  static int gray(int color) {
    return (299 * (color >> 16 & 0xff) + 587 * (color >> 8 & 0xff) + 114 * (color & 0xff)) / 1000;
  }
}
