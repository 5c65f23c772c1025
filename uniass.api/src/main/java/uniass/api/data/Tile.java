/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.data;

/**
 * A part of an image that the network sees as if it were an image.
 *
 * @param tiling how the image is cut
 * @param index place among the image's tiles, row by row
 * @param y first row
 * @param x first column
 * @param height rows; less than the tiling's size only if the image has less
 * @param width columns, likewise
 * @param imageHeight height of the whole image, upright
 * @param imageWidth its width
 */
public record Tile(
    Tiling tiling,
    int index,
    int y,
    int x,
    int height,
    int width,
    int imageHeight,
    int imageWidth) {

  /** Whether this is the image's last tile. */
  public boolean isLast() {
    return y + height == imageHeight && x + width == imageWidth;
  }

  /**
   * Cuts the tile out of its image.
   *
   * @param image imageHeight x imageWidth x channels bytes, interleaved, row-major
   * @return height x width x channels bytes
   */
  public byte[] cut(byte[] image, int channels) {
    byte[] part = new byte[height * width * channels];
    int length = width * channels;
    for (int row = 0; row < height; row++) {
      int start = ((y + row) * imageWidth + x) * channels;
      System.arraycopy(image, start, part, row * length, length);
    }
    return part;
  }
}
