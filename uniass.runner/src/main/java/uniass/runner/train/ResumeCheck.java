/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uniass.api.UniassException;
import uniass.inference.experiment.Differences;
import uniass.inference.experiment.Differences.Difference;
import uniass.inference.experiment.ExperimentLibrary;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.experiment.TrainSpec;
import uniass.inference.experiment.TrainSpec.Select;
import uniass.inference.model.ModelMetadata;

/** Refuses to go on from the checkpoints of another training. */
final class ResumeCheck {

  private static final String EPOCHS = "train.epochs";
  private static final String HELD_OUT = "calibrate.held-out";
  private static final String ON_EPOCHS =
      " (the cosine schedule depends on their number: its rates would have been others)";

  private final ExperimentLibrary library;
  private final ExperimentSpec spec;
  private final TrainSpec train;
  private final Path out;

  ResumeCheck(ExperimentLibrary library, ExperimentSpec spec, Path out) {
    this.library = library;
    this.spec = spec;
    this.train = spec.train();
    this.out = out;
  }

  /** Compares a checkpoint's experiment with this one, in what decides training. */
  void refuseOther(Map<String, String> metadata) {
    ExperimentSpec theirs =
        library.describing(
            out + " (the experiment of its checkpoints)",
            new ModelMetadata(metadata).experiment().orElse("{}"));
    // what is held out for calibration is not trained on
    Set<String> decisive = new HashSet<>(Set.of("dataset", "model", "train", HELD_OUT));
    if (train.select() == Select.TEST) {
      decisive.add("evaluate"); // what judges test images may choose the state
    }
    List<String> different =
        Differences.between(theirs, spec, decisive).stream()
            .filter(d -> !isMoreOfTheSame(d))
            .map(d -> d.setting().equals(EPOCHS) ? d + ON_EPOCHS : d.toString())
            .toList();
    if (!different.isEmpty()) {
      throw new UniassException(
          out
              + ": its checkpoints belong to another experiment: "
              + String.join("; ", different)
              + "; use --force to start afresh, or another --out");
    }
  }

  /** More epochs are more of the same, unless the schedule looks at the last one. */
  private boolean isMoreOfTheSame(Difference difference) {
    return difference.setting().equals(EPOCHS) && !train.schedule().dependsOnEpochs();
  }

  /** Refuses to train for fewer epochs than are done. */
  void refuseFewerEpochs(TrainingState state) {
    if (state.epoch() > train.epochs()) {
      throw new UniassException(
          out
              + ": "
              + state.epoch()
              + " epochs are done, more than train.epochs: "
              + train.epochs()
              + "; use --force to start afresh, or another --out");
    }
  }
}
