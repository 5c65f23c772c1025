/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import java.util.Optional;
import uniass.api.UniassException;
import uniass.api.checkpoint.Checkpoint;
import uniass.inference.experiment.TrainSpec;
import uniass.inference.experiment.TrainSpec.Select;
import uniass.runner.history.History;
import uniass.runner.train.TrainingState.Best;

/** Says which state is the best, and so which one becomes the model. */
final class ModelSelection {

  private final TrainSpec spec;
  private final Validation validation;

  ModelSelection(TrainSpec spec, Validation validation) {
    this.spec = spec;
    this.validation = validation;
  }

  /**
   * The state that becomes the model.
   *
   * @param epoch epochs completed in it
   * @param description how it was chosen, for reports
   */
  record Choice(int epoch, String description) {}

  /** Validates a state after an epoch, if that is due, and judges it. */
  TrainingState validated(TrainingState state) {
    int every = spec.validateEvery();
    if (every == 0) {
      return judged(state);
    }
    return state.epoch() % every == 0 || state.epoch() == spec.epochs()
        ? judged(state.with(validation.columns()))
        : state;
  }

  private TrainingState judged(TrainingState state) {
    Optional<Double> value = criterion().map(state.row()::get);
    if (value.isEmpty()) {
      return state;
    }
    Best best = state.best();
    if (better(value.get(), best)) {
      return state.judged(new Best(state.epoch(), value.get(), 0), false);
    }
    int since = best.since() + 1;
    boolean ended = spec.earlyStopping() > 0 && since >= spec.earlyStopping();
    return state.judged(new Best(best.epoch(), best.value(), since), ended);
  }

  private boolean better(double value, Best best) {
    if (Double.isNaN(value) || best.epoch() == 0) {
      return !Double.isNaN(value);
    }
    return spec.select() == Select.TEST ? value > best.value() : value < best.value();
  }

  /** The column that decides, if states are judged at all. */
  private Optional<String> criterion() {
    return switch (spec.select()) {
      case LAST -> spec.earlyStopping() > 0 ? Optional.of(History.LOSS) : Optional.empty();
      case NORMAL_SPLIT -> Optional.of(History.HELD_OUT_LOSS);
      case TEST -> Optional.of(validation.firstMetric());
    };
  }

  /** Puts the state that becomes the model into the network. */
  Choice choose(
      TrainingState state, TrainStep step, CheckpointFolder folder, TrainingWarnings warnings) {
    int best = state.best().epoch();
    String last = "the last epoch, " + state.epoch();
    if (spec.select() == Select.LAST) {
      step.chooseAverage();
      return new Choice(state.epoch(), last);
    }
    if (best == 0) {
      step.chooseAverage();
      return new Choice(state.epoch(), last + " (the metric to choose by was never defined)");
    }
    Checkpoint checkpoint;
    try {
      checkpoint = folder.read(best);
    } catch (UniassException e) {
      warnings.warned(
          state, e.getMessage() + "; the last epoch's state is used instead of the best");
      step.chooseAverage();
      return new Choice(
          state.epoch(), last + " (the checkpoint of the best, " + best + ", was damaged)");
    }
    step.choose(checkpoint);
    return new Choice(
        best,
        spec.select() == Select.NORMAL_SPLIT
            ? "the lowest loss on held-out normal images, epoch " + best
            : "the best " + validation.firstMetric() + " (chosen by test images), epoch " + best);
  }
}
