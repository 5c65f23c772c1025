/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.decoder;

import ai.djl.ndarray.NDArray;
import uniass.model.layer.Convolution;
import uniass.model.layer.Norm;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/** A convolution without bias, and its group norm {@code norm}. */
public final class NormedConvolution {

  private final Convolution convolution;
  private final Norm norm;

  NormedConvolution(ParameterScope scope, int inputs, int outputs, int kernel) {
    convolution = Convolution.unbiased(scope, inputs, outputs, kernel);
    norm = new Norm(scope.child("norm"), outputs);
  }

  /** The convolution. */
  public Convolution convolution() {
    return convolution;
  }

  /** The norm. */
  public Norm norm() {
    return norm;
  }

  NDArray forward(NDArray x, Pass pass) {
    return norm.group(convolution.forward(x, pass));
  }
}
