/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uniass.api.experiment.CommandLine;
import uniass.lab.Reproduction;
import uniass.lab.ReproductionRequest;

@Command(
    name = "reproduce",
    description = {
      "Trains a model again from what it says about itself, and compares the bytes.",
      "Data, weights and device are those of the experiment.yaml beside the model, or of --set."
    },
    footer = {
      "",
      "Exit code 1 if the bytes differ; what differs, and what may explain it, is listed.",
      "Example: uniass reproduce runs/bottles/model.safetensors --out again"
    })
final class ReproduceVerb extends Verb {

  @Parameters(paramLabel = "MODEL", description = "a model file of 'train' or 'sweep'")
  private Path model;

  @Option(names = "--out", paramLabel = "DIR", description = "default: runs/NAME-reproduced")
  private Path out;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "what belongs to this machine: dataset.root, model.backbone.weights")
  private List<String> overrides = new ArrayList<>();

  ReproduceVerb(Toolbox tools, Terminal terminal, ConsoleProgress progress) {
    super(tools, terminal, progress);
  }

  @Override
  public Integer call() {
    Reproduction result =
        tools
            .studies()
            .reproduce(
                new ReproductionRequest(model, Optional.ofNullable(out), overrides), progress());
    print(result, text(result));
    return result.equal() ? CommandLine.DONE : CommandLine.FAILED;
  }

  private static String text(Reproduction result) {
    List<String> lines = new ArrayList<>();
    lines.add(result.original() + "  sha256 " + result.sha256());
    lines.add(
        result.model() + (result.equal() ? "  has the same bytes" : "  has other bytes, in:"));
    result.differences().forEach(line -> lines.add("  " + line));
    if (!result.equal()) {
      lines.add("what may explain it:");
      result.causes().forEach(line -> lines.add("  " + line));
    }
    return String.join(System.lineSeparator(), lines);
  }
}
