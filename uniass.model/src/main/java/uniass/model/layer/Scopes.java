package uniass.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import java.util.function.Supplier;

/**
 * Frees what a computation made on the way to its result, as early as its end. In training only the
 * handles go: autograd keeps the memory that it needs.
 */
public final class Scopes {

  private Scopes() {}

  /**
   * Runs a computation and frees everything it created but its result, which passes to the scope
   * around.
   *
   * @param inputs arrays that the computation may return unchanged; they stay where they belong
   */
  public static NDArray keep(Supplier<NDArray> computation, NDArray... inputs) {
    return keepAll(() -> new NDList(computation.get()), inputs).get(0);
  }

  /** Like {@link #keep}, for several results. */
  public static NDList keepAll(Supplier<NDList> computation, NDArray... inputs) {
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

  private static boolean contains(NDArray[] arrays, NDArray wanted) {
    for (NDArray array : arrays) {
      if (array == wanted) {
        return true;
      }
    }
    return false;
  }
}
