/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.Function;
import uniass.tensor.Init;
import uniass.tensor.Layer;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;

/** A convolution of stride 1 that keeps height and width; no activation. */
public final class Convolution implements Layer {

  /** Fewer pixels than this in a batch, or fewer products a pixel, are as fast directly. */
  private static final long LEAST_PIXELS = 900;

  /** From this image size on, transformed kernels are kept for the next prediction. */
  private static final long LEAST_KEPT = 12544;

  private static final long LEAST_PRODUCTS = 64 * 24;

  private final NDArray weight;
  private final NDArray bias;
  private final Winograd winograd;
  private final WinogradTraining training;
  private final Derived transformed;

  private Convolution(ParameterScope scope, NDArray weight, NDArray bias) {
    this.weight = weight;
    this.bias = bias;
    long[] shape = weight.getShape().getShape();
    boolean fits = shape[2] == 3 && shape[0] * shape[1] >= LEAST_PRODUCTS;
    winograd = fits ? new Winograd(scope.manager()) : null;
    training = fits ? new WinogradTraining(scope.manager()) : null;
    transformed = fits ? Derived.of(scope, () -> new NDList(winograd.weight(weight, true))) : null;
  }

  /**
   * Creates {@code weight} (O,I,k,k) and {@code bias} (O).
   *
   * @param kernel odd
   */
  public static Convolution biased(
      ParameterScope scope, int inputs, int outputs, int kernel, Init weightInit, Init biasInit) {
    return new Convolution(
        scope,
        scope.parameter("weight", weightInit, outputs, inputs, kernel, kernel),
        scope.parameter("bias", biasInit, outputs));
  }

  /** As PyTorch initializes convolutions: weight and bias U(1 / sqrt(fan_in)). */
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
        scope,
        scope.parameter("weight", Init.fanInXavier(), outputs, inputs, kernel, kernel),
        null);
  }

  /** The kernel (O,I,k,k). */
  public NDArray weight() {
    return weight;
  }

  /** The bias (O), or null. */
  public NDArray bias() {
    return bias;
  }

  /** Height and width of the kernel. */
  public int kernel() {
    return (int) weight.getShape().get(2);
  }

  /** Convolves (N,I,h,w) to (N,O,h,w). */
  @Override
  public NDArray forward(NDArray input, Pass pass) {
    return forward(input, false, pass);
  }

  /**
   * Convolves an intermediate result that nobody else needs: outside training the result may take
   * its memory.
   */
  public NDArray forwardOverwriting(NDArray input, Pass pass) {
    return forward(input, true, pass);
  }

  /**
   * Convolves one input with several kernels. In training they share its transform.
   *
   * @param convolutions of the same size, with biases
   * @return for each, what {@link #forward} gives
   */
  public static NDList forward(List<Convolution> convolutions, NDArray input, Pass pass) {
    if (convolutions.size() < 2 || !pass.training() || convolutions.get(0).isDirect(input, pass)) {
      return new NDList(convolutions.stream().map(c -> c.forward(input, pass)).toList());
    }
    return Intermediates.freedAll(
        () -> {
          NDArray weights = concat(convolutions, Convolution::weight);
          NDArray biases = concat(convolutions, Convolution::bias);
          NDArray all = convolutions.get(0).training.convolve(input, weights, biases);
          return Ops.split(all, 1, convolutions.size());
        });
  }

  private static NDArray concat(
      List<Convolution> convolutions, Function<Convolution, NDArray> parameter) {
    return Ops.concat(0, convolutions.stream().map(parameter).toArray(NDArray[]::new));
  }

  private NDArray forward(NDArray input, boolean overwrite, Pass pass) {
    if (isDirect(input, pass)) {
      return Ops.convSame(input, weight, bias);
    }
    if (pass.training()) {
      return training.convolve(input, weight, bias);
    }
    // Transformed kernels are four times as large: kept only for large maps, which few kernels
    // meet.
    Shape shape = input.getShape();
    boolean kept = shape.get(2) * shape.get(3) >= LEAST_KEPT;
    NDArray kernel = kept ? transformed.one(pass) : winograd.weight(weight, false);
    return winograd.predict(input, kernel, bias, overwrite);
  }

  private boolean isDirect(NDArray input, Pass pass) {
    Shape shape = input.getShape();
    return winograd == null
        || pass.execution() == Execution.DIRECT
        || shape.get(0) * shape.get(2) * shape.get(3) < LEAST_PIXELS;
  }
}
