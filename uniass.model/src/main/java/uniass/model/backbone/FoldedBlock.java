/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import uniass.model.backbone.Architecture.BlockShape;
import uniass.tensor.Script;

/** Stem and blocks with their norms folded into the convolutions, each one native call. */
final class FoldedBlock {

  private static final Script SCRIPT = Script.load(FoldedBlock.class);

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
