/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import java.util.function.Supplier;
import uniass.tensor.Pass;

/**
 * Frees what a computation made on the way to its results, as early as its end. In training only
 * the handles go: autograd keeps the memory that it needs.
 */
public final class Intermediates {

  private Intermediates() {}

  /**
   * Runs a computation and frees everything it created but its result, which passes to the scope
   * around.
   *
   * @param inputs arrays that the computation may return unchanged; they stay where they belong
   */
  public static NDArray freed(Supplier<NDArray> computation, NDArray... inputs) {
    return freedAll(() -> new NDList(computation.get()), inputs).get(0);
  }

  /** Like {@link #freed(Supplier, NDArray...)}, for several results. */
  public static NDList freedAll(Supplier<NDList> computation, NDArray... inputs) {
    NDList results;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      results = computation.get();
      results.forEach(NDScope::unregister);
    }
    for (NDArray result : results) {
      if (!contains(inputs, result)) {
        NDScope.register(result);
      }
    }
    return results;
  }

  /**
   * For computations that call parts from elsewhere: in training, nothing is freed before the
   * backward pass, since such a part may use tensors over Java memory.
   */
  public static NDArray freed(Pass pass, Supplier<NDArray> computation, NDArray... inputs) {
    return pass.training() ? computation.get() : freed(computation, inputs);
  }

  /** Like {@link #freed(Pass, Supplier, NDArray...)}, for several results. */
  public static NDList freedAll(Pass pass, Supplier<NDList> computation, NDArray... inputs) {
    return pass.training() ? computation.get() : freedAll(computation, inputs);
  }

  private static boolean contains(NDArray[] arrays, NDArray wanted) {
    for (NDArray array : arrays) {
      if (array == wanted) {
        return true;
      }
    }
    return false;
  }
}
