/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uniass.api.UniassException;
import uniass.api.experiment.CommandLine;
import uniass.api.export.Agreement;
import uniass.api.export.ExportOptions;
import uniass.api.export.ExportOptions.Size;
import uniass.api.export.ExportOptions.Stage;
import uniass.shell.verb.Words;

@Command(
    name = "export",
    description = {
      "Writes a model as ONNX, for other programs.",
      "ONNX Runtime computes with the file before it gets its name:",
      "if its maps, scores or verdicts differ, nothing is written."
    },
    footer = {
      "",
      "Example: uniass export model.safetensors --to model.onnx \\",
      "           --include preprocessing,threshold"
    })
final class ExportVerb extends Verb {

  private static final String DYNAMIC = "dynamic";
  private static final List<String> STAGES = List.of("preprocessing", "threshold");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");

  @Parameters(index = "0", paramLabel = "MODEL", description = "a model file")
  private Path model;

  @Option(names = "--to", paramLabel = "FILE", required = true, description = "the .onnx file")
  private Path to;

  @Option(
      names = "--opset",
      paramLabel = "N",
      description = "version of ONNX's operators, 18 to 22; default 18")
  private int opset = ExportOptions.OLDEST_OPSET;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "images per run, or dynamic (default) for any number")
  private String batch = DYNAMIC;

  @Option(
      names = "--size",
      paramLabel = "HxW",
      description =
          "size of the input; default: the model's, with preprocessing dynamic, which is any")
  private String size;

  @Option(
      names = "--include",
      split = ",",
      paramLabel = "STAGE",
      description = {
        "preprocessing: the input is pixels, uint8, which are resized and normalized;",
        "threshold: the threshold and the verdict are outputs"
      })
  private List<String> include = List.of();

  @Option(
      names = "--category",
      paramLabel = "C",
      description = "include this category's threshold; default: the common one")
  private String category;

  @Option(
      names = "--experiment",
      paramLabel = "EXPERIMENT",
      description = "describes the network, if the model does not")
  private String experiment;

  @Option(names = "--force", description = "replace FILE if it exists")
  private boolean force;

  ExportVerb(Toolbox tools, Terminal terminal, ConsoleProgress progress) {
    super(tools, terminal, progress);
  }

  @Override
  public Integer call() {
    boolean anySize = DYNAMIC.equals(size);
    ExportOptions options =
        new ExportOptions(
            to,
            opset,
            images(),
            size == null || anySize ? Optional.empty() : Optional.of(size()),
            anySize,
            stages(),
            Optional.ofNullable(experiment),
            Optional.ofNullable(category),
            force);
    Agreement agreement = tools.export().export(model, options);
    print(result(to, agreement), text(to, agreement));
    return CommandLine.DONE;
  }

  private OptionalInt images() {
    if (batch.equals(DYNAMIC)) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(batch));
    } catch (NumberFormatException e) {
      throw new UniassException("--batch: '" + batch + "' is neither a number nor dynamic", e);
    }
  }

  private Size size() {
    Matcher match = SIZE.matcher(size);
    if (!match.matches()) {
      throw new UniassException(
          "--size: '" + size + "' is neither HEIGHTxWIDTH, such as 480x640, nor dynamic");
    }
    return new Size(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)));
  }

  private Set<Stage> stages() {
    Set<Stage> stages = EnumSet.noneOf(Stage.class);
    for (String name : include) {
      Words.check(spec, "stage", name.toLowerCase(Locale.ROOT), STAGES);
      stages.add(Stage.valueOf(name.toUpperCase(Locale.ROOT)));
    }
    return stages;
  }

  static Map<String, Object> result(Path file, Agreement agreement) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("file", file);
    result.put("bytes", agreement.bytes());
    result.put("opset", agreement.opset());
    result.put("images", agreement.images());
    result.put("deviation", agreement.deviation());
    result.put("tolerance", agreement.tolerance());
    result.put("score-deviation", agreement.scoreDeviation());
    return result;
  }

  static String text(Path file, Agreement agreement) {
    return String.format(
        Locale.ROOT,
        "%s: %.1f MB, opset %d%nagrees on %d images: maps to %.1e of their range (allowed %.0e), scores to %.1e",
        file,
        agreement.bytes() / 1e6,
        agreement.opset(),
        agreement.images(),
        agreement.deviation(),
        agreement.tolerance(),
        agreement.scoreDeviation());
  }
}
