package uniass.api.data;

/**
 * What pictures are turned into.
 *
 * @param height target height
 * @param width target width
 * @param resize how pictures are resized; masks by nearest neighbour, as Pillow does it
 * @param maskThreshold a mask pixel is anomalous if its value (0 to 255) is greater
 * @param maximumPixels a picture whose header claims more is refused before it is decoded
 */
public record PictureFormat(
    int height, int width, Resize resize, int maskThreshold, long maximumPixels) {

  /** Largest picture that is decoded unless a setting says otherwise: 200 megapixels. */
  public static final long DEFAULT_MAXIMUM_PIXELS = 200_000_000L;

  /** Pillow's resizing, every non-zero mask pixel anomalous. */
  public static PictureFormat of(int height, int width) {
    return new PictureFormat(height, width, Resize.PIL_BILINEAR, 0, DEFAULT_MAXIMUM_PIXELS);
  }
}
