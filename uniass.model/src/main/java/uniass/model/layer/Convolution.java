package uniass.model.layer;

import ai.djl.ndarray.NDArray;
import uniass.tensor.Init;
import uniass.tensor.Layer;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/** A convolution of stride 1 that keeps height and width; no activation. */
public final class Convolution implements Layer {

  private final NDArray weight;
  private final NDArray bias;

  private Convolution(NDArray weight, NDArray bias) {
    this.weight = weight;
    this.bias = bias;
  }

  /**
   * Creates {@code weight} (O,I,k,k) and {@code bias} (O).
   *
   * @param kernel odd
   */
  public static Convolution biased(
      ParameterScope scope, int inputs, int outputs, int kernel, Init weightInit, Init biasInit) {
    return new Convolution(
        scope.parameter("weight", weightInit, outputs, inputs, kernel, kernel),
        scope.parameter("bias", biasInit, outputs));
  }

  /** As PyTorch initialises convolutions: weight and bias U(1 / sqrt(fan_in)). */
  public static Convolution uniform(ParameterScope scope, int inputs, int outputs, int kernel) {
    double bound = 1 / Math.sqrt((double) inputs * kernel * kernel);
    return biased(scope, inputs, outputs, kernel, Init.uniform(bound), Init.uniform(bound));
  }

  /** Xavier-uniform weight, bias U(1 / sqrt(fan_in)). */
  public static Convolution xavier(ParameterScope scope, int inputs, int outputs, int kernel) {
    double bound = 1 / Math.sqrt((double) inputs * kernel * kernel);
    return biased(scope, inputs, outputs, kernel, Init.xavierUniform(), Init.uniform(bound));
  }

  /** Creates {@code weight} alone, U(sqrt(3 / fan_in)). */
  public static Convolution unbiased(ParameterScope scope, int inputs, int outputs, int kernel) {
    return new Convolution(
        scope.parameter("weight", Init.fanInXavier(), outputs, inputs, kernel, kernel), null);
  }

  /** The kernel (O,I,k,k). */
  public NDArray weight() {
    return weight;
  }

  /** The bias (O), or null. */
  public NDArray bias() {
    return bias;
  }

  /** Convolves (N,I,h,w) to (N,O,h,w). */
  @Override
  public NDArray forward(NDArray input, Pass pass) {
    return forward(input);
  }

  /** Convolves (N,I,h,w) to (N,O,h,w). */
  public NDArray forward(NDArray input) {
    return Ops.convSame(input, weight, bias);
  }
}
