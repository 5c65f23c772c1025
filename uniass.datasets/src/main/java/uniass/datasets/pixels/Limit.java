/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.pixels;

import java.util.Locale;
import uniass.api.data.ImageFormat;

/**
 * Refuses images by what their header claims, before memory is taken for them: more than a setting
 * allows, or more than a file of that length can hold.
 *
 * @param maximumPixels largest width x height
 * @param depth bits that samples of more than 8 use
 */
record Limit(long maximumPixels, int depth) {

  /** Pixels that formats which pack empty areas into next to nothing may always claim. */
  private static final long MODEST = 16_000_000;

  static Limit of(ImageFormat format) {
    return new Limit(format.maximumPixels(), format.depth());
  }

  void check(long width, long height) throws Unreadable {
    if (width <= 0 || height <= 0) {
      throw new Unreadable("the header claims " + width + " x " + height + " pixels");
    }
    if (width > maximumPixels / height || 3 * width * height > Integer.MAX_VALUE - 8) {
      throw new Unreadable(
          String.format(
              Locale.ROOT,
              "the header claims %d x %d pixels, more than the limit of %.1f megapixels;"
                  + " raise maximum-pixels if the image is real",
              width,
              height,
              Math.min(maximumPixels, (Integer.MAX_VALUE - 8) / 3) / 1e6));
    }
  }

  /**
   * Checks the claim against the file, so that memory grows with the data and not on a header's
   * word.
   *
   * @param length bytes of the file
   * @param density most pixels that a byte of the format holds
   */
  static void checkLength(long width, long height, long length, double density) throws Unreadable {
    if (width * height > density * length + 1024) {
      throw new Unreadable(
          String.format(
              Locale.ROOT,
              "damaged: the header claims %d x %d pixels, which a file of %d bytes cannot hold",
              width,
              height,
              length));
    }
  }

  /** Checks the claim of a format without such a bound, from a size on that is worth the care. */
  void check(long width, long height, long length) throws Unreadable {
    check(width, height);
    if (width * height > MODEST) {
      checkLength(width, height, length, 8192);
    }
  }
}
