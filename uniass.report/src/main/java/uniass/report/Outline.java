/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import uniass.api.data.Mask;

/** Draws the border of a region, with a dark line around it that shows it on any ground. */
final class Outline {

  private static final int HALO = 0x101010;
  private static final double HALO_OPACITY = 0.75;
  private static final int THICKNESS = 2;

  private final boolean[] inside;
  private final int width;
  private final int height;

  /**
   * A region.
   *
   * @param factor how much larger the image is on which it is drawn
   */
  Outline(Mask region, int factor) {
    this.width = region.width() * factor;
    this.height = region.height() * factor;
    this.inside = new boolean[width * height];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = region.at(i / width / factor, i % width / factor);
    }
  }

  /** Draws on an image of colors 0xRRGGBB. */
  void draw(int[] image, int color) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        if (inside[i] && border(x, y)) {
          image[i] = color;
        } else if (!inside[i] && touches(x, y)) {
          image[i] = Blend.mix(image[i], HALO, HALO_OPACITY);
        }
      }
    }
  }

  private boolean at(int x, int y) {
    return x >= 0 && y >= 0 && x < width && y < height && inside[y * width + x];
  }

  private boolean touches(int x, int y) {
    return at(x - 1, y) || at(x + 1, y) || at(x, y - 1) || at(x, y + 1);
  }

  /** At the image's own edge as well. */
  private boolean border(int x, int y) {
    for (int d = 1; d <= THICKNESS; d++) {
      if (!(at(x - d, y) && at(x + d, y) && at(x, y - d) && at(x, y + d))) {
        return true;
      }
    }
    return false;
  }
}
