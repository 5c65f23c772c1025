/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.queue;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import uniass.api.Progress;
import uniass.api.experiment.RunEvent;
import uniass.api.experiment.RunInfo;
import uniass.api.experiment.RunStoppedException;

/** One run as others see it: they can follow it and ask it to stop. */
public final class RunControl {

  private final String id;
  private final String task;
  private final String experiment;
  private final Progress progress;
  private final Consumer<RunEvent> listeners;
  private final AtomicReference<String> stopCause = new AtomicReference<>();
  private volatile String state = "starting";

  /** A run that has not begun. */
  public RunControl(
      String id, String task, String experiment, Progress progress, Consumer<RunEvent> listeners) {
    this.id = id;
    this.task = task;
    this.experiment = experiment;
    this.progress = progress;
    this.listeners = listeners;
  }

  /** The run's identifier. */
  public String id() {
    return id;
  }

  /** What it does now. */
  public RunInfo info() {
    return new RunInfo(id, task, experiment, state);
  }

  /** Asks it to stop at its next batch; the first cause counts. */
  public void stop(String cause) {
    stopCause.compareAndSet(null, cause);
  }

  /** Why it is to stop, if it is. */
  public Optional<String> stopCause() {
    if (progress.canceled()) {
      stop("canceled");
    }
    return Optional.ofNullable(stopCause.get());
  }

  /** Ends the run here, if it is to stop. */
  public void refuseIfStopped() {
    if (stopCause().isPresent()) {
      throw stopped("");
    }
  }

  /**
   * The error of a run that stops.
   *
   * @param more what else the user should know, beginning with a separator; may be empty
   */
  public RunStoppedException stopped(String more) {
    return new RunStoppedException(id + " stopped: " + stopCause().orElse("") + more);
  }

  /** Reports how far it is. */
  public void step(String text, long done, long total) {
    state = text;
    progress.step(text, done, total);
  }

  /** Reports to listeners what happened. */
  public void report(
      RunEvent.Kind kind, int epoch, long step, Map<String, Double> values, String message) {
    listeners.accept(new RunEvent(id, experiment, kind, epoch, step, values, message));
  }

  /** Reports to listeners what happened, without values. */
  public void report(RunEvent.Kind kind, String message) {
    report(kind, 0, 0, Map.of(), message);
  }
}
