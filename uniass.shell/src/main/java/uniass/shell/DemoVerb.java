/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uniass.api.data.SampleFactory;
import uniass.api.experiment.CommandLine;
import uniass.api.experiment.Experiment;
import uniass.api.experiment.Experiments.EvaluationOptions;
import uniass.api.experiment.Experiments.EvaluationResult;
import uniass.api.experiment.Experiments.TrainingOptions;
import uniass.api.experiment.Experiments.TrainingResult;
import uniass.api.experiment.UnwrittenResultException;
import uniass.io.Outputs;

@Command(
    name = "demo",
    description = {
      "Shows everything at once: draws a data set, trains on it, evaluates, writes a report.",
      "Needs no input."
    },
    footer = {"", "Example: uniass demo --out runs/demo"})
final class DemoVerb extends Verb {

  private static final int TRAIN = 48;
  private static final int TEST = 24;
  private static final int SIZE = 160;

  @Option(names = "--out", paramLabel = "DIR", description = "default: runs/demo")
  private Path out = Path.of("runs", "demo");

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "seed of images and training; default 1")
  private long seed = 1;

  @Option(names = "--force", description = "start anew in a folder that is in use")
  private boolean force;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "replaces a setting")
  private List<String> overrides = new ArrayList<>();

  DemoVerb(Toolbox tools, Terminal terminal, ConsoleProgress progress) {
    super(tools, terminal, progress);
  }

  @Override
  public Integer call() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    Path data = out.resolve("data");
    List<String> settings = new ArrayList<>(overrides);
    settings.add("dataset.root=" + data.toAbsolutePath());
    settings.add("train.seed=" + seed);
    Experiment experiment = tools.experiments().read("demo", settings);
    Outputs.create(out, force, "start anew with --force, or choose another --out");

    long start = System.nanoTime();
    if (force) {
      Folders.delete(data);
    }
    tools.samples().write(data, new SampleFactory.Options(seed, TRAIN, TEST, SIZE), progress());
    start = lap(seconds, "data", start);
    TrainingResult training =
        tools.experiments().train(experiment, new TrainingOptions(out, false, true), progress());
    start = lap(seconds, "training", start);
    try {
      EvaluationResult evaluation =
          tools
              .experiments()
              .evaluate(
                  experiment,
                  new EvaluationOptions(training.model(), out, false, true, true, Optional.empty()),
                  progress());
      lap(seconds, "evaluation", start);
      show(training, evaluation, seconds);
      return CommandLine.DONE;
    } catch (UnwrittenResultException e) {
      lap(seconds, "evaluation", start);
      show(training, e.result(EvaluationResult.class), seconds);
      throw e;
    }
  }

  private void show(
      TrainingResult training, EvaluationResult evaluation, Map<String, Double> seconds) {
    tell(training.warnings().stream().map(w -> "warning: " + w).toList());
    tell(evaluation.notes());
    print(result(training, evaluation, seconds), text(training, evaluation, seconds));
  }

  private static long lap(Map<String, Double> seconds, String what, long start) {
    long now = System.nanoTime();
    seconds.put(what, Math.round((now - start) / 1e7) / 100.0);
    return now;
  }

  private static Map<String, Object> result(
      TrainingResult training, EvaluationResult evaluation, Map<String, Double> seconds) {
    List<Map<String, Object>> table = new ArrayList<>();
    rows(evaluation).forEach((name, values) -> table.add(EvaluateVerb.row(name, values)));
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("table", table);
    result.put("categories", evaluation.categories());
    result.put("seconds", seconds);
    result.put("model", training.model());
    result.put("loss", training.loss());
    result.put("steps", training.steps());
    result.put("files", evaluation.files());
    result.putAll(VerdictTable.json(evaluation));
    return result;
  }

  private static Map<String, Map<String, Double>> rows(EvaluationResult evaluation) {
    Map<String, Map<String, Double>> rows = new LinkedHashMap<>();
    rows.put("uniass", evaluation.mean());
    rows.putAll(evaluation.baselines());
    return rows;
  }

  private static String text(
      TrainingResult training, EvaluationResult evaluation, Map<String, Double> seconds) {
    StringBuilder text = new StringBuilder();
    text.append(new MetricsTable("name", evaluation.mean().keySet()).rows(rows(evaluation)));
    text.append(VerdictTable.text(evaluation));
    seconds.forEach(
        (what, time) -> text.append(String.format(Locale.ROOT, "%s %.1f s  ", what, time)));
    text.append(System.lineSeparator()).append("model   ").append(training.model());
    if (evaluation.files().containsKey("report.html")) {
      text.append(System.lineSeparator())
          .append("report  ")
          .append(evaluation.files().get("report.html"));
    }
    return text.toString();
  }
}
