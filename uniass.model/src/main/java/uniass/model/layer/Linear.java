/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.layer;

import ai.djl.ndarray.NDArray;
import uniass.tensor.Init;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;

/** A linear map of the last axis: {@code weight} (O,I), {@code bias} (O). */
public final class Linear {

  private final NDArray weight;
  private final NDArray bias;

  private Linear(NDArray weight, NDArray bias) {
    this.weight = weight;
    this.bias = bias;
  }

  /** Xavier-uniform weight, bias U(1 / sqrt(fan_in)). */
  public static Linear xavier(ParameterScope scope, int inputs, int outputs) {
    return new Linear(
        scope.parameter("weight", Init.xavierUniform(), outputs, inputs),
        scope.parameter("bias", Init.uniform(1 / Math.sqrt(inputs)), outputs));
  }

  /** Xavier-uniform weight, bias 0. */
  public static Linear attention(ParameterScope scope, int inputs, int outputs) {
    return new Linear(
        scope.parameter("weight", Init.xavierUniform(), outputs, inputs),
        scope.parameter("bias", Init.zeros(), outputs));
  }

  /** The matrix (O,I). */
  public NDArray weight() {
    return weight;
  }

  /** The bias (O). */
  public NDArray bias() {
    return bias;
  }

  /** Maps (...,I) to (...,O). */
  public NDArray forward(NDArray input) {
    return Ops.linear(input, weight, bias);
  }
}
