package uniass.model.layer;

import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/** Switches autograd's recording off, for this thread and a while. */
public final class Gradients {

  private Gradients() {}

  /**
   * Computes without a graph behind the results, so that intermediate results are freed at once.
   */
  public static <T> T off(Supplier<T> computation) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    try {
      return computation.get();
    } finally {
      JniUtils.setGradMode(before);
    }
  }
}
