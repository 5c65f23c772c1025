package uniass.runner.evaluate;

import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.pipeline.DatasetImages.Truth;
import uniass.inference.pipeline.NetworkMaps;
import uniass.inference.pipeline.Pipeline;
import uniass.inference.pipeline.MapSink;
import uniass.api.data.AnomalyMap;
import ai.djl.Device;
import java.util.List;
import java.util.Optional;
import uniass.api.data.Image;
import uniass.api.metric.Metric;
import uniass.api.metric.ScoredImage;
import uniass.api.metric.Scores;
import uniass.api.metric.ScoringOptions;
import uniass.api.metric.ScoringRun;
import uniass.api.network.AnomalyNetwork;
import uniass.api.plugin.Configured;
import uniass.runner.run.Services;
import uniass.inference.experiment.PartSpec;
import uniass.inference.model.Composer;
import uniass.inference.plugin.PartsInUse;

/** Scores a network's maps of test images. */
public final class Scorer {

  private final Services services;
  private final ExperimentSpec spec;
  private final Device device;

  /** Scores images of an experiment's data set. */
  public Scorer(Services services, ExperimentSpec spec, Device device) {
    this.services = services;
    this.spec = spec;
    this.device = device;
  }

  /** Takes metrics for as long as a run lasts. */
  public static List<Configured<Metric>> metrics(PartsInUse parts, List<PartSpec> specs) {
    return specs.stream().map(s -> Composer.take(parts, s, Metric.class)).toList();
  }

  /**
   * Scores.
   *
   * @param sink takes each map, too, and may stop the work
   * @return the metric values, or nothing if it was stopped
   */
  public Optional<Scores> score(
      AnomalyNetwork network,
      List<Image> images,
      List<Configured<Metric>> metrics,
      ScoringOptions options,
      MapSink<Truth> sink) {
    try (ScoringRun run = services.scoring().open(metrics, images, options)) {
      MapSink<Truth> scoring =
          new MapSink<>() {
            @Override
            public void accept(Truth truth, AnomalyMap map) {
              run.add(ScoredImage.of(truth.image(), options.protocol(), map, truth.mask()));
              sink.accept(truth, map);
            }

            @Override
            public Optional<String> stopCause() {
              return sink.stopCause();
            }

            @Override
            public void done(int done) {
              sink.done(done);
            }
          };
      Optional<String> stopped =
          new Pipeline(new NetworkMaps(services.engine(), device, network))
              .run(
                  services
                      .images(spec)
                      .source(
                          images,
                          spec.dataset()
                              .batches(network.normalization(), spec.evaluate().batch(), true)),
                  scoring);
      return stopped.isPresent() ? Optional.empty() : Optional.of(run.result());
    }
  }
}
