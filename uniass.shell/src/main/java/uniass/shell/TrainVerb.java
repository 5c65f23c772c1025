/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uniass.api.experiment.CommandLine;
import uniass.api.experiment.Experiments.TrainingOptions;
import uniass.api.experiment.Experiments.TrainingResult;

@Command(
    name = "train",
    description = {
      "Trains an experiment.",
      "Writes model.safetensors, history.csv, experiment.yaml and checkpoints."
    },
    footer = {"", "Example: uniass train bottles.yaml --out runs/bottles --set train.epochs=100"})
final class TrainVerb extends Verb {

  @Mixin private ExperimentSource source;

  @Option(names = "--out", paramLabel = "DIR", description = "default: runs/NAME")
  private Path out;

  @Option(names = "--resume", description = "continue from the last checkpoint, if there is one")
  private boolean resume;

  @Option(names = "--force", description = "start anew in a folder that is in use")
  private boolean force;

  TrainVerb(Toolbox tools, Terminal terminal, ConsoleProgress progress) {
    super(tools, terminal, progress);
  }

  @Override
  public Integer call() {
    TrainingResult result =
        tools
            .experiments()
            .train(source.read(tools), new TrainingOptions(out, resume, force), progress());
    tell(result.warnings().stream().map(w -> "warning: " + w).toList());
    print(
        result,
        String.format(
            Locale.ROOT,
            "%s%nselected: %s, epoch %d of %d; %d steps; loss %.5g",
            result.model(),
            result.selected(),
            result.epoch(),
            result.history().size(),
            result.steps(),
            result.loss()));
    return CommandLine.DONE;
  }
}
