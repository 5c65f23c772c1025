/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.layer;

import ai.djl.ndarray.NDArray;
import uniass.tensor.Layer;
import uniass.tensor.Ops;
import uniass.tensor.Pass;

/**
 * What a convolution that keeps height and width multiplies with.
 *
 * @param weight (O,I,k,k), k odd
 * @param bias (O), or null
 */
public record Kernel(NDArray weight, NDArray bias) implements Layer {

  /** Height and width k. */
  public int size() {
    return (int) weight.getShape().get(2);
  }

  /** Convolves (N,I,h,w) to (N,O,h,w). */
  @Override
  public NDArray forward(NDArray input, Pass pass) {
    return Ops.convSame(input, weight, bias);
  }
}
