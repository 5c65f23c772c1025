package uniass.datasets.pixels;

import uniass.api.data.Pixels;

/**
 * A decoded image before it becomes RGB or a mask.
 *
 * @param width its width
 * @param height its height
 * @param channels 1 (gray) or 3 (RGB)
 * @param data height x width x channels, interleaved, row-major
 */
record Plane(int width, int height, int channels, byte[] data) {

  /** Allocates a black image. */
  static Plane of(int width, int height, int channels) {
    return new Plane(
        width, height, channels, new byte[Math.multiplyExact(width * channels, height)]);
  }

  /** As RGB; gray is replicated to the three channels. */
  Pixels rgb() {
    if (channels == 3) {
      return new Pixels(height, width, data);
    }
    byte[] rgb = new byte[Math.multiplyExact(data.length, 3)];
    for (int i = 0, o = 0; i < data.length; i++) {
      byte v = data[i];
      rgb[o++] = v;
      rgb[o++] = v;
      rgb[o++] = v;
    }
    return new Pixels(height, width, rgb);
  }

  /**
   * As gray, with Pillow's luma (ITU-R 601-2 in 16-bit fixed point); a colored pixel is never 0.
   */
  Plane gray() {
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
    return new Plane(width, height, 1, gray);
  }

  /**
   * Turns the image upright.
   *
   * @param orientation EXIF's tag 274: 1 (upright) to 8
   */
  Plane upright(int orientation) {
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
