/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.pixels;

import uniass.api.data.Pixels;

/**
 * A decoded file, upright.
 *
 * @param height its height
 * @param width its width
 * @param values height x width x 3 bytes (R, G, B) of an image, height x width of a mask; row-major
 * @param traits what the file shows beside them
 */
public record Decoded(int height, int width, byte[] values, Traits traits) {

  /** An image's pixels. */
  public Pixels pixels() {
    return new Pixels(height, width, values);
  }

  /** A mask's gray values. */
  public Gray gray() {
    return new Gray(height, width, values);
  }
}
