/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.fast;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import uniass.model.layer.Derived;
import uniass.model.layer.Kernel;
import uniass.tensor.Layer;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;

/** A 3x3 convolution by minimal filtering. */
final class FilteredConvolution implements Layer {

  /** Fewer pixels than this in a batch, or fewer products a pixel, are as fast directly. */
  private static final long LEAST_PIXELS = 900;

  private static final long LEAST_PRODUCTS = 64 * 24;

  /** From this image size on, transformed kernels are kept for the next prediction. */
  private static final long LEAST_KEPT = 12544;

  private final Kernel kernel;
  private final Winograd winograd;
  private final WinogradTraining training;
  private final Derived transformed;

  FilteredConvolution(Kernel kernel, ParameterScope scope) {
    this.kernel = kernel;
    winograd = new Winograd(scope.manager());
    training = new WinogradTraining(scope.manager());
    transformed = Derived.of(scope, () -> new NDList(winograd.weight(kernel.weight(), true)));
  }

  /** Whether minimal filtering can pay. */
  static boolean fits(Kernel kernel) {
    Shape shape = kernel.weight().getShape();
    return kernel.size() == 3 && shape.get(0) * shape.get(1) >= LEAST_PRODUCTS;
  }

  /** Whether a convolution that fits is as fast by its definition. */
  static boolean isDirect(NDArray input, Pass pass) {
    Shape shape = input.getShape();
    return pass.execution() == Execution.DIRECT
        || shape.get(0) * shape.get(2) * shape.get(3) < LEAST_PIXELS;
  }

  @Override
  public NDArray forward(NDArray input, Pass pass) {
    return forward(input, false, pass);
  }

  /**
   * Convolves.
   *
   * @param overwrite whether nobody else needs the input: outside training the result may take its
   *     memory
   */
  NDArray forward(NDArray input, boolean overwrite, Pass pass) {
    if (!fits(kernel) || isDirect(input, pass)) {
      return kernel.forward(input, pass);
    }
    if (pass.training()) {
      return training.convolve(input, kernel.weight(), kernel.bias());
    }
    // Transformed kernels are four times as large: kept only for large maps, which few kernels
    // meet.
    Shape shape = input.getShape();
    boolean kept = shape.get(2) * shape.get(3) >= LEAST_KEPT;
    NDArray weight = kept ? transformed.one(pass) : winograd.weight(kernel.weight(), false);
    return winograd.predict(input, weight, kernel.bias(), overwrite);
  }
}
