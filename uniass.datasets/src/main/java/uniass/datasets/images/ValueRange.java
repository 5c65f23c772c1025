/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

/**
 * The smallest and largest values of pixels.
 *
 * @param smallest of red, green and blue, 0 to 255
 * @param largest of red, green and blue
 */
record ValueRange(int[] smallest, int[] largest) {

  /** The range of no pixels. */
  static ValueRange none() {
    return new ValueRange(new int[] {255, 255, 255}, new int[3]);
  }

  /** Widens the range by those of pixels. */
  ValueRange add(byte[] rgb) {
    for (int i = 0; i < rgb.length; i++) {
      int value = rgb[i] & 0xFF;
      int channel = i % 3;
      smallest[channel] = Math.min(smallest[channel], value);
      largest[channel] = Math.max(largest[channel], value);
    }
    return this;
  }

  int minimum() {
    return Math.min(smallest[0], Math.min(smallest[1], smallest[2]));
  }

  int maximum() {
    return Math.max(largest[0], Math.max(largest[1], largest[2]));
  }

  /** The largest difference between two values of a channel. */
  int spread() {
    int spread = 0;
    for (int c = 0; c < 3; c++) {
      spread = Math.max(spread, largest[c] - smallest[c]);
    }
    return spread;
  }
}
