/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.fast;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import uniass.model.layer.Constants;
import uniass.tensor.MinimalFilter;
import uniass.tensor.Script;

/**
 * 3x3 convolutions by minimal filtering, with gradients: both directions of the transforms are
 * matrix products along rows and along columns, which take in the zero padding and the overlap of
 * tiles, so that autograd neither scatters nor adds up tiles. A side of many tiles is cut into
 * blocks with a pixel of their neighbors on either side.
 *
 * <p>Autograd keeps the transformed input, (m + 2)^2 / m^2 of it, and the transformed kernel, (m +
 * 2)^2 / 9 of it. Small maps take F(3x3, 3x3): where kernels outweigh pixels, this needs less of
 * both time and memory than F(4x4, 3x3).
 */
final class WinogradTraining {

  /** Images are taken together up to this size. */
  private static final long PIXELS_AT_ONCE = 12544;

  /** Maps of fewer pixels have small tiles. */
  private static final long LEAST_FOR_LARGE_TILES = 400;

  /** A side of more tiles is cut into blocks; the sizes of blocks, the preferred first. */
  private static final long TILES_UNCUT = 7;

  private static final long[] TILES_OF_BLOCK = {4, 3, 5, 2, 6, 7};

  private static final Script SCRIPT = Script.load(WinogradTraining.class);

  private final Transforms small;
  private final Transforms large;

  /** Creates the transforms. */
  WinogradTraining(NDManager manager) {
    small = Transforms.create(manager, 3);
    large = Transforms.create(manager, 4);
  }

  /**
   * Convolves with zero padding that keeps the size.
   *
   * @param x (N,I,H,W), best stored channels last
   * @param kernel (O,I,3,3)
   * @param bias (O), or null
   * @return (N,O,H,W), stored channels last
   */
  NDArray convolve(NDArray x, NDArray kernel, NDArray bias) {
    long height = x.getShape().get(2);
    long width = x.getShape().get(3);
    Transforms chosen = height * width < LEAST_FOR_LARGE_TILES ? small : large;
    long rows = (height + chosen.outputs - 1) / chosen.outputs;
    long columns = (width + chosen.outputs - 1) / chosen.outputs;
    long[] tiles = {tilesOfBlock(rows), tilesOfBlock(columns)};
    long[] blocks = {(rows + tiles[0] - 1) / tiles[0], (columns + tiles[1] - 1) / tiles[1]};
    return SCRIPT.apply(
        "convolve",
        x,
        kernel,
        bias,
        chosen.kernel,
        chosen.input,
        chosen.output,
        Math.max(1, PIXELS_AT_ONCE / (height * width)),
        blocks,
        tiles);
  }

  /** The size of block that adds the fewest tiles. */
  private static long tilesOfBlock(long tiles) {
    if (tiles <= TILES_UNCUT) {
      return tiles;
    }
    long best = 0;
    long least = Long.MAX_VALUE;
    for (long size : TILES_OF_BLOCK) {
      long all = (tiles + size - 1) / size * size;
      if (all < least) {
        least = all;
        best = size;
      }
    }
    return best;
  }

  /** Kernels and outputs in two dimensions at once, inputs along one. */
  private record Transforms(int outputs, NDArray kernel, NDArray input, NDArray output) {

    static Transforms create(NDManager manager, int outputs) {
      MinimalFilter filter = MinimalFilter.of(outputs);
      return new Transforms(
          outputs,
          Constants.matrix(manager, MinimalFilter.squared(filter.kernel())),
          Constants.matrix(manager, filter.input()),
          Constants.matrix(manager, MinimalFilter.squared(filter.output())));
    }
  }
}
