/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;

/** Tensors of float64 with seeded values, and comparisons. */
final class Tensors implements AutoCloseable {

  private final NDManager manager = Engines.load().newManager(Device.cpu());
  private final NDScope scope = new NDScope();
  private final Random random = new Random(7);

  NDManager manager() {
    return manager;
  }

  /** Normally distributed. */
  NDArray normal(long... shape) {
    double[] values = new double[Math.toIntExact(new Shape(shape).size())];
    Arrays.setAll(values, i -> random.nextGaussian());
    return of(values, shape);
  }

  /** In the engine's own memory, so that gradients do not depend on Java's. */
  NDArray of(double[] values, long... shape) {
    return manager.create(values, new Shape(shape)).duplicate();
  }

  /** Compares with values that were computed in Java, in the order of {@code shape}. */
  static void assertValues(double[] expected, NDArray actual, long... shape) {
    assertEquals(new Shape(shape), actual.getShape());
    assertArrayEquals(expected, doubles(actual), 1e-9);
  }

  static double[] doubles(NDArray tensor) {
    return tensor.toType(DataType.FLOAT64, false).toDoubleArray();
  }

  /**
   * Compares the gradients that the engine computes for a weighted sum of a function's elements
   * with central differences, for each input.
   */
  void assertGradients(Function<NDArray[], NDArray> function, NDArray... inputs) {
    NDArray weights =
        Scopes.withoutGradients(() -> normal(function.apply(inputs).getShape().getShape()));
    Function<NDArray[], NDArray> loss = x -> function.apply(x).mul(weights).sum();
    double[][] computed = gradients(loss, inputs);
    for (int i = 0; i < inputs.length; i++) {
      double[] differences = new double[computed[i].length];
      for (int k = 0; k < differences.length; k++) {
        double step = 1e-5;
        differences[k] =
            (lossWith(loss, inputs, i, k, step) - lossWith(loss, inputs, i, k, -step)) / (2 * step);
      }
      assertArrayEquals(differences, computed[i], 1e-6, "gradient of input " + i);
    }
  }

  /** The gradients that the engine computes for a function whose result is a scalar. */
  double[][] gradients(Function<NDArray[], NDArray> loss, NDArray... inputs) {
    NDArray[] leaves = Arrays.stream(inputs).map(NDArray::duplicate).toArray(NDArray[]::new);
    return Scopes.withGradients(
        true,
        () -> {
          for (NDArray leaf : leaves) {
            leaf.setRequiresGradient(true);
          }
          PtNDArray value = (PtNDArray) loss.apply(leaves);
          JniUtils.backward(value, (PtNDArray) of(new double[] {1}), false, false);
          return Arrays.stream(leaves)
              .map(leaf -> leaf.getGradient().toDoubleArray())
              .toArray(double[][]::new);
        });
  }

  private double lossWith(
      Function<NDArray[], NDArray> loss, NDArray[] inputs, int input, int element, double change) {
    double[] values = inputs[input].toDoubleArray();
    values[element] += change;
    NDArray[] changed = inputs.clone();
    changed[input] = of(values, inputs[input].getShape().getShape());
    return Scopes.withoutGradients(() -> loss.apply(changed).getDouble());
  }

  @Override
  public void close() {
    scope.close();
    manager.close();
  }
}
