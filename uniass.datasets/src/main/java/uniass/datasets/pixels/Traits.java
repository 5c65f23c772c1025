/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.pixels;

/**
 * What a decoded file shows beside its pixels.
 *
 * @param bits of its samples, 1 to 16
 * @param largest sample if they have more than 8 bits, else 255
 * @param transparent whether some pixels are not opaque; of a mask: whether its alpha channel
 *     decides what is marked
 * @param orientation EXIF's, 1 (upright as stored) to 8; already applied to the pixels
 */
public record Traits(int bits, int largest, boolean transparent, int orientation) {

  /** Traits of an 8-bit file with nothing special about it. */
  public static final Traits PLAIN = new Traits(8, 255, false, 1);

  /** The bits that hold the largest sample. */
  public int usedBits() {
    return Integer.SIZE - Integer.numberOfLeadingZeros(largest);
  }
}
