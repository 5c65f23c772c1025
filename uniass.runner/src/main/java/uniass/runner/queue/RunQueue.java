/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.queue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.api.experiment.RunEvent;
import uniass.api.experiment.RunInfo;
import uniass.api.experiment.RunStoppedException;

/** All runs of the process: one works at a time, so that they do not fight over the device. */
public final class RunQueue {

  private static final Logger LOG = LoggerFactory.getLogger(RunQueue.class);
  private static final long POLL_MILLISECONDS = 100;
  private static final long IDLE_SECONDS = 10;

  private final Consumer<RunEvent> listeners;
  private final Semaphore device = new Semaphore(1, true);

  // Runs that follow each other share a thread: the C library keeps freed memory by thread.
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          work -> new Thread(work, "uniass-run"));

  private final Map<String, RunControl> runs = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private boolean closed;

  /** A queue whose runs report to these listeners. */
  public RunQueue(Consumer<RunEvent> listeners) {
    this.listeners = listeners;
  }

  /**
   * Runs work in a thread of its own, when its turn comes, and waits for its end. Interrupting the
   * caller stops the run at its next batch, with a checkpoint, rather than in the middle of a
   * write.
   */
  public <T> T run(
      String task, String experiment, Progress progress, Function<RunControl, T> work) {
    RunControl control = register(task, experiment, progress);
    FutureTask<T> future = new FutureTask<>(guarded(control, work));
    threads.execute(future);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
          control.stop("interrupted");
        } catch (ExecutionException e) {
          throw unwrap(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The runs, oldest first. */
  public synchronized List<RunInfo> infos() {
    return runs.values().stream().map(RunControl::info).toList();
  }

  /** Asks a run to stop. */
  public synchronized boolean stop(String id, String cause) {
    RunControl control = runs.get(id);
    if (control != null) {
      control.stop(cause);
    }
    return control != null;
  }

  /** Stops all runs and waits until they have ended. */
  public synchronized void close(String cause) {
    closed = true;
    new ArrayList<>(runs.values()).forEach(r -> r.stop(cause));
    try {
      while (!runs.isEmpty()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.shutdown();
  }

  private <T> Callable<T> guarded(RunControl control, Function<RunControl, T> work) {
    return () -> {
      try {
        awaitTurn(control);
        try {
          control.report(RunEvent.Kind.STARTED, "");
          T result = work.apply(control);
          control.report(RunEvent.Kind.FINISHED, "");
          return result;
        } finally {
          device.release();
        }
      } catch (RunStoppedException e) {
        control.report(RunEvent.Kind.STOPPED, e.getMessage());
        throw e;
      } catch (RuntimeException | Error e) {
        LOG.debug("run {} failed", control.id(), e);
        control.report(RunEvent.Kind.FAILED, String.valueOf(e.getMessage()));
        throw e;
      } finally {
        unregister(control);
      }
    };
  }

  private void awaitTurn(RunControl control) throws InterruptedException {
    if (device.tryAcquire()) {
      return;
    }
    control.step("waiting for another run", 0, 0);
    control.report(RunEvent.Kind.QUEUED, "waiting for another run");
    while (!device.tryAcquire(POLL_MILLISECONDS, TimeUnit.MILLISECONDS)) {
      if (control.stopCause().isPresent()) {
        throw new RunStoppedException(
            control.id() + " stopped before it began: " + control.stopCause().get());
      }
    }
  }

  private synchronized RunControl register(String task, String experiment, Progress progress) {
    if (closed) {
      throw new UniassException("no new run is taken: the bundle is stopping");
    }
    int number = counts.merge(experiment, 1, Integer::sum);
    RunControl control =
        new RunControl(experiment + "-" + number, task, experiment, progress, listeners);
    runs.put(control.id(), control);
    return control;
  }

  private synchronized void unregister(RunControl control) {
    runs.remove(control.id());
    notifyAll();
  }

  private static RuntimeException unwrap(ExecutionException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException cause
        ? cause
        : new IllegalStateException(e.getCause());
  }
}
