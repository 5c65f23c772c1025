/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** Numbers into tensors, and out of them. */
public final class TensorValues {

  private TensorValues() {}

  /**
   * Creates a tensor with a copy of values. Unlike one from {@link NDManager#create(float[],
   * Shape)}, it may be closed before a backward pass that needs its values: the engine keeps them.
   */
  public static NDArray create(NDManager manager, float[] values, long... shape) {
    try (NDArray overJavaMemory = manager.create(values, new Shape(shape))) {
      return overJavaMemory.duplicate();
    }
  }

  /**
   * Copies values into a tensor, which keeps its identity; not recorded for gradients.
   *
   * @param from same shape; another element type or device is converted
   * @param into gets the values
   */
  public static void copy(NDArray from, NDArray into) {
    Scopes.withoutGradients(
        () -> {
          TrainingScript.INSTANCE.apply("copy", into, from).close();
          return null;
        });
  }

  /** Returns the number in a scalar tensor. */
  public static double scalar(NDArray tensor) {
    return tensor.getDataType() == DataType.FLOAT64 ? tensor.getDouble() : tensor.getFloat();
  }
}
