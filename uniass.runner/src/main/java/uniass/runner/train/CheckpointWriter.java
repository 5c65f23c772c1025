/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import uniass.api.experiment.RunEvent;
import uniass.inference.experiment.TrainSpec;
import uniass.runner.queue.RunControl;

/** Writes a checkpoint after each epoch for which one is due. */
final class CheckpointWriter implements TrainingListener {

  private static final String STATE = "uniass.training";

  private final TrainSpec spec;
  private final CheckpointFolder folder;
  private final TrainStep step;
  private final ModelDescription description;
  private final RunControl control;

  CheckpointWriter(
      TrainSpec spec,
      CheckpointFolder folder,
      TrainStep step,
      ModelDescription description,
      RunControl control) {
    this.spec = spec;
    this.folder = folder;
    this.step = step;
    this.description = description;
    this.control = control;
  }

  @Override
  public void epochDone(TrainingState state) {
    boolean last = state.epoch() == spec.epochs() || state.ended();
    boolean best = state.best().epoch() == state.epoch();
    if (last || best || state.epoch() % spec.checkpointEvery() == 0) {
      save(state);
    }
  }

  /** Writes a checkpoint, also in the middle of an epoch. */
  void save(TrainingState state) {
    Map<String, String> metadata =
        new LinkedHashMap<>(description.metadata("a checkpoint", state.rows()));
    metadata.put(STATE, state.toJson());
    Path file =
        folder.write(
            state.epoch(), state.current().batch(), state.best().epoch(), step.save(), metadata);
    control.report(
        RunEvent.Kind.CHECKPOINT, state.epoch(), state.steps(), Map.of(), file.toString());
  }

  /** Writes a checkpoint after a whole epoch, if there is none. */
  void keep(TrainingState state) {
    if (newest().filter(folder.file(state.epoch(), 0)::equals).isEmpty()) {
      save(state);
    }
  }

  /** The newest checkpoint, whole or not. */
  Optional<Path> newest() {
    return folder.newestFile();
  }

  /** The state that a checkpoint's metadata holds. */
  static TrainingState state(Map<String, String> metadata) {
    return TrainingState.fromJson(metadata.get(STATE));
  }
}
