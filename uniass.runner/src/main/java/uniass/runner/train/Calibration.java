package uniass.runner.train;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import uniass.api.metric.ImageScore;
import uniass.api.metric.LineThresholds;
import uniass.api.network.AnomalyNetwork;
import uniass.runner.config.ExperimentSpec;
import uniass.runner.run.PictureMaps;
import uniass.runner.run.RunControl;
import uniass.runner.run.Services;

/** Finds the thresholds for verdicts from normal pictures. */
final class Calibration {

  private final Services services;
  private final ExperimentSpec spec;
  private final Device device;
  private final RunControl control;

  Calibration(Services services, ExperimentSpec spec, Device device, RunControl control) {
    this.services = services;
    this.spec = spec;
    this.device = device;
    this.control = control;
  }

  /** Thresholds by category, and one for all. */
  Map<String, LineThresholds.Threshold> thresholds(
      AnomalyNetwork network, TrainingPictures pictures) {
    Map<String, List<Double>> scores = new TreeMap<>();
    List<Double> all = new ArrayList<>();
    int total = pictures.calibration().size();
    Optional<String> stopped =
        new PictureMaps(services, spec.dataset())
            .run(
                network,
                device,
                pictures.calibration(),
                spec.evaluate().batch(),
                false,
                control::stopCause,
                mapped -> {
                  double score = ImageScore.MAX.of(mapped.map());
                  scores
                      .computeIfAbsent(mapped.picture().category(), c -> new ArrayList<>())
                      .add(score);
                  all.add(score);
                },
                done -> control.step("finding thresholds", done, total));
    if (stopped.isPresent()) {
      throw Training.stoppedAtEnd(control);
    }
    Map<String, LineThresholds.Threshold> thresholds = new LinkedHashMap<>();
    thresholds.put(LineThresholds.ALL, fit(all));
    scores.forEach((category, values) -> thresholds.put(category, fit(values)));
    return thresholds;
  }

  private LineThresholds.Threshold fit(List<Double> scores) {
    return services
        .thresholds()
        .fit(
            scores.stream().mapToDouble(Double::doubleValue).toArray(),
            spec.calibrate().falseAlarmRate(),
            spec.calibrate().confidence());
  }
}
