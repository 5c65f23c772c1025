package uniass.api.data;

/**
 * What images are turned into.
 *
 * @param height target height
 * @param width target width
 * @param resize how images are resized; masks by nearest neighbor, as Pillow does it
 * @param maskThreshold a mask pixel is anomalous if its value (0 to 255) is greater
 * @param maximumPixels an image whose header claims more is refused before it is decoded
 */
public record ImageFormat(
    int height, int width, Resize resize, int maskThreshold, long maximumPixels) {

  /** Largest image that is decoded unless a setting says otherwise: 200 megapixels. */
  public static final long DEFAULT_MAXIMUM_PIXELS = 200_000_000L;

  /** Pillow's resizing, every non-zero mask pixel anomalous. */
  public static ImageFormat of(int height, int width) {
    return new ImageFormat(height, width, Resize.PIL_BILINEAR, 0, DEFAULT_MAXIMUM_PIXELS);
  }
}
