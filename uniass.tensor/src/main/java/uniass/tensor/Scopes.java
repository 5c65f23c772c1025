package uniass.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/** Where intermediate tensors end, and whether they are recorded for gradients. */
public final class Scopes {

  private Scopes() {}

  /**
   * Computes, and frees every tensor made on the way but the results. Not for computations whose
   * gradients are wanted: a tensor over Java memory, as {@link NDManager#create(float[])} makes it,
   * must live until after the backward pass.
   *
   * @param work returns the tensors to keep; they belong to the enclosing {@link NDScope} if any,
   *     else to the manager of the computation's first argument
   */
  public static NDList keep(Supplier<NDList> work) {
    NDList results;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      results = work.get();
      NDScope.unregister(results);
    }
    results.forEach(NDScope::register);
    return results;
  }

  /** Like {@link #keep(Supplier)}, with one result. */
  public static NDArray keepOne(Supplier<NDArray> work) {
    return keep(() -> new NDList(work.get())).get(0);
  }

  /**
   * Computes without recording anything for gradients, on this thread, and frees every tensor made
   * on the way but the results.
   *
   * @param owner gets the results
   * @param work returns the tensors to keep
   */
  public static NDList inference(NDManager owner, Supplier<NDList> work) {
    NDList results = withoutGradients(() -> keep(work));
    results.attach(owner);
    return results;
  }

  /** Computes without recording anything for gradients, on this thread. */
  public static <T> T withoutGradients(Supplier<T> work) {
    return withGradients(false, work);
  }

  static <T> T withGradients(boolean recorded, Supplier<T> work) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(recorded);
    try {
      return work.get();
    } finally {
      JniUtils.setGradMode(before);
    }
  }
}
