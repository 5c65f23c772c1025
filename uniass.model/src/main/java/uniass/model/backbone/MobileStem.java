/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.backbone;

import ai.djl.ndarray.NDArray;
import uniass.tensor.Layer;
import uniass.tensor.Pass;

/**
 * EfficientNet's first convolution, from (N,3,H,W) to (N,C,H/2,W/2).
 *
 * @param lite whether it has ReLU6 for swish
 */
public record MobileStem(NormedKernel convolution, SamePadding padding, boolean lite)
    implements Layer {

  /** Of the convolution. */
  public static final int STRIDE = 2;

  static final int KERNEL = 3;

  @Override
  public NDArray forward(NDArray images, Pass pass) {
    NDArray x = padding.convolve(images, convolution.weight(), null, STRIDE, 1);
    x = convolution.norm().forward(pass.probe("conv_stem", x));
    return MobileBlock.activate(pass.probe("bn0", x), lite);
  }
}
