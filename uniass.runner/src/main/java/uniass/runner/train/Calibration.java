/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Image;
import uniass.api.metric.ImageScore;
import uniass.api.metric.ThresholdCalibrator.Calibrated;
import uniass.api.metric.ThresholdCalibrator.NormalScore;
import uniass.api.metric.ThresholdCalibrator.Options;
import uniass.api.metric.ThresholdMethod.Goal;
import uniass.api.network.AnomalyNetwork;
import uniass.inference.experiment.CalibrateSpec;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.model.CalibrationSummary;
import uniass.inference.model.ModelMetadata;
import uniass.inference.model.ThresholdJson;
import uniass.inference.pipeline.DatasetImages.Truth;
import uniass.inference.pipeline.MapSink;
import uniass.inference.pipeline.NetworkMaps;
import uniass.inference.pipeline.Pipeline;
import uniass.runner.queue.RunControl;
import uniass.runner.queue.Services;
import uniass.runner.train.TrainingImages.CalibrationImages;

/** Finds the thresholds for verdicts from normal images. */
final class Calibration {

  /** What a run says that is stopped when the network has learned. */
  static final String TRAINED = "; training itself is done: --resume only finishes it";

  /** Images computed alone, too, to measure by how much a score depends on its batch. */
  private static final int PROBED = 8;

  private final Services services;
  private final ExperimentSpec spec;
  private final Device device;
  private final RunControl control;
  private final Optional<MapFilterFit> mapFilter;
  private final ImageScore imageScore;
  private final List<NormalScore> scores = new ArrayList<>();
  private final Map<String, Double> byPath = new HashMap<>();
  private double spread;
  private int total;

  Calibration(
      Services services,
      ExperimentSpec spec,
      Device device,
      RunControl control,
      Optional<MapFilterFit> mapFilter) {
    this.services = services;
    this.spec = spec;
    this.device = device;
    this.control = control;
    this.mapFilter = mapFilter;
    this.imageScore = ImageScore.named(spec.calibrate().imageScore());
  }

  /** Scores the images and finds thresholds by category, and common ones. */
  Calibrated calibrate(AnomalyNetwork network, CalibrationImages images) {
    List<Image> probed = probed(images.all());
    expect(images.all().size(), probed);
    addUnseen(network, images.unseen());
    add(network, images.trained(), true);
    measureSpread(network, probed);
    return thresholds();
  }

  /** Says how many images will be computed. */
  void expect(int images, List<Image> probed) {
    total = images + probed.size() * (mapFilter.isPresent() ? 2 : 1);
  }

  /** Finds thresholds by category, and common ones, from the scores so far. */
  Calibrated thresholds() {
    CalibrateSpec calibrate = spec.calibrate();
    return services
        .thresholds()
        .calibrate(
            scores,
            new Options(
                calibrate.method(),
                new Goal(calibrate.falseAlarmRate(), calibrate.confidence()),
                spread));
  }

  /** The scores so far. */
  List<NormalScore> scores() {
    return scores;
  }

  /** Takes a score of an image. */
  private interface Sink {
    void take(Image image, double score);
  }

  /**
   * Scores held-out images by the network that becomes the model. If its map filter is fitted, each
   * half of them is scored with a filter that was fitted to the other, and then the filter is
   * fitted to all: more images than for the scores, so that the thresholds are on the safe side.
   */
  void addUnseen(AnomalyNetwork network, List<Image> images) {
    if (mapFilter.isEmpty()) {
      add(network, images, false);
      return;
    }
    for (MapFilterFit.Half half : mapFilter.get().halves(images)) {
      mapFilter.get().fit(network, half.others());
      add(network, half.images(), false);
    }
    mapFilter.get().fit(network, images);
  }

  /**
   * Scores images.
   *
   * @param trained whether the network has been trained on them
   */
  void add(AnomalyNetwork network, List<Image> images, boolean trained) {
    score(
        network,
        images,
        spec.evaluate().batch(),
        scores.size(),
        (image, score) -> {
          scores.add(new NormalScore(image.path(), image.category(), trained, score));
          byPath.put(image.path(), score);
        });
  }

  private void score(AnomalyNetwork network, List<Image> images, int batch, int before, Sink sink) {
    if (images.isEmpty()) {
      return;
    }
    Optional<String> stopped =
        new Pipeline(new NetworkMaps(services.engine(), device, network))
            .run(
                services
                    .images(spec)
                    .source(images, spec.dataset().batches(network.normalization(), batch, false)),
                new MapSink<Truth>() {
                  @Override
                  public void accept(Truth truth, AnomalyMap map) {
                    sink.take(truth.image(), imageScore.of(map.values()));
                  }

                  @Override
                  public Optional<String> stopCause() {
                    return control.stopCause();
                  }

                  @Override
                  public void done(int done) {
                    control.step("finding thresholds", before + done, total);
                  }
                });
    if (stopped.isPresent()) {
      throw control.stopped(TRAINED);
    }
  }

  /** A few of the images, to be computed alone, too. */
  static List<Image> probed(List<Image> images) {
    List<Image> probed = new ArrayList<>();
    int step = Math.max(1, images.size() / PROBED);
    for (int i = 0; i < images.size() && probed.size() < PROBED; i += step) {
      probed.add(images.get(i));
    }
    return probed;
  }

  /** Measures the largest relative difference between scores in a batch and alone. */
  void measureSpread(AnomalyNetwork network, List<Image> probed) {
    double[] largest = {0};
    if (mapFilter.isPresent()) { // the scores so far are of other fits of the filter
      score(
          network,
          probed,
          spec.evaluate().batch(),
          total - 2 * probed.size(),
          (image, score) -> byPath.put(image.path(), score));
    }
    score(
        network,
        probed,
        1,
        total - probed.size(),
        (image, alone) -> {
          double together = byPath.getOrDefault(image.path(), alone);
          double size = Math.max(Math.abs(alone), Math.abs(together));
          if (size > 0) {
            largest[0] = Math.max(largest[0], Math.abs(alone - together) / size);
          }
        });
    spread = largest[0];
  }

  /** What the model says about its thresholds. */
  Map<String, String> metadata(Calibrated calibrated, CalibrationImages images) {
    Map<String, List<String>> setAside = new TreeMap<>();
    calibrated
        .setAside()
        .forEach(
            (category, odd) ->
                setAside.put(category, odd.stream().map(NormalScore::path).toList()));
    String method = spec.calibrate().method();
    CalibrationSummary summary =
        new CalibrationSummary(
            method,
            imageScore.key(),
            services.thresholds().methods().getOrDefault(method, ""),
            images.unseen().size(),
            images.trained().size(),
            spread,
            Double.isNaN(calibrated.common()) ? null : calibrated.common(),
            setAside,
            calibrated.notes());
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(ThresholdJson.KEY, ThresholdJson.of(calibrated.thresholds()));
    metadata.put(CalibrationSummary.KEY, summary.toJson());
    metadata.put(ModelMetadata.THRESHOLD_SOURCE, images.source());
    return metadata;
  }
}
