package uniass.runner.score;

import ai.djl.Device;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import uniass.api.data.Image;
import uniass.api.metric.Metric;
import uniass.api.metric.ScoredImage;
import uniass.api.metric.Scores;
import uniass.api.metric.ScoringOptions;
import uniass.api.metric.ScoringRun;
import uniass.api.network.AnomalyNetwork;
import uniass.api.plugin.Configured;
import uniass.inference.Services;
import uniass.inference.experiment.ExperimentSpec.DatasetSpec;
import uniass.inference.experiment.PartSpec;
import uniass.inference.model.Composer;
import uniass.inference.pipeline.ImageMaps;
import uniass.inference.pipeline.MapStream;
import uniass.inference.plugin.PartsInUse;

/** Scores a network's maps of test images. */
public final class NetworkScoring {

  private final Services services;
  private final DatasetSpec dataset;
  private final Device device;

  /** Scores images of a data set. */
  public NetworkScoring(Services services, DatasetSpec dataset, Device device) {
    this.services = services;
    this.dataset = dataset;
    this.device = device;
  }

  /** Takes metrics for as long as a run lasts. */
  public static List<Configured<Metric>> metrics(PartsInUse parts, List<PartSpec> specs) {
    return specs.stream().map(s -> Composer.take(parts, s, Metric.class)).toList();
  }

  /**
   * Scores.
   *
   * @param maps is shown each map, too
   * @return the figures, or nothing if it was stopped
   */
  public Optional<Scores> score(
      AnomalyNetwork network,
      List<Image> images,
      List<Configured<Metric>> metrics,
      ScoringOptions options,
      int batch,
      Supplier<Optional<String>> stop,
      Consumer<MapStream.Mapped> maps,
      Consumer<Integer> after) {
    try (ScoringRun run = services.scoring().open(metrics, images, options)) {
      Optional<String> stopped =
          new ImageMaps(services, dataset)
              .run(
                  network,
                  device,
                  images,
                  batch,
                  true,
                  stop,
                  mapped -> {
                    run.add(
                        ScoredImage.of(
                            mapped.image(),
                            options.protocol(),
                            mapped.height(),
                            mapped.width(),
                            mapped.map(),
                            mapped.mask()));
                    maps.accept(mapped);
                  },
                  after);
      return stopped.isPresent() ? Optional.empty() : Optional.of(run.result());
    }
  }
}
