/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.pixels;

/**
 * Turns a file's samples into bytes, and notes what they show on the way. Used by one thread.
 *
 * <p>More than 8 bits become 8 by dropping the lower ones, as OpenCV does; a file whose samples use
 * fewer bits than they have, such as 12 of 16, is shifted by those that it uses. In a mask, what is
 * not 0 never becomes 0.
 */
final class Samples {

  private final int bits;
  private final int shift;
  private final boolean mask;
  private int largest;
  private boolean transparent;

  /**
   * For one file.
   *
   * @param bits of a sample in the file, 1 to 16
   * @param depth bits that samples of more than 8 use; 16 for all
   * @param mask whether the file is a mask, which knows no depth
   */
  Samples(int bits, int depth, boolean mask) {
    this.bits = bits;
    this.shift = Math.max(0, (mask ? bits : Math.min(bits, depth)) - 8);
    this.mask = mask;
  }

  boolean isMask() {
    return mask;
  }

  /** A color's or gray's sample, 0 to 255. */
  byte color(int value) {
    if (bits == 8) {
      return (byte) value;
    }
    if (bits > 8) {
      largest = Math.max(largest, value);
      return kept(Math.min(255, value >> shift), value);
    }
    return (byte) (value * 255 / ((1 << bits) - 1));
  }

  /** An alpha sample, 0 (transparent) to 255. */
  byte alpha(int value) {
    transparent |= value < (1 << bits) - 1;
    int eight = bits >= 8 ? value >> (bits - 8) : value * 255 / ((1 << bits) - 1);
    return kept(eight, value);
  }

  private byte kept(int eight, int value) {
    return (byte) (mask && eight == 0 && value != 0 ? 1 : eight);
  }

  /** What was seen so far. */
  Traits traits(int orientation) {
    return new Traits(bits, bits > 8 ? largest : 255, transparent, orientation);
  }
}
