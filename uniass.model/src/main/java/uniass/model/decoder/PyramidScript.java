/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.decoder;

import ai.djl.ndarray.NDArray;
import uniass.model.layer.Norm;
import uniass.tensor.Script;

/** One level of the pyramid around its 3x3 convolution, with few passes over its large maps. */
final class PyramidScript {

  private static final Script SCRIPT = Script.load(PyramidScript.class);

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
