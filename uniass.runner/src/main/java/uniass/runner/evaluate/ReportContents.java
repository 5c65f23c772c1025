/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.evaluate;

import ai.djl.Device;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.FrameworkUtil;
import uniass.api.UniassException;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Dataset;
import uniass.api.data.Image;
import uniass.api.data.Label;
import uniass.api.data.Resize;
import uniass.api.data.Split;
import uniass.api.metric.Scores;
import uniass.api.metric.Threshold;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.model.ModelLoader.LoadedModel;
import uniass.inference.pipeline.DatasetImages.Truth;
import uniass.inference.pipeline.Devices;
import uniass.report.GalleryImage;
import uniass.report.ReportData;
import uniass.report.ReportWriter;
import uniass.report.Sample;
import uniass.runner.history.History;
import uniass.runner.history.TrainingTime;
import uniass.runner.queue.Services;
import uniass.runner.score.MetricNotes;

/** Gathers what a report shows while an evaluation runs. */
final class ReportContents {

  private static final int SHOWN_EACH = 3;

  private final Services services;
  private final ExperimentSpec spec;
  private final Device device;
  private final Gallery gallery = new Gallery(SHOWN_EACH);
  private final Map<String, Duration> durations = new LinkedHashMap<>();
  private final Map<String, String> facts = new LinkedHashMap<>();
  private final Map<String, Threshold> thresholds = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private long lap = System.nanoTime();
  private String thresholdOrigin = "";
  private double common = Double.NaN;
  private List<Map<String, Double>> history = List.of();
  private Optional<Duration> training = Optional.empty();
  private List<GalleryImage> shown = List.of();
  private Optional<ReportData.SecondModel> second = Optional.empty();

  ReportContents(Services services, ExperimentSpec spec, Device device) {
    this.services = services;
    this.spec = spec;
    this.device = device;
  }

  /** Notes an image's metric values. */
  void accept(Truth truth, AnomalyMap map, double score) {
    gallery.accept(truth, map, score);
  }

  /** Takes a line that readers of the metric values should know. */
  void note(String line) {
    notes.add(line);
  }

  /** Takes what the model says about itself, and computes the images to show. */
  void model(LoadedModel model, Path file) {
    lap("model, network and metrics");
    version().ifPresent(v -> facts.put("UniAS on OSGi", v));
    facts.put("model", file.getFileName().toString());
    model.metadata().selected().ifPresent(s -> facts.put("state chosen by", s));
    facts.put("backbone's weights", services.composer().origin(spec));
    facts.put("seed", Long.toString(spec.train().seed()));
    facts.put("device", Devices.name(device));
    facts.put("engine", services.engine().description());
    facts.put("Java", Runtime.version().toString());
    facts.put(
        "images",
        spec.dataset().format().height()
            + " x "
            + spec.dataset().format().width()
            + ", "
            + words(spec.dataset().format().resize())
            + spec.dataset()
                .tiling()
                .map(t -> ", tiles of " + t.size() + " that share " + t.overlap())
                .orElse(""));
    history = model.metadata().history();
    if (!history.isEmpty()) {
      Map<String, Double> last = history.get(history.size() - 1);
      facts.put(
          "training",
          "%d epochs, %d steps"
              .formatted(last.get(History.EPOCH).longValue(), last.get(History.STEP).longValue()));
      training = TrainingTime.of(file.toAbsolutePath().getParent(), history);
    }
    thresholds.putAll(model.metadata().thresholds());
    common = VerdictCounting.of(model.metadata()).common();
    thresholdOrigin = model.metadata().thresholdSource().orElse("");
    notes.addAll(model.notes());
    shown = gallery.show(services, spec, device, model.network(), thresholds);
    lap("images of the report");
  }

  /** Computes the images to show once more, under another model. */
  void beside(LoadedModel other, String name) {
    facts.put("model beside", name);
    second =
        Optional.of(
            new ReportData.SecondModel(
                name, other.metadata().thresholds(), Gallery.under(other, shown, services, spec)));
    lap("images of the report");
  }

  /** Adds the time since the last one to a stage. */
  private void lap(String stage) {
    long now = System.nanoTime();
    durations.merge(stage, Duration.ofMillis((now - lap) / 1_000_000), Duration::plus);
    lap = now;
  }

  /** The product's version; nothing outside a framework. */
  private static Optional<String> version() {
    return Optional.ofNullable(FrameworkUtil.getBundle(ReportContents.class))
        .map(bundle -> bundle.getVersion().toString());
  }

  private static String words(Resize resize) {
    return switch (resize) {
      case PIL_BILINEAR -> "resized bilinear with antialiasing, as Pillow does";
      case AREA -> "resized by area averages";
      case LINEAR -> "resized bilinear without antialiasing";
      case NONE -> "never resized";
    };
  }

  /** Writes the report. */
  void write(
      Path file, Dataset dataset, Scores scores, Map<String, Map<String, Double>> baselines) {
    notes.addAll(MetricNotes.undefined(scores));
    if (!baselines.isEmpty()) {
      lap("baselines");
    }
    List<Sample> samples = samples(dataset);
    lap("images of the report");
    Duration all = durations.values().stream().reduce(Duration.ZERO, Duration::plus);
    durations.put("in all", all);
    training.ifPresent(time -> durations.put("training of the model, without pauses", time));
    new ReportWriter()
        .write(
            file,
            new ReportData(
                spec.name(),
                scores,
                baselines.entrySet().stream()
                    .map(e -> new ReportData.Row(e.getKey(), e.getValue()))
                    .toList(),
                thresholds,
                common,
                thresholdOrigin,
                history,
                shown,
                second,
                samples,
                spec.yaml(),
                facts,
                durations,
                notes));
  }

  /** A good image of each category, and one of each kind of defect. */
  private List<Sample> samples(Dataset dataset) {
    List<Sample> samples = new ArrayList<>();
    ShownImages shownImages = new ShownImages(services, spec.dataset());
    Set<String> seen = new LinkedHashSet<>();
    List<Image> candidates = new ArrayList<>(dataset.images(Split.TRAIN));
    dataset.images(Split.TEST).stream()
        .filter(p -> p.label() == Label.ANOMALOUS)
        .forEach(candidates::add);
    for (Image image : candidates) {
      if (seen.add(image.category() + "/" + image.defect())) {
        try {
          samples.add(new Sample(image.category(), image.defect(), shownImages.pixels(image)));
        } catch (UniassException e) {
          notes.add(e.getMessage());
        }
      }
    }
    return samples;
  }
}
