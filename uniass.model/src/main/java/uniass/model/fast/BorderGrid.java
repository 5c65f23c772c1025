/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.fast;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;

/**
 * The smallest image on which convolutions of a constant show all values that they have on a larger
 * one: they are constant away from the border.
 *
 * @param height of the small image
 * @param width of the small image
 * @param rows for each row of the large image the row of the small one that equals it
 * @param columns likewise
 */
record BorderGrid(int height, int width, NDArray rows, NDArray columns) {

  /**
   * Finds the grid.
   *
   * @param reach of all convolutions together, in pixels
   */
  BorderGrid(NDManager manager, int height, int width, int reach) {
    this(
        Math.min(height, 2 * reach + 1),
        Math.min(width, 2 * reach + 1),
        index(manager, height, reach),
        index(manager, width, reach));
  }

  private static NDArray index(NDManager manager, int size, int reach) {
    long[] index = new long[size];
    int small = Math.min(size, 2 * reach + 1);
    for (int p = 0; p < size; p++) {
      int fromEnd = size - 1 - p;
      index[p] = fromEnd < reach ? small - 1 - fromEnd : Math.min(p, reach);
    }
    try (NDArray overJavaMemory = manager.create(index, new Shape(size))) {
      NDArray copy = overJavaMemory.duplicate();
      NDScope.unregister(copy);
      return copy;
    }
  }
}
