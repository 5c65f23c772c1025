/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.function.Supplier;

/**
 * How exactly convolutions, matrix products and attention compute. Parameters, gradients, norms and
 * losses are float32 in any case, so that weights remember small changes.
 */
public enum Precision {

  /** 24 bits for a number. */
  FLOAT32,

  /**
   * 8 bits for a number, and the range of float32: what a GPU's matrix units are made for. It holds
   * for operations of {@link Ops}, one by one, as {@link Pass.Execution#DIRECT} runs them, and for
   * their gradients; scripts compute as they are written.
   */
  BFLOAT16;

  private static final ThreadLocal<Precision> CURRENT = ThreadLocal.withInitial(() -> FLOAT32);

  /** Computes something with this precision, in this thread. */
  public <T> T in(Supplier<T> work) {
    Precision before = CURRENT.get();
    CURRENT.set(this);
    try {
      return work.get();
    } finally {
      CURRENT.set(before);
    }
  }

  /** Whether an operation on this tensor computes in bfloat16. */
  static boolean isReduced(Object x) {
    return CURRENT.get() == BFLOAT16
        && x instanceof NDArray tensor
        && tensor.getDataType() == DataType.FLOAT32;
  }

  static NDArray reduced(String operation, Object... arguments) {
    return Scripts.REDUCED.apply(operation, arguments);
  }

  /** Compiled when it is first needed: that loads the engine. */
  private static final class Scripts {
    static final Script REDUCED = Script.load(Precision.class);
  }
}
