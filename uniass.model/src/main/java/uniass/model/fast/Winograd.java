/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.fast;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import uniass.model.layer.Constants;
import uniass.tensor.MinimalFilter;
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
final class Winograd {

  /** Height and width of the outputs of one tile. */
  private static final int OUTPUTS = 4;

  /** Images are taken together up to this size. */
  private static final long PIXELS_AT_ONCE = 12544;

  /** Predictions take so many tiles together: what lies between needs nine times their memory. */
  private static final long TILES_AT_ONCE = 128;

  private static final Script SCRIPT = Script.load(Winograd.class);

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
