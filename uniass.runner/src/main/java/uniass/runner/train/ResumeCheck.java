package uniass.runner.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import uniass.api.UniassException;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.experiment.ExperimentSpec.Select;
import uniass.inference.experiment.ExperimentSpec.TrainSpec;
import uniass.inference.experiment.ExperimentWriter;
import uniass.inference.model.ModelMetadata;

/** Refuses to go on from the checkpoints of another training. */
final class ResumeCheck {

  private final ExperimentSpec spec;
  private final TrainSpec train;
  private final Path out;

  ResumeCheck(ExperimentSpec spec, Path out) {
    this.spec = spec;
    this.train = spec.train();
    this.out = out;
  }

  /** Compares a checkpoint's experiment with this one. */
  void refuseOther(Map<String, String> metadata) {
    List<String> theirs = decisive(new ModelMetadata(metadata).experiment().orElse(""));
    List<String> ours = decisive(ExperimentWriter.portable(spec));
    for (int i = 0; i < Math.max(theirs.size(), ours.size()); i++) {
      String before = i < theirs.size() ? theirs.get(i).strip() : "nothing";
      String now = i < ours.size() ? ours.get(i).strip() : "nothing";
      // more epochs are more of the same, unless the schedule looks at the last one
      boolean longer =
          before.startsWith("epochs:")
              && now.startsWith("epochs:")
              && !train.schedule().name().equals("cosine");
      if (!before.equals(now) && !longer) {
        throw new UniassException(
            out
                + ": its checkpoints belong to another experiment: they have '"
                + before
                + "' where this one has '"
                + now
                + "'; use --force to start afresh, or another --out");
      }
    }
  }

  /** The lines that decide what training does. What judges test images may choose the state. */
  private List<String> decisive(String experiment) {
    List<String> lines = experiment.lines().toList();
    int from = lines.indexOf("dataset:");
    int to = lines.indexOf(train.select() == Select.TEST ? "calibrate:" : "evaluate:");
    if (from < 0 || to < from) {
      return lines;
    }
    List<String> decisive = new ArrayList<>(lines.subList(from, to));
    // what is held out for calibration is not trained on
    decisive.add(
        lines.subList(Math.max(from, lines.indexOf("calibrate:")), lines.size()).stream()
            .filter(line -> line.strip().startsWith("held-out:"))
            .findFirst()
            .orElse("held-out: 0.0"));
    return decisive;
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
