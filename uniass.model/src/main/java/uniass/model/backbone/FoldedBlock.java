package uniass.model.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import uniass.model.backbone.Architecture.BlockShape;
import uniass.tensor.Script;

/** Stem and blocks with their norms folded into the convolutions, each one native call. */
final class FoldedBlock {

  private static final Script SCRIPT =
      Script.compile(
          "uniass.model.backbone",
          """
          def activate(self, x: Tensor, lite: bool) -> Tensor:
            if lite:
              y = torch.hardtanh_(x, 0., 6.)
            else:
              y = torch.silu_(x)
            return y
          def same(self, x: Tensor, w: Tensor, b: Tensor, stride: int, before: int, after: int, groups: int) -> Tensor:
            if torch.eq(before, after):
              y = torch.conv2d(x, w, b, [stride, stride], [before, before], [1, 1], groups)
            else:
              padded = torch.constant_pad_nd(x, [before, after, before, after], 0)
              y = torch.conv2d(padded, w, b, [stride, stride], [0, 0], [1, 1], groups)
            return y
          def stem(self, x: Tensor, w: List[Tensor], stride: int, before: int, after: int, lite: bool) -> Tensor:
            x = torch.contiguous(x, memory_format=2)
            return (self).activate((self).same(x, w[0], w[1], stride, before, after, 1), lite)
          def block(self, x: Tensor, expand: List[Tensor], w: List[Tensor], excite: List[Tensor], stride: int, before: int, after: int, skip: bool, lite: bool) -> Tensor:
            y = x
            if torch.gt(torch.len(expand), 0):
              y = (self).activate(torch.conv2d(y, expand[0], expand[1]), lite)
            y = (self).activate((self).same(y, w[0], w[1], stride, before, after, torch.size(y, 1)), lite)
            if torch.gt(torch.len(excite), 0):
              s = torch.mean(y, [2, 3], True)
              s = (self).activate(torch.conv2d(s, excite[0], excite[1]), lite)
              y = torch.mul_(y, torch.sigmoid_(torch.conv2d(s, excite[2], excite[3])))
            y = torch.conv2d(y, w[2], w[3])
            if skip:
              y = torch.add_(y, x)
            return y
          """);

  private FoldedBlock() {}

  /**
   * Computes the stem.
   *
   * @param weights folded kernel and bias
   */
  static NDArray stem(
      NDArray images, NDList weights, int stride, SamePadding padding, boolean lite) {
    return SCRIPT.apply("stem", images, weights, stride, padding.before(), padding.after(), lite);
  }

  /**
   * Computes a block.
   *
   * @param expand folded kernel and bias, or empty
   * @param weights folded kernels and biases of the depthwise convolution and the projection
   * @param excite kernels and biases of squeeze and excite, or empty
   */
  static NDArray block(
      NDArray x,
      NDList expand,
      NDList weights,
      NDList excite,
      BlockShape shape,
      SamePadding padding,
      boolean lite) {
    return SCRIPT.apply(
        "block",
        x,
        expand,
        weights,
        excite,
        shape.stride(),
        padding.before(),
        padding.after(),
        shape.skips(),
        lite);
  }
}
