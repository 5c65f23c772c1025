package uniass.datasets.pixels;

import java.util.Locale;

/**
 * Refuses images by what their header claims, before memory is taken for them.
 *
 * @param maximumPixels largest width x height
 */
record Limit(long maximumPixels) {

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
}
