package uniass.runner.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uniass.api.UniassException;
import uniass.api.data.Dataset;
import uniass.api.data.DatasetReader;
import uniass.api.experiment.CommandLine;
import uniass.api.metric.Metric;
import uniass.api.metric.RuleSet;
import uniass.api.metric.Scores;
import uniass.api.metric.ScoringOptions;
import uniass.api.network.Configured;
import uniass.api.plugin.PluginType;
import uniass.runner.compose.Composer;
import uniass.runner.config.PartReaders;
import uniass.runner.evaluate.Evaluation;
import uniass.runner.plugin.PartsInUse;
import uniass.runner.run.Outputs;

@Command(
    name = "score",
    description =
        "Computes metrics for anomaly maps that any program wrote (.npy, float32, H x W).",
    footer = {
      "",
      "Example: uniass score --maps maps --dataset mvtec-ad --root data/mvtec_ad"
          + " --metrics pixel-ap,aupro"
    })
final class ScoreVerb extends Verb {

  @Option(names = "--maps", paramLabel = "DIR", required = true, description = "the maps' folder")
  private Path maps;

  @Option(
      names = "--dataset",
      paramLabel = "READER",
      required = true,
      description = "the data set's layout: a name, or {name: ..., settings}")
  private String dataset;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      required = true,
      description = "the data set's folder")
  private Path root;

  @Option(
      names = "--metrics",
      split = ",",
      paramLabel = "NAME",
      description = "default: pixel-ap,dice,pixel-auroc,aupro,image-auroc")
  private List<String> metrics = List.of("pixel-ap", "dice", "pixel-auroc", "aupro", "image-auroc");

  @Option(
      names = "--rules",
      split = ",",
      paramLabel = "NAME",
      description = "conventions: uniass (default), ader, anomalib, mvtec; several side by side")
  private List<String> rules = List.of("uniass");

  @Option(
      names = "--mask-threshold",
      paramLabel = "N",
      description = "a mask pixel above it (0 to 254) is anomalous; default: the conventions'")
  private Integer maskThreshold;

  @Option(
      names = "--out",
      paramLabel = "FILE|DIR",
      description = "a .csv or .json file, or a folder for metrics.csv and others")
  private Path out;

  ScoreVerb(Toolbox tools, Terminal terminal, ConsoleProgress progress) {
    super(tools, terminal, progress);
  }

  @Override
  public Integer call() {
    if (!Files.isDirectory(maps)) {
      throw new UniassException("no folder " + maps + "; give the maps' folder with --maps");
    }
    if (!Files.isDirectory(root)) {
      throw new UniassException("no folder " + root + "; give the data set's folder with --root");
    }
    if (maskThreshold != null && (maskThreshold < 0 || maskThreshold > 254)) {
      throw new UniassException("--mask-threshold is from 0 to 254, not " + maskThreshold);
    }
    try (PartsInUse parts = new PartsInUse(tools.services().plugins())) {
      Configured<DatasetReader> reader =
          Composer.take(
              parts,
              PartReaders.read(
                  tools.services().plugins(), "--dataset", PluginType.DATASET, dataset),
              DatasetReader.class);
      Dataset read = reader.part().read(root, reader.settings());
      List<Configured<Metric>> chosen =
          metrics.stream()
              .map(
                  m ->
                      Composer.take(
                          parts,
                          PartReaders.read(
                              tools.services().plugins(), "--metrics", PluginType.METRIC, m),
                          Metric.class))
              .toList();
      List<RuleSet> conventions = rules.stream().map(this::conventions).toList();
      List<Scores> scores =
          tools
              .services()
              .scoring()
              .score(
                  maps,
                  read,
                  chosen,
                  conventions,
                  ScoringOptions.of(conventions.get(0)),
                  progress());
      if (out != null) {
        write(scores);
      }
      print(result(scores), text(scores));
      scores.forEach(s -> tell(Evaluation.notes(s)));
      return CommandLine.DONE;
    }
  }

  private RuleSet conventions(String name) {
    RuleSet conventions = tools.services().scoring().ruleSet(name);
    return maskThreshold == null ? conventions : conventions.withMaskThreshold(maskThreshold);
  }

  private void write(List<Scores> scores) {
    String name = out.getFileName().toString();
    String one =
        name.endsWith(".csv") ? "metrics.csv" : name.endsWith(".json") ? "metrics.json" : null;
    if (one == null) {
      Outputs.makeFolder(out);
      tools.services().scoring().write(scores, out);
      return;
    }
    try {
      Path scratch = Files.createTempDirectory("uniass-score");
      tools.services().scoring().write(scores, scratch);
      Files.copy(scratch.resolve(one), out, StandardCopyOption.REPLACE_EXISTING);
      Folders.delete(scratch);
    } catch (IOException e) {
      throw new UniassException(out + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static Map<String, Object> result(List<Scores> all) {
    List<Map<String, Object>> results = new ArrayList<>();
    for (Scores scores : all) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("rules", scores.rules().name());
      one.put("categories", Evaluation.byCategory(scores));
      one.put("mean", Evaluation.means(scores));
      results.add(one);
    }
    return Map.of("scores", results);
  }

  private static String text(List<Scores> all) {
    StringBuilder text = new StringBuilder();
    for (Scores scores : all) {
      TextTable table = new TextTable();
      List<String> header = new ArrayList<>(List.of(scores.rules().name()));
      header.addAll(scores.metrics());
      table.row(header);
      Evaluation.byCategory(scores)
          .forEach(
              (name, figures) ->
                  table.row(name, scores.metrics().stream().map(figures::get).toList()));
      Map<String, Double> means = Evaluation.means(scores);
      table.row("mean", scores.metrics().stream().map(means::get).toList());
      text.append(table.text(false));
    }
    return text.toString();
  }
}
