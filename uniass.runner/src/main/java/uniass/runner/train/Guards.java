/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import java.nio.file.Path;
import java.util.Optional;
import uniass.api.UniassException;
import uniass.api.data.Batch;
import uniass.api.experiment.RunStoppedException;
import uniass.inference.experiment.TrainSpec;
import uniass.inference.plugin.PartsInUse;
import uniass.runner.queue.RunControl;

/** What ends a training before its time: a stop, a lost plug-in, numbers that are not finite. */
final class Guards {

  private final TrainSpec spec;
  private final RunControl control;
  private final PartsInUse parts;
  private final CheckpointWriter checkpoints;
  private final TrainStep step;

  Guards(
      TrainSpec spec,
      RunControl control,
      PartsInUse parts,
      CheckpointWriter checkpoints,
      TrainStep step) {
    this.spec = spec;
    this.control = control;
    this.parts = parts;
    this.checkpoints = checkpoints;
    this.step = step;
  }

  /** Ends the run with a checkpoint, if it is to stop. */
  void stopIfAsked(TrainingState state) {
    parts.lost().ifPresent(control::stop);
    if (control.stopCause().isPresent()) {
      throw kept(state, control.stopped(""));
    }
  }

  /** Saves a state that a failure, or a stop, would lose; returns what to throw. */
  RuntimeException kept(TrainingState state, RuntimeException failure) {
    checkpoints.save(state);
    return failure instanceof RunStoppedException
        ? control.stopped(
            checkpoints.newest().map(c -> "; checkpoint " + c).orElse("; no checkpoint yet")
                + "; --resume goes on from there")
        : failure;
  }

  /** Ends the run, unless the experiment says to skip batches whose loss is not finite. */
  void nonFiniteLoss(Batch batch, long number, TrainingState state) {
    if (!spec.skipNonFinite()) {
      Optional<String> stage = step.firstNonFiniteStage(batch, number);
      throw nonFinite("loss", stage.map(n -> " (from '" + n + "' on)").orElse(""), state);
    }
  }

  /** Ends the run, unless the experiment says to skip batches whose gradient is not finite. */
  void nonFiniteGradient(TrainingState state) {
    if (!spec.skipNonFinite()) {
      throw nonFinite("gradient", step.whereNotFinite().orElse(""), state);
    }
  }

  private UniassException nonFinite(String what, String place, TrainingState state) {
    return new UniassException(
        "step "
            + (state.steps() + 1)
            + ": the "
            + what
            + " is not finite"
            + place
            + lastGood()
            + "; lower train.learning-rate, or set train.non-finite: skip");
  }

  /** Ends a run that learned nothing in an epoch. */
  void refuseSkippedEpoch(TrainingState state) {
    if (state.current().steps() == 0 && state.current().skipped() > 0) {
      throw new UniassException(
          "epoch "
              + (state.epoch() + 1)
              + ": every batch was skipped, because its loss or gradient was not finite"
              + lastGood()
              + "; lower train.learning-rate");
    }
  }

  private String lastGood() {
    Optional<Path> newest = checkpoints.newest();
    return newest.map(c -> "; last good checkpoint: " + c).orElse("; no checkpoint yet");
  }
}
