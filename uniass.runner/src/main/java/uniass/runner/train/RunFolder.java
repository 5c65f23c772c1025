/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import java.nio.file.Files;
import java.nio.file.Path;

/** The names in a training's folder. */
final class RunFolder {

  static final String EXPERIMENT = "experiment.yaml";
  static final String CHECKPOINTS = "checkpoints";

  private RunFolder() {}

  /** Whether there is a model, a checkpoint, or an experiment that is not from a run of ours. */
  static boolean isUsed(Path out) {
    return Files.exists(out.resolve(TrainingRun.MODEL))
        || Files.exists(out.resolve(CHECKPOINTS))
        || Files.exists(out.resolve(EXPERIMENT))
            && !Files.exists(out.resolve(TrainingEnvironment.FILE));
  }
}
