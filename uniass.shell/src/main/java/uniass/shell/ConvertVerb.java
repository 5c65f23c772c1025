/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uniass.api.checkpoint.ConversionReport;
import uniass.api.experiment.CommandLine;
import uniass.api.experiment.ConversionOptions;

@Command(
    name = "convert",
    description = {
      "Converts a model file, also one of PyTorch, to the safetensors format.",
      "Reads .pth, .pth.tar and .safetensors files,",
      "and reports matched, missing and unexpected keys."
    },
    footer = {"", "Example: uniass convert checkpoint.pth.tar model.safetensors"})
final class ConvertVerb extends Verb {

  private static final int SHOWN = 10;

  @Parameters(index = "0", paramLabel = "IN", description = "the file to read")
  private Path in;

  @Parameters(index = "1", paramLabel = "OUT", description = "the .safetensors file to write")
  private Path out;

  @Option(
      names = "--experiment",
      paramLabel = "EXPERIMENT",
      description = "describes the network; default: the model file's, else the paper's")
  private String experiment;

  @Option(names = "--keep-all", description = "also keep entries that the network never uses")
  private boolean keepAll;

  @Option(names = "--force", description = "replace OUT if it exists")
  private boolean force;

  ConvertVerb(Toolbox tools, Terminal terminal, ConsoleProgress progress) {
    super(tools, terminal, progress);
  }

  @Override
  public Integer call() {
    ConversionOptions options = ConversionOptions.of(in, out).withKeepAll(keepAll).withForce(force);
    if (experiment != null) {
      options = options.withExperiment(tools.experiments().read(experiment, List.of()));
    }
    ConversionReport report = tools.experiments().convert(options);
    print(result(report), text(report));
    return CommandLine.DONE;
  }

  private Map<String, Object> result(ConversionReport report) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("out", out);
    result.put("backboneOnly", report.backboneOnly());
    result.put("written", report.written());
    result.put("matched", report.names().matched().size());
    result.put("missing", report.names().missing());
    result.put("leftOver", report.names().unexpected());
    result.put("unused", report.names().ignored());
    result.put("notes", report.notes());
    return result;
  }

  private String text(ConversionReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(out + ": " + report.written() + " tensors");
    lines.add(
        report.names().matched().size()
            + (report.backboneOnly() ? " of the backbone's" : " of the network's")
            + " parameters matched");
    lines.add(names("missing", report.names().missing()));
    lines.add(names("unexpected", report.names().unexpected()));
    lines.add(names("never used", report.names().ignored()));
    lines.addAll(report.notes());
    return String.join(System.lineSeparator(), lines);
  }

  private static String names(String label, List<String> names) {
    String some = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return names.size()
        + " "
        + label
        + (names.isEmpty() ? "" : ": " + some)
        + (names.size() > SHOWN ? ", ..." : "");
  }
}
