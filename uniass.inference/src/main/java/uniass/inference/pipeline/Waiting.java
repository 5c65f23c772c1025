/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.pipeline;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import uniass.api.UniassException;

/** Waits for other threads. */
final class Waiting {

  private Waiting() {}

  /** Waits even if the thread is interrupted: that ends the work between batches, not in one. */
  static <T> T on(Future<T> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof OutOfMemoryError) {
        throw tooLarge(e);
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  static UniassException tooLarge(Throwable e) {
    return new UniassException(
        "out of memory for images of this size; give Java more heap or choose a smaller batch", e);
  }
}
