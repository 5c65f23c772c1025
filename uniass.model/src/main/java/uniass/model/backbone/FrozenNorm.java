/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.backbone;

import ai.djl.ndarray.NDArray;
import uniass.tensor.Init;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;

/** Batch norm in inference mode. */
public final class FrozenNorm {

  private final double eps;
  private final NDArray weight;
  private final NDArray bias;
  private final NDArray mean;
  private final NDArray variance;

  FrozenNorm(ParameterScope scope, int channels, double eps) {
    this.eps = eps;
    weight = scope.parameter("weight", Init.ones(), channels);
    bias = scope.parameter("bias", Init.zeros(), channels);
    mean = scope.buffer("running_mean", Init.zeros(), channels);
    variance = scope.buffer("running_var", Init.ones(), channels);
  }

  NDArray forward(NDArray x) {
    return Ops.batchNorm(x, mean, variance, weight, bias, eps);
  }

  /** Returns the kernel (O,I,k,k) of a convolution that does this norm too. */
  NDArray foldedWeight(NDArray kernel) {
    return kernel.mul(factor().reshape(-1, 1, 1, 1));
  }

  /** Returns the bias (O) of that convolution. */
  NDArray foldedBias() {
    return bias.sub(mean.mul(factor()));
  }

  private NDArray factor() {
    return weight.div(Ops.add(variance, eps).sqrt());
  }
}
