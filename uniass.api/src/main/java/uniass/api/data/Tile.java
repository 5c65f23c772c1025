package uniass.api.data;

/**
 * A part of a picture that the network sees as if it were a picture.
 *
 * @param tiling how the picture is cut
 * @param index place among the picture's tiles, row by row
 * @param y first row
 * @param x first column
 * @param height rows; less than the tiling's size only if the picture has less
 * @param width columns, likewise
 * @param pictureHeight height of the whole picture, upright
 * @param pictureWidth its width
 */
public record Tile(
    Tiling tiling,
    int index,
    int y,
    int x,
    int height,
    int width,
    int pictureHeight,
    int pictureWidth) {

  /** Whether this is the picture's last tile. */
  public boolean isLast() {
    return y + height == pictureHeight && x + width == pictureWidth;
  }

  /**
   * Cuts the tile out of its picture.
   *
   * @param picture pictureHeight x pictureWidth x channels bytes, interleaved, row-major
   * @return height x width x channels bytes
   */
  public byte[] cut(byte[] picture, int channels) {
    byte[] part = new byte[height * width * channels];
    int length = width * channels;
    for (int row = 0; row < height; row++) {
      int start = ((y + row) * pictureWidth + x) * channels;
      System.arraycopy(picture, start, part, row * length, length);
    }
    return part;
  }
}
