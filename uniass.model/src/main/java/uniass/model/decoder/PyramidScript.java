package uniass.model.decoder;

import ai.djl.ndarray.NDArray;
import uniass.model.layer.Norm;
import uniass.tensor.Script;

/** One level of the pyramid around its 3x3 convolution, with few passes over its large maps. */
final class PyramidScript {

  private static final Script SCRIPT =
      Script.compile(
          "uniass.model.pyramid",
          """
          def lateral(self, x: Tensor, coarser: Tensor, w: Tensor, gamma: Tensor, beta: Tensor, groups: int, eps: float) -> Tensor:
            n, c, height, width = torch.size(x)
            pixels = torch.reshape(torch.permute(x, [0, 2, 3, 1]), [n, -1, c])
            mean = torch.mean(pixels, [1], True)
            centerd = torch.sub(pixels, mean)
            moments = torch.div(torch.bmm(torch.transpose(centerd, 1, 2), centerd), torch.mul(height, width))
            kernel = torch.flatten(w, 1)
            means = torch.reshape(torch.matmul(mean, torch.t(kernel)), [n, groups, -1])
            variances = torch.sum(torch.mul(torch.matmul(kernel, moments), kernel), [2])
            center = torch.mean(means, [2], True)
            spread = torch.add(torch.reshape(variances, [n, groups, -1]), torch.square(torch.sub(means, center)))
            deviation = torch.sqrt(torch.add(torch.mean(spread, [2], True), eps))
            scale = torch.div(torch.reshape(gamma, [groups, -1]), deviation)
            shift = torch.sub(torch.reshape(beta, [groups, -1]), torch.mul(center, scale))
            scaled = torch.mul(torch.reshape(scale, [n, 1, -1]), torch.t(kernel))
            shifted = torch.contiguous(torch.add(coarser, torch.reshape(shift, [n, -1, 1, 1])), memory_format=2)
            enlarged = torch.upsample_bilinear2d(shifted, [height, width], False)
            rows = torch.flatten(torch.contiguous(torch.permute(enlarged, [0, 2, 3, 1])), 1, 2)
            sum = torch.baddbmm_(rows, pixels, scaled)
            return torch.permute(torch.reshape(sum, [n, height, width, -1]), [0, 3, 1, 2])
          def normed(self, x: Tensor, gamma: Tensor, beta: Tensor, groups: int, eps: float) -> Tensor:
            return torch.relu_(torch.group_norm(x, groups, gamma, beta, eps))
          def whole(self, x: Tensor, size: List[int]) -> Tensor:
            return torch.permute(torch.new_empty(x, size), [0, 3, 1, 2])
          def normed_into(self, whole: Tensor, start: int, x: Tensor, gamma: Tensor, beta: Tensor, groups: int, eps: float) -> Tensor:
            part = torch.slice(whole, 0, start, torch.add(start, torch.size(x, 0)))
            return torch.clamp_min(torch.group_norm(x, groups, gamma, beta, eps), 0, out=part)
          """);

  private PyramidScript() {}

  /**
   * Adds the group norm of a 1x1 convolution of x to the coarser map, enlarged. The norm's
   * statistics follow from the mean and the second moments of x, which has few channels: mean(Wx) =
   * W mean(x), var(Wx) = W cov(x) W^T. So the norm becomes part of the convolution.
   *
   * @param x (N,C,h,w)
   * @param coarser (N,D,h',w')
   * @return (N,D,h,w), stored channels last
   */
  static NDArray lateral(NDArray x, NDArray coarser, NormedConvolution adapter) {
    Norm norm = adapter.norm();
    return SCRIPT.apply(
        "lateral",
        x,
        coarser,
        adapter.convolution().weight(),
        norm.weight(),
        norm.bias(),
        Norm.GROUPS,
        Norm.EPS);
  }

  /** max(group norm of x, 0), without a copy for the maximum. */
  static NDArray normed(NDArray x, Norm norm) {
    return SCRIPT.apply("normed", x, norm.weight(), norm.bias(), Norm.GROUPS, Norm.EPS);
  }

  /** Returns memory for (N,D,h,w), channels last, in the type and on the device of x. */
  static NDArray whole(NDArray x, long n, long channels, long height, long width) {
    return SCRIPT.apply("whole", x, new long[] {n, height, width, channels});
  }

  /** Writes max(group norm of x, 0) to the images of {@code whole} from {@code start} on. */
  static void normed(NDArray x, Norm norm, NDArray whole, long start) {
    SCRIPT
        .apply("normed_into", whole, start, x, norm.weight(), norm.bias(), Norm.GROUPS, Norm.EPS)
        .close();
  }
}
