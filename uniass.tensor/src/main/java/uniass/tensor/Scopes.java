/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
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
   * @param work returns the tensors to keep, in new handles that belong to the enclosing {@link
   *     NDScope} if there is one, and to the manager of each; what existed before may be among them
   *     and is not closed. What the work made over Java memory, as above, may not be among them,
   *     nor a view of it: {@link TensorValues#create} makes tensors that may
   */
  public static NDList keep(Supplier<NDList> work) {
    NDList results = new NDList();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      for (NDArray result : work.get()) {
        NDArray handle = Recording.isOn(result) ? result : newHandle((PtNDArray) result);
        NDScope.unregister(handle);
        results.add(handle);
      }
    }
    results.forEach(NDScope::register);
    return results;
  }

  private static NDArray newHandle(PtNDArray tensor) {
    try (IValue value = IValue.from(tensor)) {
      return value.toTensor(tensor.getManager());
    }
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
