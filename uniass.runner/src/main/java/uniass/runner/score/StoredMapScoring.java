/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.score;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uniass.api.Problem;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.api.data.Dataset;
import uniass.api.data.DatasetReader;
import uniass.api.data.Image;
import uniass.api.data.ImageFormat;
import uniass.api.data.Label;
import uniass.api.data.PixelTruth;
import uniass.api.data.Split;
import uniass.api.experiment.Experiments.MapScoringResult;
import uniass.api.experiment.MapScoringOptions;
import uniass.api.experiment.UnwrittenResultException;
import uniass.api.metric.EvaluationProtocol;
import uniass.api.metric.Metric;
import uniass.api.metric.Scores;
import uniass.api.metric.Scoring;
import uniass.api.metric.ScoringOptions;
import uniass.api.plugin.Configured;
import uniass.api.plugin.PluginType;
import uniass.inference.experiment.PartReaders;
import uniass.inference.model.Composer;
import uniass.inference.plugin.PartsInUse;
import uniass.io.Outputs;
import uniass.runner.dataset.DatasetLoader;
import uniass.runner.queue.Services;

/** Computes the metrics of anomaly maps that lie in files. */
public final class StoredMapScoring {

  private static final int HIGHEST_THRESHOLD = 254;

  private final Services services;
  private final MapScoringOptions options;

  /** Scores with these. */
  public StoredMapScoring(Services services, MapScoringOptions options) {
    this.services = services;
    this.options = options;
  }

  /** Scores. */
  public MapScoringResult score(Progress progress) {
    refuseWrongOptions();
    options.out().ifPresent(out -> Outputs.probe(folder(out), true, ""));
    try (PartsInUse parts = new PartsInUse(services.plugins())) {
      Dataset dataset = dataset(parts);
      List<Configured<Metric>> metrics =
          TestSet.metrics(
              parts, PartReaders.readMetrics(services.plugins(), "--metrics", options.metrics()));
      List<EvaluationProtocol> protocols =
          options.protocols().stream().map(this::protocol).toList();
      List<String> notes = new ArrayList<>();
      unmasked(dataset).ifPresent(notes::add);
      masks(dataset, protocols).forEach(problem -> notes.add(problem.toString()));
      List<Scores> scores =
          services
              .scoring()
              .score(
                  new Scoring.MapFolder(options.maps(), dataset),
                  metrics,
                  protocols,
                  limits(),
                  progress);
      scores.forEach(s -> notes.addAll(MetricNotes.undefined(s)));
      MapScoringResult result = new MapScoringResult(scores, List.copyOf(notes));
      options.out().ifPresent(out -> write(result, out));
      return result;
    }
  }

  private void refuseWrongOptions() {
    if (!Files.isDirectory(options.maps())) {
      throw new UniassException(
          "no folder " + options.maps() + "; give the maps' folder with --maps");
    }
    if (!Files.isDirectory(options.root())) {
      throw new UniassException(
          "no folder " + options.root() + "; give the data set's folder with --root");
    }
    options
        .maskThreshold()
        .filter(t -> t < 0 || t > HIGHEST_THRESHOLD)
        .ifPresent(
            t -> {
              throw new UniassException("--mask-threshold is from 0 to 254, not " + t);
            });
    options
        .scratch()
        .filter(folder -> !Files.isDirectory(folder))
        .ifPresent(
            folder -> {
              throw new UniassException(
                  "no folder " + folder + "; give one that exists with --scratch");
            });
    long heap = Runtime.getRuntime().maxMemory();
    options
        .memory()
        .filter(bytes -> bytes < ScoringOptions.MINIMUM_MEMORY || bytes > heap)
        .ifPresent(
            bytes -> {
              throw new UniassException(
                  "--memory is from 1 to Java's heap of "
                      + (heap >> 20)
                      + " MiB, not "
                      + (bytes >> 20)
                      + "; UNIASS_HEAP sets the heap");
            });
  }

  private Dataset dataset(PartsInUse parts) {
    Configured<DatasetReader> reader =
        Composer.take(
            parts,
            PartReaders.read(services.plugins(), "--dataset", PluginType.DATASET, options.reader()),
            DatasetReader.class);
    Dataset dataset = reader.call((part, settings) -> part.read(options.root(), settings));
    DatasetLoader.refuseErrors(dataset, "fix it, or leave it out of the data set");
    return dataset;
  }

  private ScoringOptions limits() {
    ScoringOptions usual = ScoringOptions.of(EvaluationProtocol.UNIASS);
    return new ScoringOptions(
        usual.protocol(),
        usual.byDefect(),
        usual.curves(),
        options.memory().orElse(usual.memoryLimit()),
        options.scratch().orElse(usual.scratch()),
        usual.threads());
  }

  private EvaluationProtocol protocol(String name) {
    EvaluationProtocol protocol = services.scoring().protocol(name);
    return options.maskThreshold().map(protocol::withMaskThreshold).orElse(protocol);
  }

  private List<Problem> masks(Dataset dataset, List<EvaluationProtocol> protocols) {
    List<Image> images =
        dataset.images(Split.TEST).stream().filter(p -> p.label() != Label.UNKNOWN).toList();
    List<Integer> thresholds = protocols.stream().map(EvaluationProtocol::maskThreshold).toList();
    return services
        .images()
        .checkMasks(dataset.root(), images, thresholds, ImageFormat.DEFAULT_MAXIMUM_PIXELS);
  }

  /** Says how many images have no mask, though their label is known. */
  private static Optional<String> unmasked(Dataset dataset) {
    List<Image> images =
        dataset.images(Split.TEST).stream().filter(p -> p.label() != Label.UNKNOWN).toList();
    long count = images.stream().filter(p -> p.truth() == PixelTruth.UNKNOWN).count();
    return MetricNotes.unmasked((int) count, images.size());
  }

  private void write(MapScoringResult result, Path out) {
    try {
      Outputs.create(folder(out), true, "");
      if (file(out).isEmpty()) {
        services.scoring().write(result.scores(), out);
      } else {
        Outputs.write(out, services.scoring().files(result.scores()).get(file(out)));
      }
    } catch (UniassException e) {
      throw new UnwrittenResultException(e, result);
    }
  }

  private static Path folder(Path out) {
    return file(out).isEmpty() ? out : out.toAbsolutePath().getParent();
  }

  /** Which file is wanted alone; empty if all. */
  private static String file(Path out) {
    String name = out.getFileName().toString();
    return name.endsWith(".csv") ? "metrics.csv" : name.endsWith(".json") ? "metrics.json" : "";
  }
}
