/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uniass.api.experiment.CommandLine;
import uniass.api.experiment.Experiments.MapScoringResult;
import uniass.api.experiment.MapScoringOptions;
import uniass.api.experiment.UnwrittenResultException;
import uniass.api.metric.Scores;

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
      split =
          ",(?![^{]*\\})", // commas between metrics, not those inside { name: ..., setting: ... }
      splitSynopsisLabel = ",",
      paramLabel = "NAME",
      description = {
        "default: pixel-ap,dice,pixel-auroc,aupro,image-auroc;",
        "each a name, or {name: ..., settings};",
        "mad: the seven metrics that it is the mean of"
      })
  private List<String> metrics = MapScoringOptions.USUAL_METRICS;

  @Option(
      names = "--rules",
      split = ",",
      paramLabel = "NAME",
      description =
          "evaluation protocols: uniass (default), ader, anomalib, mvtec; several side by side")
  private List<String> rules = List.of(MapScoringOptions.USUAL_PROTOCOL);

  @Option(
      names = "--mask-threshold",
      paramLabel = "N",
      description = "a mask pixel above it (0 to 254) is anomalous; default: the protocol's")
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
          "memory for pixel scores, beyond which they go to disk; default: a third of the heap")
  private Integer memory;

  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      description = "folder for what does not fit in memory; default: the temporary folder")
  private Path scratch;

  ScoreVerb(Toolbox tools, Terminal terminal, ConsoleProgress progress) {
    super(tools, terminal, progress);
  }

  @Override
  public Integer call() {
    try {
      print(tools.experiments().score(options(), progress()));
      return CommandLine.DONE;
    } catch (UnwrittenResultException e) {
      print(e.result(MapScoringResult.class)); // the values are shown even if the disk is full
      throw e;
    }
  }

  private MapScoringOptions options() {
    MapScoringOptions options =
        MapScoringOptions.of(maps, dataset, root).withMetrics(metrics).withProtocols(rules);
    if (maskThreshold != null) {
      options = options.withMaskThreshold(maskThreshold);
    }
    if (memory != null) {
      options = options.withMemory((long) memory << 20);
    }
    if (scratch != null) {
      options = options.withScratch(scratch);
    }
    return out == null ? options : options.withOut(out);
  }

  private void print(MapScoringResult result) {
    print(result(result.scores(), result.notes()), text(result.scores()));
    tell(result.notes());
  }

  private static Map<String, Object> result(List<Scores> all, List<String> notes) {
    List<Map<String, Object>> results = new ArrayList<>();
    for (Scores scores : all) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("rules", scores.protocol().name());
      one.put("categories", scores.byCategory());
      one.put("mean", scores.meansByName());
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
      Map<String, Double> means = scores.meansByName();
      text.append(
          new MetricsTable(scores.protocol().name(), means.keySet())
              .rows(scores.byCategory())
              .row("mean", means));
    }
    return text.toString();
  }
}
