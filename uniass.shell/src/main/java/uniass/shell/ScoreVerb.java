package uniass.shell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uniass.api.UniassException;
import uniass.api.data.Dataset;
import uniass.api.data.DatasetReader;
import uniass.api.data.Image;
import uniass.api.data.Label;
import uniass.api.data.PixelTruth;
import uniass.api.data.Split;
import uniass.api.experiment.CommandLine;
import uniass.api.metric.Metric;
import uniass.api.metric.RuleSet;
import uniass.api.metric.Scores;
import uniass.api.metric.ScoringOptions;
import uniass.api.plugin.Configured;
import uniass.api.plugin.PluginType;
import uniass.inference.experiment.PartReaders;
import uniass.inference.model.Composer;
import uniass.inference.plugin.PartsInUse;
import uniass.io.Outputs;
import uniass.runner.evaluate.DatasetLoader;
import uniass.runner.evaluate.Evaluation;
import uniass.runner.evaluate.Scorer;

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
      description = {
        "default: pixel-ap,dice,pixel-auroc,aupro,image-auroc;",
        "mad stands for the seven figures that it is the mean of"
      })
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

  @Option(
      names = "--memory",
      paramLabel = "MIB",
      description =
          "MiB that pixel scores may take before they spill; default: a third of the heap")
  private Integer memory;

  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      description = "folder for what spills; default: the system's for temporary files")
  private Path scratch;

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
    ScoringOptions limits = limits();
    if (out != null) {
      Outputs.probe(folder(), true, "");
    }
    try (PartsInUse parts = new PartsInUse(tools.services().plugins())) {
      Configured<DatasetReader> reader =
          Composer.take(
              parts,
              PartReaders.read(
                  tools.services().plugins(), "--dataset", PluginType.DATASET, dataset),
              DatasetReader.class);
      Dataset read = reader.call((part, settings) -> part.read(root, settings));
      DatasetLoader.refuseErrors(read, "mend it, or leave it out of the data set");
      List<Configured<Metric>> chosen =
          Scorer.metrics(
              parts, PartReaders.readMetrics(tools.services().plugins(), "--metrics", metrics));
      List<RuleSet> conventions = rules.stream().map(this::conventions).toList();
      List<String> notes = new ArrayList<>();
      unmasked(read).ifPresent(notes::add);
      notes.addAll(OddMasks.notes(tools.services().images(), read, thresholds(conventions)));
      List<Scores> scores =
          tools.services().scoring().score(maps, read, chosen, conventions, limits, progress());
      scores.forEach(s -> notes.addAll(Evaluation.notes(s)));
      // the figures are shown even if the disk is full
      print(result(scores, notes), text(scores));
      tell(notes);
      if (out != null) {
        write(scores);
      }
      return CommandLine.DONE;
    }
  }

  private ScoringOptions limits() {
    ScoringOptions usual = ScoringOptions.of(RuleSet.UNIASS);
    long heap = Runtime.getRuntime().maxMemory();
    if (memory != null && (memory < 1 || memory > heap >> 20)) {
      throw new UniassException(
          "--memory is from 1 to Java's heap of "
              + (heap >> 20)
              + " MiB, not "
              + memory
              + "; UNIASS_HEAP sets the heap");
    }
    if (scratch != null && !Files.isDirectory(scratch)) {
      throw new UniassException("no folder " + scratch + "; give one that exists with --scratch");
    }
    return new ScoringOptions(
        usual.rules(),
        usual.byDefect(),
        usual.curves(),
        memory == null ? usual.memoryLimit() : (long) memory << 20,
        scratch == null ? usual.scratch() : scratch,
        usual.threads());
  }

  /** Says how many images have no mask, though their label is known. */
  private static Optional<String> unmasked(Dataset dataset) {
    List<Image> images =
        dataset.images(Split.TEST).stream().filter(p -> p.label() != Label.UNKNOWN).toList();
    long count = images.stream().filter(p -> p.truth() == PixelTruth.UNKNOWN).count();
    return Evaluation.unmasked((int) count, images.size());
  }

  private static String thresholds(List<RuleSet> conventions) {
    return conventions.stream()
        .map(r -> String.valueOf(r.maskThreshold()))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private RuleSet conventions(String name) {
    RuleSet conventions = tools.services().scoring().ruleSet(name);
    return maskThreshold == null ? conventions : conventions.withMaskThreshold(maskThreshold);
  }

  /** Which file is wanted alone; empty if all. */
  private String file() {
    String name = out.getFileName().toString();
    return name.endsWith(".csv") ? "metrics.csv" : name.endsWith(".json") ? "metrics.json" : "";
  }

  private Path folder() {
    return file().isEmpty() ? out : out.toAbsolutePath().getParent();
  }

  private void write(List<Scores> scores) {
    Outputs.create(folder(), true, "");
    if (file().isEmpty()) {
      tools.services().scoring().write(scores, out);
    } else {
      Outputs.write(out, tools.services().scoring().files(scores).get(file()));
    }
  }

  private static Map<String, Object> result(List<Scores> all, List<String> notes) {
    List<Map<String, Object>> results = new ArrayList<>();
    for (Scores scores : all) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("rules", scores.rules().name());
      one.put("categories", Evaluation.byCategory(scores));
      one.put("mean", Evaluation.means(scores));
      results.add(one);
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("scores", results);
    result.put("notes", notes);
    return result;
  }

  private static String text(List<Scores> all) {
    StringBuilder text = new StringBuilder();
    for (Scores scores : all) {
      Map<String, Double> means = Evaluation.means(scores);
      TextTable table = new TextTable();
      List<String> header = new ArrayList<>(List.of(scores.rules().name()));
      header.addAll(means.keySet());
      table.row(header);
      Evaluation.byCategory(scores)
          .forEach(
              (name, figures) ->
                  table.row(name, means.keySet().stream().map(figures::get).toList()));
      table.row("mean", List.copyOf(means.values()));
      text.append(table.text(false));
    }
    return text.toString();
  }
}
