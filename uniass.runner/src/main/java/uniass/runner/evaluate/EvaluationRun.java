/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.evaluate;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import uniass.api.Problem;
import uniass.api.UniassException;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Dataset;
import uniass.api.data.Image;
import uniass.api.data.ImageFormat;
import uniass.api.experiment.Experiments.EvaluationOptions;
import uniass.api.experiment.Experiments.EvaluationResult;
import uniass.api.experiment.UnwrittenResultException;
import uniass.api.metric.ImageScore;
import uniass.api.metric.Scores;
import uniass.api.metric.ScoringOptions;
import uniass.api.network.AnomalyNetwork;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.model.ModelLoader.LoadedModel;
import uniass.inference.pipeline.DatasetImages.Truth;
import uniass.inference.pipeline.Devices;
import uniass.inference.plugin.PartsInUse;
import uniass.io.Outputs;
import uniass.runner.dataset.DatasetLoader;
import uniass.runner.dataset.ReadableImages;
import uniass.runner.queue.RunControl;
import uniass.runner.queue.Services;
import uniass.runner.score.MetricNotes;
import uniass.runner.score.NetworkScoring;
import uniass.runner.score.TestSet;

/** Evaluates a model file and writes what was asked for. */
public final class EvaluationRun {

  private static final List<String> TABLES =
      List.of("metrics.csv", "metrics-wide.csv", "metrics.json");
  private static final String REPORT = "report.html";
  private static final String UNTRAINED = "untrained";
  private static final String MEAN_IMAGE = "mean-picture";

  private final Services services;
  private final ExperimentSpec spec;
  private final EvaluationOptions options;
  private final RunControl control;
  private final Path out;
  private final Map<String, Path> files = new LinkedHashMap<>();
  private final AtomicInteger unmasked = new AtomicInteger();
  private ImageScore imageScore = ImageScore.MAX;

  /** The first write that failed: the metric values are not lost over it. */
  private UniassException failedWrite;

  /** Evaluates with these. */
  public EvaluationRun(
      Services services, ExperimentSpec spec, EvaluationOptions options, RunControl control) {
    this.services = services;
    this.spec = spec;
    this.options = options;
    this.control = control;
    this.out = options.out() != null ? options.out() : options.model().toAbsolutePath().getParent();
  }

  /** Evaluates. */
  public EvaluationResult run() {
    Outputs.probe(out, true, "");
    Device device = Devices.find(services.engine(), spec.train().device());
    // a wrong file ends the run before it takes minutes
    options.beside().ifPresent(file -> open(file, device).close());
    try (PartsInUse parts = new PartsInUse(services.plugins())) {
      Dataset dataset = DatasetLoader.read(spec.dataset(), parts);
      ReadableImages readable =
          ReadableImages.of(services, spec.dataset(), TestSet.images(dataset));
      TestSet tests =
          new TestSet(readable.images(), TestSet.metrics(parts, spec.evaluate().metrics()));
      NetworkScoring scoring = new NetworkScoring(services, spec, device, control);
      ReportContents report = new ReportContents(services, spec, device);
      List<String> notes = new ArrayList<>(readable.notes());
      masks(tests.images()).forEach(problem -> notes.add(problem.toString()));
      control.step("loading the model", 0, 0);
      Scores scores;
      VerdictCounting verdicts;
      try (LoadedModel model = services.models().open(options.model(), Optional.of(spec), device)) {
        Outputs.create(out, true, "");
        verdicts = VerdictCounting.of(model.metadata());
        imageScore = model.metadata().imageScore();
        scores = score(model.network(), tests, scoring, report);
        // before all that may yet fail
        if (written(() -> services.scoring().write(List.of(scores), out))) {
          TABLES.forEach(name -> files.put(name, out.resolve(name)));
        }
        MetricNotes.unmasked(unmasked.get(), tests.images().size()).ifPresent(notes::add);
        notes.addAll(verdicts.notes());
        notes.forEach(report::note);
        if (options.report()) {
          control.step("choosing images for the report", 0, 0);
          report.model(model, options.model());
        }
      }
      if (options.report() && options.beside().isPresent()) {
        beside(options.beside().get(), device, report);
      }
      Map<String, Map<String, Double>> baselines = new LinkedHashMap<>();
      if (options.baselines()) {
        ScoringOptions plain = scoring.options(imageScore, false, false);
        baselines.put(UNTRAINED, untrained(parts, device, tests, scoring).meansByName());
        baselines.put(
            MEAN_IMAGE,
            new MeanImageBaseline(services, spec, control)
                .score(dataset, tests, plain)
                .meansByName());
        MemoryBankBaseline bank = new MemoryBankBaseline(services, spec, device, control);
        bank.refusals().forEach(why -> notes.add("no baseline memory-bank: " + why));
        if (bank.refusals().isEmpty()) {
          baselines.put(
              MemoryBankBaseline.NAME, bank.score(dataset, tests, parts, plain).meansByName());
        }
      }
      if (options.report()) {
        control.step("writing the report", 0, 0);
        Path file = out.resolve(REPORT);
        if (written(() -> report.write(file, dataset, scores, baselines))) {
          files.put(REPORT, file);
        }
      }
      notes.addAll(MetricNotes.undefined(scores));
      EvaluationResult result =
          new EvaluationResult(
              scores.byCategory(),
              scores.meansByName(),
              baselines,
              tests.images().size(),
              files,
              List.copyOf(notes),
              verdicts.count(scores),
              verdicts.info());
      if (failedWrite != null) {
        throw new UnwrittenResultException(failedWrite, result);
      }
      return result;
    }
  }

