/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.engine;

/** Brings maps and masks to another size. */
final class SizeChange {

  private SizeChange() {}

  /**
   * Bilinear, half-pixel centers, edges repeated, no antialiasing: as OpenCV's INTER_LINEAR and
   * PyTorch's {@code align_corners=False}.
   */
  static float[] bilinear(float[] map, int height, int width, int toHeight, int toWidth) {
    float[] result = new float[toHeight * toWidth];
    for (int y = 0; y < toHeight; y++) {
      float fromY = position(y, height, toHeight);
      int top = (int) fromY;
      int bottom = Math.min(top + 1, height - 1);
      float down = fromY - top;
      for (int x = 0; x < toWidth; x++) {
        float fromX = position(x, width, toWidth);
        int left = (int) fromX;
        int right = Math.min(left + 1, width - 1);
        float across = fromX - left;
        float upper = mix(map[top * width + left], map[top * width + right], across);
        float lower = mix(map[bottom * width + left], map[bottom * width + right], across);
        result[y * toWidth + x] = mix(upper, lower, down);
      }
    }
    return result;
  }

  /**
   * The pixel under each target pixel's upper left corner, with positions in single precision: as
   * PyTorch's {@code mode="nearest"}, which torchvision resizes masks with (Pillow's NEAREST takes
   * the one under the center).
   */
  static byte[] nearest(byte[] mask, int height, int width, int toHeight, int toWidth) {
    byte[] result = new byte[toHeight * toWidth];
    for (int y = 0; y < toHeight; y++) {
      int row = corner(y, height, toHeight) * width;
      for (int x = 0; x < toWidth; x++) {
        result[y * toWidth + x] = mask[row + corner(x, width, toWidth)];
      }
    }
    return result;
  }

  private static int corner(int to, int size, int toSize) {
    return Math.min(size - 1, (int) (to * ((float) size / toSize)));
  }

  private static float position(int to, int size, int toSize) {
    float at = (to + 0.5f) * size / toSize - 0.5f;
    return Math.max(0, Math.min(size - 1, at));
  }

  private static float mix(float a, float b, float share) {
    return a + (b - a) * share;
  }
}
