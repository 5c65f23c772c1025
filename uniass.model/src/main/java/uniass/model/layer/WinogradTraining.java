package uniass.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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

  private static final Script SCRIPT =
      Script.compile(
          "uniass.model.winograd-training",
          """
          def convolve(self, x: Tensor, w: Tensor, bias: Optional[Tensor], g: Tensor, t: Tensor, y: Tensor, several: int, blocks: List[int], tiles: List[int]) -> Tensor:
            n, c, h, width = torch.size(x)
            o = torch.size(w, 0)
            points = torch.size(t, 0)
            step = torch.sub(points, 2)
            taps = torch.reshape(torch.permute(w, [2, 3, 1, 0]), [9, torch.mul(c, o)])
            u = torch.reshape(torch.matmul(g, taps), [-1, c, o])
            rows = (self).band(t, blocks[0], tiles[0], h)
            columns = (self).band(t, blocks[1], tiles[1], width)
            parts = torch.split((self).padded(x, step, blocks, tiles), several, 0)
            outs = annotate(List[Tensor], [])
            for i in range(torch.len(parts)):
              images = torch.size(parts[i], 0)
              v = (self).transformed(parts[i], rows, columns, points, blocks, tiles)
              m = torch.reshape(torch.bmm(v, u), [torch.mul(points, points), -1])
              out = torch.reshape(torch.matmul(y, m), [step, step, images, torch.mul(blocks[0], tiles[0]), torch.mul(blocks[1], tiles[1]), o])
              out = torch.permute(out, [2, 3, 0, 4, 1, 5])
              _ = torch.append(outs, torch.reshape(out, [images, torch.mul(torch.mul(blocks[0], tiles[0]), step), torch.mul(torch.mul(blocks[1], tiles[1]), step), o]))
            if torch.eq(torch.len(outs), 1):
              whole = outs[0]
            else:
              whole = torch.cat(outs, 0)
            whole = torch.slice(torch.slice(whole, 1, 0, h), 2, 0, width)
            if bias is not None:
              whole = torch.add(whole, bias)
            return torch.permute(whole, [0, 3, 1, 2])
          def padded(self, x: Tensor, step: int, blocks: List[int], tiles: List[int]) -> Tensor:
            pixels = torch.permute(x, [0, 2, 3, 1])
            bottom = 0
            if torch.gt(blocks[0], 1):
              bottom = torch.sub(torch.mul(torch.mul(blocks[0], tiles[0]), step), torch.size(pixels, 1))
            right = 0
            if torch.gt(blocks[1], 1):
              right = torch.sub(torch.mul(torch.mul(blocks[1], tiles[1]), step), torch.size(pixels, 2))
            if torch.gt(torch.add(bottom, right), 0):
              pixels = torch.constant_pad_nd(pixels, [0, 0, 0, right, 0, bottom], 0)
            return pixels
          def band(self, t: Tensor, blocks: int, tiles: int, size: int) -> Tensor:
            points = torch.size(t, 0)
            step = torch.sub(points, 2)
            extent = torch.add(torch.mul(tiles, step), points)
            wide = torch.add(extent, step)
            rows = torch.expand(torch.unsqueeze(torch.constant_pad_nd(t, [0, torch.sub(wide, points)], 0), 1), [-1, tiles, -1])
            shifted = torch.slice(torch.reshape(rows, [points, -1]), 1, 0, torch.mul(tiles, extent))
            shifted = torch.reshape(shifted, [torch.mul(points, tiles), extent])
            if torch.eq(blocks, 1):
              inner = torch.slice(shifted, 1, 1, torch.add(size, 1))
            else:
              inner = torch.slice(shifted, 1, 0, torch.add(torch.mul(tiles, step), 2))
            return torch.contiguous(inner)
          def transformed(self, x: Tensor, rows: Tensor, columns: Tensor, points: int, blocks: List[int], tiles: List[int]) -> Tensor:
            n, h, w, c = torch.size(x)
            k, l = blocks
            r, q = tiles
            high = torch.size(rows, 1)
            lines = torch.mul(torch.mul(n, k), high)
            v = torch.reshape((self).blocks(x, k), [lines, w, 1, c])
            v = torch.reshape((self).blocks(v, l), [torch.mul(lines, l), torch.size(columns, 1), c])
            v = torch.bmm(torch.expand(columns, [torch.mul(lines, l), -1, -1]), v)
            v = torch.reshape(v, [torch.mul(n, k), high, -1])
            v = torch.bmm(torch.expand(rows, [torch.mul(n, k), -1, -1]), v)
            v = torch.permute(torch.reshape(v, [n, k, points, r, l, points, q, c]), [2, 5, 0, 1, 3, 4, 6, 7])
            return torch.reshape(v, [torch.mul(points, points), -1, c])
          def blocks(self, x: Tensor, k: int) -> Tensor:
            if torch.eq(k, 1):
              cut = x
            else:
              n, h, w, c = torch.size(x)
              high = torch.floordiv(h, k)
              first, middle, last = torch.split_with_sizes(torch.reshape(x, [n, k, high, w, c]), [1, torch.sub(high, 2), 1], 2)
              above = torch.constant_pad_nd(last, [0, 0, 0, 0, 0, 0, 1, -1], 0)
              below = torch.constant_pad_nd(first, [0, 0, 0, 0, 0, 0, -1, 1], 0)
              cut = torch.cat([above, first, middle, last, below], 2)
            return cut
          """);

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
