/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.experiment;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import uniass.api.Problem;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.api.data.Dataset;
import uniass.api.data.Image;
import uniass.api.experiment.Experiments.DatasetCheck;
import uniass.api.network.AnomalyNetwork;
import uniass.api.network.NetworkCost;
import uniass.inference.experiment.Differences;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.model.Composer;
import uniass.inference.plugin.PartsInUse;
import uniass.runner.dataset.DatasetLoader;
import uniass.runner.dataset.ImageDepth;
import uniass.runner.queue.Services;
import uniass.runner.train.CalibrationForecast;
import uniass.runner.train.MapFilterFit;

/** Opens all that training would open, and says what is wrong with it; trains nothing. */
final class ExperimentCheck {

  /** Settings that a network which is fitted in one pass does not read. */
  private static final Set<String> OF_EPOCHS =
      Set.of(
          "train.epochs",
          "train.accumulate",
          "train.learning-rate",
          "train.weight-decay",
          "train.clip",
          "train.ema",
          "train.schedule",
          "train.early-stopping");

  private final Services services;
  private final ExperimentSpec spec;

  ExperimentCheck(Services services, ExperimentSpec spec) {
    this.services = services;
    this.spec = ImageDepth.ofTrainingImages(services, spec);
  }

  DatasetCheck run(Progress progress) {
    try (PartsInUse parts = new PartsInUse(services.plugins())) {
      Dataset dataset = DatasetLoader.list(spec.dataset(), parts);
      Map<String, Map<String, Integer>> counts = new TreeMap<>();
      for (Image image : dataset.images()) {
        counts
            .computeIfAbsent(image.category(), c -> new TreeMap<>())
            .merge(kind(image), 1, Integer::sum);
      }
      List<Problem> problems =
          new ArrayList<>(
              services
                  .images()
                  .check(
                      dataset,
                      spec.dataset().format(),
                      spec.dataset().tiling(),
                      spec.dataset().skipUnreadable(),
                      progress));
      Optional<NetworkCost> cost = network(dataset, parts, problems);
      painter(parts).ifPresent(problems::add);
      return new DatasetCheck(counts, problems, cost);
    }
  }

  /** Builds the network as training will, so that all that it opens is opened. */
  private Optional<NetworkCost> network(Dataset dataset, PartsInUse parts, List<Problem> problems) {
    try (AnomalyNetwork network = services.composer().untrained(spec, parts, Device.cpu())) {
      boolean fitted = network.fitting().isPresent();
      CalibrationForecast.of(services, spec, dataset, fitted).ifPresent(problems::add);
      MapFilterFit.foresee(spec, dataset, network).ifPresent(problems::add);
      if (!fitted) {
        return Optional.of(network.cost());
      }
      problems.addAll(withoutEffect());
    } catch (UniassException e) {
      problems.add(Problem.error("model.backbone", e.getMessage()));
    }
    return Optional.empty();
  }

  /** Settings of training by epochs that are set, for a network that is fitted in one pass. */
  private List<Problem> withoutEffect() {
    ExperimentSpec defaults = services.library().parse("defaults", "{}", Path.of(""), List.of());
    List<String> set =
        Differences.between(defaults, spec, OF_EPOCHS).stream()
            .map(Differences.Difference::setting)
            .toList();
    return set.isEmpty()
        ? List.of()
        : List.of(
            Problem.warning(
                "train",
                "network '%s' is fitted in one pass, so %s without effect"
                    .formatted(
                        spec.model().network().name(),
                        String.join(", ", set) + (set.size() == 1 ? " is" : " are"))));
  }

  /** Creates what paints defects, so that settings that contradict each other are found. */
  private Optional<Problem> painter(PartsInUse parts) {
    try {
      Composer.painter(parts, spec);
      return Optional.empty();
    } catch (UniassException e) {
      return Optional.of(Problem.error("dataset.synthetic", e.getMessage()));
    }
  }

  private static String kind(Image image) {
    return switch (image.split()) {
      case TRAIN -> "train";
      case VALIDATION -> "validation";
      case TEST -> "test-" + image.label().name().toLowerCase(Locale.ROOT);
    };
  }
}