  private LoadedModel open(Path beside, Device device) {
    return services.models().open(beside, Optional.empty(), device);
  }

  private void beside(Path file, Device device, ReportContents report) {
    control.step("the model beside", 0, 0);
    try (LoadedModel other = open(file, device)) {
      Path own = options.model();
      boolean namesakes = file.getFileName().equals(own.getFileName());
      Path folder = file.toAbsolutePath().getParent().getFileName();
      report.beside(
          other, namesakes ? folder + "/" + file.getFileName() : file.getFileName().toString());
    }
  }

  /** What is odd about the masks, before they decide the metric values. */
  private List<Problem> masks(List<Image> images) {
    ImageFormat format = spec.dataset().format();
    return services
        .images()
        .checkMasks(
            spec.dataset().root(), images, List.of(format.maskThreshold()), format.maximumPixels());
  }

  private Scores score(
      AnomalyNetwork network, TestSet tests, NetworkScoring scoring, ReportContents report) {
    Path maps = out.resolve("maps");
    NetworkScoring.Observer observer =
        new NetworkScoring.Observer() {
          @Override
          public void accept(Truth truth, AnomalyMap map) {
            report.accept(truth, map, imageScore.of(map.values()));
            if (truth.mask().isEmpty()) {
              unmasked.incrementAndGet();
            }
            if (options.maps() && failedWrite == null) {
              written(() -> writeMap(maps, truth.image(), map));
            }
          }

          @Override
          public void done(int images) {
            control.step("evaluating", images, tests.images().size());
          }
        };
    Scores scores =
        scoring.score(
            network, tests, scoring.options(imageScore, true, options.report()), observer);
    if (options.maps() && failedWrite == null) {
      files.put("maps", maps);
    }
    return scores;
  }

  /** Writes a map below a folder, under its image's path. */
  private static void writeMap(Path folder, Image image, AnomalyMap map) {
    Outputs.writeMap(folder.resolve(image.path() + ".npy"), map);
  }

  private Scores untrained(PartsInUse parts, Device device, TestSet tests, NetworkScoring scoring) {
    NetworkScoring.Observer progress =
        new NetworkScoring.Observer() {
          @Override
          public void done(int images) {
            control.step("baseline untrained", images, tests.images().size());
          }
        };
    try (AnomalyNetwork network = services.composer().untrained(spec, parts, device)) {
      return scoring.score(network, tests, scoring.options(imageScore, false, false), progress);
    }
  }

  /** Writes, and says whether that went well. */
  private boolean written(Runnable write) {
    try {
      write.run();
      return true;
    } catch (UniassException e) {
      if (failedWrite == null) {
        failedWrite = e;
      }
      return false;
    }
  }
}
