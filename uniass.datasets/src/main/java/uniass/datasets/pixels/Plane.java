/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.pixels;

/**
 * A decoded image before it becomes RGB or a mask, as stored: not turned upright.
 *
 * @param width its width
 * @param height its height
 * @param channels 1 (gray) or 3 (RGB)
 * @param data height x width x channels, interleaved, row-major
 * @param alpha height x width, of a mask with transparency; else null
 * @param traits what the file shows beside its pixels
 */
record Plane(int width, int height, int channels, byte[] data, byte[] alpha, Traits traits) {

  /** Allocates a black image without alpha, about which nothing is known yet. */
  static Plane of(int width, int height, int channels) {
    byte[] data = new byte[Math.multiplyExact(width * channels, height)];
    return new Plane(width, height, channels, data, null, Traits.PLAIN);
  }

  /** The same with room for alpha. */
  Plane withAlpha() {
    return new Plane(width, height, channels, data, new byte[width * height], traits);
  }

  Plane with(Traits seen) {
    return new Plane(width, height, channels, data, alpha, seen);
  }

  /** As RGB, upright; gray is replicated to the three channels. */
  Decoded image() {
    Plane upright = upright();
    if (channels == 3) {
      return new Decoded(upright.height, upright.width, upright.data, traits);
    }
    byte[] rgb = new byte[Math.multiplyExact(data.length, 3)];
    for (int i = 0, o = 0; i < data.length; i++) {
      byte v = upright.data[i];
      rgb[o++] = v;
      rgb[o++] = v;
      rgb[o++] = v;
    }
    return new Decoded(upright.height, upright.width, rgb, traits);
  }

  /**
   * As a mask, upright. Colors decide what is marked; if they are all the same, transparency does.
   *
   * @throws Unreadable if a transparent pixel has a color while others have none: either could be
   *     meant
   */
  Decoded mask() throws Unreadable {
    Plane gray = gray();
    boolean varies = alpha != null && !isConstant(alpha);
    boolean decides = varies && isConstant(gray.data);
    if (varies && !decides) {
      for (int i = 0; i < alpha.length; i++) {
        if (alpha[i] == 0 && gray.data[i] != 0) {
          throw new Unreadable(
              "the mask's colors mark pixels that its alpha channel hides; save it without"
                  + " transparency");
        }
      }
    }
    Traits own = new Traits(traits.bits(), traits.largest(), decides, traits.orientation());
    Plane upright =
        new Plane(width, height, 1, decides ? alpha : gray.data, null, traits).upright();
    return new Decoded(upright.height, upright.width, upright.data, own);
  }

  private static boolean isConstant(byte[] values) {
    for (byte value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }

  /**
   * As gray, with Pillow's luma (ITU-R 601-2 in 16-bit fixed point); a colored pixel is never 0.
   */
  private Plane gray() {
    if (channels == 1) {
      return this;
    }
    byte[] gray = new byte[data.length / 3];
    for (int i = 0, o = 0; o < gray.length; o++) {
      int r = data[i++] & 0xFF;
      int g = data[i++] & 0xFF;
      int b = data[i++] & 0xFF;
      int luma = (r * 19595 + g * 38470 + b * 7471 + 0x8000) >> 16;
      gray[o] = (byte) (luma == 0 && (r | g | b) != 0 ? 1 : luma);
    }
    return new Plane(width, height, 1, gray, null, traits);
  }

  /** Turned by EXIF's orientation (tag 274); without alpha. */
  private Plane upright() {
    int orientation = traits.orientation();
    if (orientation <= 1 || orientation > 8) {
      return this;
    }
    boolean swap = orientation >= 5;
    Plane out = of(swap ? height : width, swap ? width : height, channels);
    for (int y = 0; y < out.height; y++) {
      for (int x = 0; x < out.width; x++) {
        int sx =
            switch (orientation) {
              case 2, 3 -> width - 1 - x;
              case 5, 8 -> orientation == 5 ? y : width - 1 - y;
              case 6 -> y;
              case 7 -> width - 1 - y;
              default -> x;
            };
        int sy =
            switch (orientation) {
              case 3, 4 -> height - 1 - y;
              case 5, 8 -> x;
              case 6, 7 -> height - 1 - x;
              default -> y;
            };
        System.arraycopy(
            data, (sy * width + sx) * channels, out.data, (y * out.width + x) * channels, channels);
      }
    }
    return out;
  }
}
