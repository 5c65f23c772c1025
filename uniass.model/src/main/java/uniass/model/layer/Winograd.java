package uniass.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import uniass.tensor.Script;

/**
 * 3x3 convolutions by Winograd's minimal filtering F(4x4, 3x3) (Lavin and Gray 2016): 36
 * multiplications give 16 outputs, where the definition takes 144. Exact but for rounding, which
 * the interpolation points 0, 1/sqrt(2), -1/sqrt(2), sqrt(2), -sqrt(2) and infinity keep at 1.6
 * times that of a direct convolution.
 *
 * <p>Images are best stored pixel by pixel (channels last), as the results are; the shape stays
 * (N,C,H,W).
 */
public final class Winograd {

  /** Height and width of the outputs of one tile. */
  private static final int OUTPUTS = 4;

  /** Images are taken together up to this size. */
  private static final long PIXELS_AT_ONCE = 12544;

  /** Predictions take so many tiles together: what lies between needs nine times their memory. */
  private static final long TILES_AT_ONCE = 128;

  private static final Script SCRIPT =
      Script.compile(
          "uniass.model.winograd",
          """
          def weight(self, w: Tensor, g: Tensor, ordered: bool) -> Tensor:
            o = torch.size(w, 0)
            c = torch.size(w, 1)
            taps = torch.t(torch.reshape(w, [torch.mul(o, c), -1]))
            u = torch.transpose(torch.view(torch.matmul(g, taps), [-1, o, c]), 1, 2)
            if ordered:
              u = torch.contiguous(u)
            return u
          def predict(self, x: Tensor, u: Tensor, bias: Optional[Tensor], t: Tensor, y: Tensor, several: int, strip: int, overwrite: bool) -> Tensor:
            n, c, h, w = torch.size(x)
            o = torch.size(u, 2)
            rows = torch.floordiv(torch.add(h, 3), 4)
            columns = torch.floordiv(torch.add(w, 3), 4)
            right = torch.sub(torch.add(torch.mul(columns, 4), 1), w)
            size = [n, torch.mul(rows, 4), torch.mul(columns, 4), o]
            pixels = torch.permute(x, [0, 2, 3, 1])
            same = overwrite and torch.is_contiguous(pixels) and torch.eq(torch.size(pixels), size)
            if same:
              whole = pixels
            else:
              whole = torch.new_empty(x, size)
            tiled = torch.view(whole, [n, rows, 4, columns, 4, o])
            for i in range(torch.floordiv(torch.sub(torch.add(n, several), 1), several)):
              start = torch.mul(i, several)
              end = torch.add(start, several)
              images = torch.slice(pixels, 0, start, end)
              above = torch.slice(images, 1, 0, 1)
              for j in range(torch.floordiv(torch.sub(torch.add(rows, strip), 1), strip)):
                first = torch.mul(j, strip)
                last = ops.prim.min(torch.add(first, strip), rows)
                top = torch.sub(torch.mul(first, 4), 1)
                bottom = torch.add(torch.mul(last, 4), 1)
                part = torch.slice(images, 1, ops.prim.max(top, 0), bottom)
                padded = torch.constant_pad_nd(part, [0, 0, 1, right, ops.prim.max(torch.neg(top), 0), ops.prim.max(torch.sub(bottom, h), 0)], 0)
                if same and torch.gt(j, 0):
                  _ = torch.copy_(torch.slice(torch.slice(padded, 1, 0, 1), 2, 1, torch.add(w, 1)), above)
                if same and torch.lt(last, rows):
                  above = torch.clone(torch.slice(images, 1, torch.sub(bottom, 2), torch.sub(bottom, 1)))
                _ = torch.copy_(torch.slice(torch.slice(tiled, 0, start, end), 1, first, last), (self).strip(padded, u, t, y))
            return (self).finish(whole, bias, h, w)
          def strip(self, padded: Tensor, u: Tensor, t: Tensor, y: Tensor) -> Tensor:
            n, height, width, c = torch.size(padded)
            rows = torch.floordiv(height, 4)
            o = torch.size(u, 2)
            v = torch.reshape(torch.permute(torch.unfold(padded, 1, 6, 4), [4, 0, 1, 2, 3]), [6, -1])
            v = torch.reshape(torch.matmul(t, v), [6, n, rows, width, c])
            v = torch.reshape(torch.permute(torch.unfold(v, 3, 6, 4), [0, 5, 1, 2, 3, 4]), [6, 6, -1])
            v = torch.reshape(torch.bmm(torch.expand(t, [6, -1, -1]), v), [36, -1, c])
            m = torch.reshape(torch.bmm(v, u), [6, -1])
            m = torch.reshape(torch.matmul(y, m), [4, 6, -1])
            m = torch.reshape(torch.bmm(torch.expand(y, [4, -1, -1]), m), [4, 4, n, rows, -1, o])
            return torch.permute(m, [2, 3, 0, 4, 1, 5])
          def finish(self, whole: Tensor, bias: Optional[Tensor], h: int, w: int) -> Tensor:
            out = whole
            if torch.ne(torch.size(out, 1), h):
              out = torch.slice(out, 1, 0, h)
            if torch.ne(torch.size(out, 2), w):
              out = torch.slice(out, 2, 0, w)
            if bias is not None:
              out = torch.add(out, bias)
            return torch.permute(out, [0, 3, 1, 2])
          """);

  private final NDArray kernelTransform;
  private final NDArray inputLine;
  private final NDArray outputLine;

  /** Creates the transforms. */
  Winograd(NDManager manager) {
    MinimalFilter filter = MinimalFilter.of(OUTPUTS);
    kernelTransform = Constants.matrix(manager, MinimalFilter.squared(filter.kernel()));
    inputLine = Constants.matrix(manager, filter.input());
    outputLine = Constants.matrix(manager, filter.output());
  }

  /**
   * Transforms a kernel (O,C,3,3) to (36,C,O).
   *
   * @param ordered whether to store it in that order: slower, but products with it are faster
   */
  NDArray weight(NDArray kernel, boolean ordered) {
    return SCRIPT.apply("weight", kernel, kernelTransform, ordered);
  }

  /**
   * Convolves with zero padding that keeps the size, without gradients, in strips that stay in the
   * processor's cache.
   *
   * @param x (N,C,H,W)
   * @param weight transformed (36,C,O)
   * @param bias (O), or null
   * @param overwrite whether the result may take the memory of x
   * @return (N,O,H,W), stored channels last
   */
  NDArray predict(NDArray x, NDArray weight, NDArray bias, boolean overwrite) {
    long width = x.getShape().get(3);
    long pixels = x.getShape().get(2) * width;
    long several = Math.max(1, PIXELS_AT_ONCE / pixels);
    long columns = (width + OUTPUTS - 1) / OUTPUTS;
    long strip = Math.max(1, TILES_AT_ONCE / (columns * Math.min(several, x.getShape().get(0))));
    return SCRIPT.apply(
        "predict", x, weight, bias, inputLine, outputLine, several, strip, overwrite);
  }
}
