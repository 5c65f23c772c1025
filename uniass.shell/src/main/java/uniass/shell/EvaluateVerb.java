/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uniass.api.experiment.CommandLine;
import uniass.api.experiment.Experiments.EvaluationOptions;
import uniass.api.experiment.Experiments.EvaluationResult;
import uniass.api.experiment.UnwrittenResultException;

@Command(
    name = "evaluate",
    description = "Computes metrics per category and their mean; writes tables and a report.",
    footer = {
      "",
      "Example: uniass evaluate bottles.yaml --model runs/bottles/model.safetensors --maps"
    })
final class EvaluateVerb extends Verb {

  @Mixin private ExperimentSource source;

  @Option(names = "--model", paramLabel = "FILE", required = true, description = "a model file")
  private Path model;

  @Option(names = "--out", paramLabel = "DIR", description = "default: the model's folder")
  private Path out;

  @Option(names = "--maps", description = "write each anomaly map as .npy")
  private boolean maps;

  @Option(
      names = "--baselines",
      description =
          "also evaluate the untrained network, the distance to the mean image, and a memory bank")
  private boolean baselines;

  @Option(
      names = "--beside",
      paramLabel = "FILE",
      description = "a second model; the report shows each image under both")
  private Path beside;

  EvaluateVerb(Toolbox tools, Terminal terminal, ConsoleProgress progress) {
    super(tools, terminal, progress);
  }

  @Override
  public Integer call() {
    try {
      show(
          tools
              .experiments()
              .evaluate(
                  source.read(tools),
                  new EvaluationOptions(
                      model, out, maps, true, baselines, Optional.ofNullable(beside)),
                  progress()));
      return CommandLine.DONE;
    } catch (UnwrittenResultException e) {
      show(e.result(EvaluationResult.class)); // the values are shown even if the disk is full
      throw e;
    }
  }

  private void show(EvaluationResult result) {
    tell(result.notes());
    Path report = result.files().get("report.html");
    print(
        json(result),
        table(result)
            + VerdictTable.text(result)
            + (report == null ? "" : System.lineSeparator() + "report: " + report));
  }

  private static Map<String, Object> json(EvaluationResult result) {
    List<Map<String, Object>> rows = new ArrayList<>();
    result.categories().forEach((name, values) -> rows.add(row(name, values)));
    rows.add(row("mean", result.mean()));
    result.baselines().forEach((name, values) -> rows.add(row(name, values)));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("table", rows);
    json.put("categories", result.categories());
    json.put("mean", result.mean());
    json.put("baselines", result.baselines());
    json.put("images", result.images());
    json.put("files", result.files());
    json.put("notes", result.notes());
    json.putAll(VerdictTable.json(result));
    return json;
  }

  /** A row of a table in JSON. */
  static Map<String, Object> row(String name, Map<String, Double> values) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", name);
    row.putAll(values);
    return row;
  }

  /** Categories, their mean, and the baselines' means. */
  static String table(EvaluationResult result) {
    return new MetricsTable("category", result.mean().keySet())
        .rows(result.categories())
        .row("mean", result.mean())
        .rows(result.baselines())
        .toString();
  }
}
