/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.score;

import ai.djl.Device;
import java.util.Optional;
import uniass.api.data.AnomalyMap;
import uniass.api.metric.ImageScore;
import uniass.api.metric.ScoredImage;
import uniass.api.metric.Scores;
import uniass.api.metric.ScoringOptions;
import uniass.api.metric.ScoringRun;
import uniass.api.network.AnomalyNetwork;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.pipeline.DatasetImages.Truth;
import uniass.inference.pipeline.MapSink;
import uniass.inference.pipeline.NetworkMaps;
import uniass.inference.pipeline.Pipeline;
import uniass.runner.queue.RunControl;
import uniass.runner.queue.Services;

/** Computes the metrics of a network's anomaly maps of test images. */
public final class NetworkScoring {

  /** Watches nothing. */
  public static final Observer QUIET = new Observer() {};

  private final Services services;
  private final ExperimentSpec spec;
  private final Device device;
  private final RunControl control;

  /** Scores as part of a run. */
  public NetworkScoring(Services services, ExperimentSpec spec, Device device, RunControl control) {
    this.services = services;
    this.spec = spec;
    this.device = device;
    this.control = control;
  }

  /** Sees what comes in while a network is scored. */
  public interface Observer {

    /** Called with each image's map, in one other thread. */
    default void accept(Truth truth, AnomalyMap map) {}

    /** Called after each batch, with the number of images that are done. */
    default void done(int images) {}
  }

  /**
   * How this experiment's maps are scored.
   *
   * @param score what the model decides by
   * @param byDefect whether each kind of defect gets values of its own
   * @param curves whether a report needs curves
   */
  public ScoringOptions options(ImageScore score, boolean byDefect, boolean curves) {
    ScoringOptions all = services.scoringOptions(spec);
    return new ScoringOptions(
        all.protocol().withImageScore(score),
        byDefect,
        curves,
        all.memoryLimit(),
        all.scratch(),
        all.threads());
  }

  /** The name that the values of the first metric have. */
  public String firstMetric(TestSet tests) {
    return services.scoring().name(tests.metrics().get(0));
  }

  /**
   * Scores.
   *
   * @throws uniass.api.experiment.RunStoppedException if the run is to stop
   */
  public Scores score(
      AnomalyNetwork network, TestSet tests, ScoringOptions options, Observer observer) {
    try (ScoringRun run = services.scoring().open(tests.metrics(), tests.images(), options)) {
      MapSink<Truth> sink =
          new MapSink<>() {
            @Override
            public void accept(Truth truth, AnomalyMap map) {
              run.add(ScoredImage.of(truth.image(), options.protocol(), map, truth.mask()));
              observer.accept(truth, map);
            }

            @Override
            public Optional<String> stopCause() {
              return control.stopCause();
            }

            @Override
            public void done(int images) {
              observer.done(images);
            }
          };
      Optional<String> stopped =
          new Pipeline(new NetworkMaps(services.engine(), device, network))
              .run(
                  services
                      .images(spec)
                      .source(
                          tests.images(),
                          spec.dataset()
                              .batches(network.normalization(), spec.evaluate().batch(), true)),
                  sink);
      if (stopped.isPresent()) {
        throw control.stopped("");
      }
      return run.result();
    }
  }
}
