/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import uniass.tensor.TensorValues;

/** Tensors that live as long as a network. */
public final class Constants {

  private Constants() {}

  /** Creates a tensor that no scope closes. */
  public static NDArray create(NDManager manager, float[] values, long... shape) {
    NDArray constant = TensorValues.create(manager, values, shape);
    NDScope.unregister(constant);
    return constant;
  }

  /** Creates a matrix that no scope closes. */
  public static NDArray matrix(NDManager manager, double[][] matrix) {
    int columns = matrix[0].length;
    float[] values = new float[matrix.length * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) matrix[i / columns][i % columns];
    }
    return create(manager, values, matrix.length, columns);
  }
}
