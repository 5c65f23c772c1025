/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.function.Supplier;

/** Where intermediate tensors end, and whether they are recorded for gradients. */
public final class Scopes {

  private Scopes() {}

  /**
   * Computes, and frees every tensor made on the way but the results, which pass to the enclosing
   * {@link NDScope} if there is one. While gradients are recorded only the handles go: autograd
   * keeps the memory that it needs, except that of a tensor over Java memory, as {@link
   * NDManager#create(float[])} makes it; it must live until after the backward pass, see {@link
   * Pass#scoped}.
   *
   * @param work returns the tensors to keep
   * @param inputs tensors that the work may return unchanged; they stay where they belong
   */
  public static NDList keep(Supplier<NDList> work, NDArray... inputs) {
    NDList results;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      results = work.get();
      results.forEach(NDScope::unregister);
    }
    for (NDArray result : results) {
      if (Arrays.stream(inputs).noneMatch(input -> input == result)) {
        NDScope.register(result);
      }
    }
    return results;
  }

  /** Like {@link #keep}, with one result. */
  public static NDArray keepOne(Supplier<NDArray> work, NDArray... inputs) {
    return keep(() -> new NDList(work.get()), inputs).get(0);
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
