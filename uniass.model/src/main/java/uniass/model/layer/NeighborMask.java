/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * Hides from every query the square of keys around itself, so that it cannot copy what it should
 * reconstruct.
 */
public final class NeighborMask {

  private NeighborMask() {}

  /**
   * Says why a mask cannot work on a grid.
   *
   * @param size side of the hidden square in cells, 0 for no mask
   * @return reasons, empty if it can
   */
  public static List<String> refusals(int height, int width, int size) {
    if (size == 0) {
      return List.of();
    }
    if (size % 2 == 0) {
      return List.of("a neighbor mask has an odd size or 0 for none, not " + size);
    }
    int radius = size / 2;
    if (height / 2 <= radius && width / 2 <= radius) {
      return List.of(
          "a neighbor mask of %d hides all of the %d x %d grid from a query in its middle: take a larger image, or a neighbour-mask of at most %d (0 for none)"
              .formatted(size, height, width, largest(height, width)));
    }
    return List.of();
  }

  private static int largest(int height, int width) {
    int radius = Math.max(height, width) / 2 - 1;
    return radius < 0 ? 0 : 2 * radius + 1;
  }

  /**
   * Creates the mask.
   *
   * @return (L,L), 0 where a query may look and minus infinity where not; null for size 0
   */
  public static NDArray create(NDManager manager, int height, int width, int size) {
    if (size == 0) {
      return null;
    }
    int radius = size / 2;
    int cells = height * width;
    float[] mask = new float[cells * cells];
    for (int query = 0; query < cells; query++) {
      for (int key = 0; key < cells; key++) {
        boolean near =
            Math.abs(query / width - key / width) <= radius
                && Math.abs(query % width - key % width) <= radius;
        mask[query * cells + key] = near ? Float.NEGATIVE_INFINITY : 0;
      }
    }
    return Constants.create(manager, mask, cells, cells);
  }
}
