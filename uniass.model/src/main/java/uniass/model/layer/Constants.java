package uniass.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import uniass.tensor.Ops;

/** Tensors that live as long as a network. */
public final class Constants {

  private Constants() {}

  /** Creates a tensor that no scope closes. */
  public static NDArray create(NDManager manager, float[] values, long... shape) {
    NDArray constant = Ops.tensor(manager, values, shape);
    NDScope.unregister(constant);
    return constant;
  }
}
