/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import uniass.tensor.Init;
import uniass.tensor.ParameterScope;

/**
 * The kernel of a frozen convolution without bias, and the norm behind it.
 *
 * @param weight (O,I,k,k)
 * @param norm of O channels
 */
public record NormedKernel(NDArray weight, FrozenNorm norm) {

  /** Creates a kernel alone: He-normal, with which a random backbone keeps its signal. */
  static NDArray weight(ParameterScope scope, int outputs, int inputs, int kernel) {
    double deviation = Math.sqrt(2.0 / ((double) inputs * kernel * kernel));
    Init he =
        (values, dims, random) -> {
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
          }
        };
    return scope.parameter("weight", he, outputs, inputs, kernel, kernel);
  }

  /** The kernel and the bias of a convolution that does the norm, too. */
  public NDList folded() {
    return new NDList(norm.foldedWeight(weight), norm.foldedBias());
  }
}
