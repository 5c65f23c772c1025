/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import uniass.api.experiment.RunEvent;
import uniass.inference.experiment.TrainSpec;
import uniass.runner.history.History;
import uniass.runner.queue.RunControl;

/** Collects what the user should know of a training. */
final class TrainingWarnings implements TrainingListener {

  private static final int EPOCHS_BEFORE_COMPLAINT = 5;

  private final TrainSpec spec;
  private final RunControl control;
  private final List<String> lines = new ArrayList<>();
  private boolean complained;

  TrainingWarnings(TrainSpec spec, RunControl control) {
    this.spec = spec;
    this.control = control;
  }

  /** Takes a line, and passes it on to those who follow the run. */
  @Override
  public void warned(TrainingState state, String line) {
    lines.add(line);
    control.report(RunEvent.Kind.WARNING, state.epoch(), state.steps(), Map.of(), line);
  }

  /** The lines. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void epochDone(TrainingState state) {
    boolean early = state.epoch() < EPOCHS_BEFORE_COMPLAINT && state.epoch() < spec.epochs();
    if (complained || early || state.rows().size() < 2) {
      return;
    }
    double first = state.rows().get(0).get(History.LOSS);
    double now = state.row().get(History.LOSS);
    if (!(now < first)) {
      complained = true;
      warned(
          state,
          "the loss does not fall: %.4g in epoch 1, %.4g in epoch %d; try another learning-rate"
              .formatted(first, now, state.epoch()));
    }
  }

  @Override
  public void ended(TrainingState state) {
    long skipped = state.rows().stream().mapToLong(r -> r.get(History.SKIPPED).longValue()).sum();
    if (skipped > 0) {
      warned(
          state,
          "%d of %d batches were skipped, because their losses or gradients were not finite"
              .formatted(skipped, state.batches()));
    }
    if (state.ended()) {
      warned(
          state,
          "ended early, after epoch %d of %d: no gain in %d %s"
              .formatted(
                  state.epoch(),
                  spec.epochs(),
                  spec.earlyStopping(),
                  spec.validateEvery() == 0 ? "epochs" : "validations"));
    }
  }
}
