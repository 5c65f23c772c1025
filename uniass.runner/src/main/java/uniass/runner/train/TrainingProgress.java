/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import java.util.Locale;
import uniass.api.experiment.RunEvent;
import uniass.inference.experiment.TrainSpec;
import uniass.runner.queue.RunControl;

/** Reports how far a training is, and how many images it takes per second of the recent past. */
final class TrainingProgress implements TrainingListener {

  private static final double MEMORY_SECONDS = 20;

  private final TrainSpec spec;
  private final RunControl control;
  private long last = System.nanoTime();
  private double seconds;
  private double images;

  TrainingProgress(TrainSpec spec, RunControl control) {
    this.spec = spec;
    this.control = control;
  }

  @Override
  public void stepped(TrainingState state, int learned, int batches) {
    if (learned > 0) {
      long now = System.nanoTime();
      double elapsed = (now - last) / 1e9;
      double keep = Math.exp(-elapsed / MEMORY_SECONDS);
      seconds = seconds * keep + elapsed;
      images = images * keep + learned;
      last = now;
    }
    control.step(
        line(state),
        (long) state.epoch() * batches + state.current().batch(),
        (long) spec.epochs() * batches);
  }

  private String line(TrainingState state) {
    return String.format(
        Locale.ROOT,
        "epoch %d/%d  loss %.4g  rate %.3g  %.1f images/s",
        state.epoch() + 1,
        spec.epochs(),
        state.current().lossSum() / Math.max(1, state.current().images()),
        state.rate(),
        seconds > 0 ? images / seconds : 0);
  }

  @Override
  public void epochDone(TrainingState state) {
    control.report(RunEvent.Kind.EPOCH, state.epoch(), state.steps(), state.row(), "");
    last = System.nanoTime(); // what lies between two epochs does not count
  }
}
