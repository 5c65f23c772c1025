/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts large images into overlapping squares. Along an axis of n pixels there are as few tiles as
 * cover it with the overlap asked for, spread evenly, so that the last ends where the image does.
 *
 * @param size height and width of a tile in the image's pixels; it is resized to the model's size
 * @param overlap pixels that neighbors share at least, fewer than the size
 */
public record Tiling(int size, int overlap) {

  /** Checks the sizes. */
  public Tiling {
    if (size < 1 || overlap < 0 || overlap >= size) {
      throw new IllegalArgumentException("tiles of " + size + " pixels that share " + overlap);
    }
  }

  /** The tiles of an image, row by row; one if it is not larger than a tile. */
  public List<Tile> tiles(int height, int width) {
    int rows = count(height);
    int columns = count(width);
    List<Tile> tiles = new ArrayList<>(rows * columns);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        tiles.add(
            new Tile(
                this,
                tiles.size(),
                start(row, rows, height),
                start(column, columns, width),
                Math.min(size, height),
                Math.min(size, width),
                height,
                width));
      }
    }
    return tiles;
  }

  private int count(int length) {
    int step = size - overlap;
    return length <= size ? 1 : (length - size + step - 1) / step + 1;
  }

  private int start(int index, int count, int length) {
    return count == 1 ? 0 : (int) ((long) index * (length - size) / (count - 1));
  }
}
