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
}
