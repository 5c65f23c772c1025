/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
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
   * @param work computes the result
   * @param tensors lists those of the result, which are kept
   * @param inputs tensors that the work may return unchanged; they stay where they belong
   */
  public static <T> T keep(
      Supplier<T> work, Function<T, ? extends List<NDArray>> tensors, NDArray... inputs) {
    T result;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      result = work.get();
      tensors.apply(result).forEach(NDScope::unregister);
    }
    for (NDArray tensor : tensors.apply(result)) {
      if (Arrays.stream(inputs).noneMatch(input -> input == tensor)) {
        NDScope.register(tensor);
      }
    }
    return result;
  }

  /** Like {@link #keep(Supplier, Function, NDArray...)}, with the tensors alone as result. */
  public static NDList keep(Supplier<NDList> work, NDArray... inputs) {
    return keep(work, Function.identity(), inputs);
  }

  /** Like {@link #keep(Supplier, Function, NDArray...)}, with one tensor as result. */
  public static NDArray keepOne(Supplier<NDArray> work, NDArray... inputs) {
    return keep(work, List::of, inputs);
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
