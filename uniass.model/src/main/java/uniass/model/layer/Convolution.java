/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.layer;

import ai.djl.ndarray.NDArray;
import uniass.tensor.Init;
import uniass.tensor.Layer;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/** A convolution of stride 1 that keeps height and width; no activation. */
public final class Convolution implements Layer {

  private final Kernel kernel;
  private final Layer form;

  private Convolution(ParameterScope scope, NDArray weight, NDArray bias) {
    kernel = new Kernel(weight, bias);
    form = scope.faster(Layer.class, kernel);
  }

  private static Convolution biased(
      ParameterScope scope, Init weightInit, Init biasInit, long... shape) {
    return new Convolution(
        scope,
        scope.parameter("weight", weightInit, shape),
        scope.parameter("bias", biasInit, shape[0]));
  }

  /** 1x1, with weight U(sqrt(3 / fan_in)) and bias 0. */
  public static Convolution projection(ParameterScope scope, int inputs, int outputs) {
    return biased(scope, Init.fanInXavier(), Init.zeros(), outputs, inputs, 1, 1);
  }

  /** As PyTorch initializes convolutions: weight and bias U(1 / sqrt(fan_in)). */
  public static Convolution uniform(ParameterScope scope, int inputs, int outputs, int kernel) {
    Init init = Init.uniform(1 / Math.sqrt((double) inputs * kernel * kernel));
    return biased(scope, init, init, outputs, inputs, kernel, kernel);
  }

  /** Xavier-uniform weight, bias U(1 / sqrt(fan_in)). */
  public static Convolution xavier(ParameterScope scope, int inputs, int outputs, int kernel) {
    Init bias = Init.uniform(1 / Math.sqrt((double) inputs * kernel * kernel));
    return biased(scope, Init.xavierUniform(), bias, outputs, inputs, kernel, kernel);
  }

  /** Creates {@code weight} alone, U(sqrt(3 / fan_in)). */
  public static Convolution unbiased(ParameterScope scope, int inputs, int outputs, int kernel) {
    return new Convolution(
        scope,
        scope.parameter("weight", Init.fanInXavier(), outputs, inputs, kernel, kernel),
        null);
  }

  /** What it multiplies with. */
  public Kernel kernel() {
    return kernel;
  }

  /** Convolves (N,I,h,w) to (N,O,h,w). */
  @Override
  public NDArray forward(NDArray input, Pass pass) {
    return form.forward(input, pass);
  }
}
