/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.data;

/**
 * What images are turned into.
 *
 * @param height target height
 * @param width target width
 * @param resize how images are resized; masks by nearest neighbor, as Pillow does it
 * @param maskThreshold a mask pixel is anomalous if its value (0 to 255) is greater
 * @param maximumPixels an image whose header claims more is refused before it is decoded
 * @param depth bits that samples of files with more than 8 bits use, 8 to 16: of 12, the upper 8 of
 *     the lower 12 bits count, and larger values are white. Masks and files of 8 bits are untouched
 */
public record ImageFormat(
    int height, int width, Resize resize, int maskThreshold, long maximumPixels, int depth) {

  /** Largest image that is decoded unless a setting says otherwise: 200 megapixels. */
  public static final long DEFAULT_MAXIMUM_PIXELS = 200_000_000L;

  /** All bits count: 16 bits become 8 by dropping the lower ones, as OpenCV does. */
  public static final int DEFAULT_DEPTH = 16;

  /** Pillow's resizing, every non-zero mask pixel anomalous. */
  public static ImageFormat of(int height, int width) {
    return new ImageFormat(
        height, width, Resize.PIL_BILINEAR, 0, DEFAULT_MAXIMUM_PIXELS, DEFAULT_DEPTH);
  }

  /** The same in another size. */
  public ImageFormat withSize(int newHeight, int newWidth, Resize method) {
    return new ImageFormat(newHeight, newWidth, method, maskThreshold, maximumPixels, depth);
  }

  /** The same with another threshold of masks. */
  public ImageFormat withMaskThreshold(int threshold) {
    return new ImageFormat(height, width, resize, threshold, maximumPixels, depth);
  }

  /** The same with another limit. */
  public ImageFormat withMaximumPixels(long pixels) {
    return new ImageFormat(height, width, resize, maskThreshold, pixels, depth);
  }

  /** The same for samples that use so many bits. */
  public ImageFormat withDepth(int bits) {
    return new ImageFormat(height, width, resize, maskThreshold, maximumPixels, bits);
  }
}
