/* SPDX-License-Identifier: Apache-2.0 */
package uniass.app;

import java.util.List;
import org.jline.utils.Signals;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import uniass.api.experiment.Experiments;
import uniass.api.experiment.RunInfo;

/**
 * Ctrl-C while a command runs: the first ends runs at their next batch, with a checkpoint, and
 * predictions with what they have found; the second ends the process. A server ends well. Other
 * commands end at once.
 */
final class Interruption implements AutoCloseable {

  private final BundleContext context;
  private final Thread interrupted;
  private final boolean isEnd;
  private final Object interrupt;
  private final Object terminate;
  private int code;

  /**
   * Begins to listen.
   *
   * @param predicting the thread that predicts, which stops where it is interrupted; or null
   */
  Interruption(BundleContext context, Thread predicting) {
    this(context, predicting, false);
  }

  /** Begins to listen for what ends a server, whose thread is interrupted. */
  static Interruption asEnd(BundleContext context, Thread serving) {
    return new Interruption(context, serving, true);
  }

  private Interruption(BundleContext context, Thread interrupted, boolean isEnd) {
    this.context = context;
    this.interrupted = interrupted;
    this.isEnd = isEnd;
    interrupt = Signals.register("INT", () -> signalled(130));
    terminate = Signals.register("TERM", () -> signalled(143));
  }

  /** The exit code of a command that ended: its own, unless it was cut short. */
  synchronized int exitCode(int ofCommand) {
    return code == 0 || isEnd ? ofCommand : code;
  }

  private void signalled(int exitCode) {
    synchronized (this) {
      if (code != 0) {
        Runtime.getRuntime().halt(exitCode);
      }
      code = exitCode;
    }
    if (isEnd) {
      interrupted.interrupt();
    } else if (cancelRuns()) {
      System.err.println(
          "\nStopping at the next batch; once more ends at once, without a checkpoint.");
    } else if (interrupted != null) {
      System.err.println("\nStopping at the next batch; once more ends at once.");
      interrupted.interrupt();
    } else {
      System.exit(exitCode);
    }
  }

  private boolean cancelRuns() {
    ServiceReference<Experiments> reference = context.getServiceReference(Experiments.class);
    if (reference == null) {
      return false;
    }
    Experiments experiments = context.getService(reference);
    List<RunInfo> runs = experiments == null ? List.of() : experiments.runs();
    runs.forEach(run -> experiments.cancel(run.id()));
    return !runs.isEmpty();
  }

  @Override
  public void close() {
    Signals.unregister("INT", interrupt);
    Signals.unregister("TERM", terminate);
    Thread.interrupted(); // the framework's end is waited for in this thread
  }
}
