/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the same work on several threads, the caller's among them. */
public final class Parallel {

  private Parallel() {}

  /** Runs {@code threads} copies and returns when all have ended; the first failure is thrown. */
  public static void run(int threads, Runnable worker) {
    if (threads == 1) {
      worker.run();
      return;
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads - 1);
    try {
      List<Future<?>> others = new ArrayList<>();
      for (int t = 1; t < threads; t++) {
        others.add(pool.submit(worker));
      }
      worker.run();
      for (Future<?> other : others) {
        other.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException r) {
        throw r;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while metrics were computed", e);
    } finally {
      pool.shutdownNow();
    }
  }
}
