package uniass.runner.train;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import uniass.api.metric.ImageScore;
import uniass.api.metric.LineThresholds;
import uniass.api.network.AnomalyNetwork;
import uniass.inference.Services;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.pipeline.PictureMaps;
import uniass.runner.run.RunControl;

/** Finds the thresholds for verdicts from normal pictures. */
final class Calibration {

  /** A threshold that is so many times the median deserves a look at what it comes from. */
  private static final double UNUSUAL = 5;

  private static final int FEWEST = 5;

  private final Services services;
  private final ExperimentSpec spec;
  private final Device device;
  private final RunControl control;
  private final Map<String, List<Scored>> scored = new TreeMap<>();

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
                  String category = mapped.picture().category();
                  scores.computeIfAbsent(category, c -> new ArrayList<>()).add(score);
                  all.add(score);
                  scored
                      .computeIfAbsent(category, c -> new ArrayList<>())
                      .add(new Scored(mapped.picture().path(), score));
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

  /** What a user should know of thresholds that {@link #thresholds} found, one line each. */
  List<String> doubts(Map<String, LineThresholds.Threshold> thresholds) {
    List<String> doubts = new ArrayList<>();
    LineThresholds.Threshold common = thresholds.get(LineThresholds.ALL);
    if (!common.supported()) {
      doubts.add(
          "threshold of the verdicts: "
              + common.describe()
              + "; take more good pictures, or ask for less with calibrate.false-alarm-rate");
    }
    scored.forEach(
        (category, pictures) ->
            outlier(category, thresholds.get(category).value(), pictures).ifPresent(doubts::add));
    return doubts;
  }

  /** Says so if a threshold is as high as it is for the sake of an unusual picture. */
  static Optional<String> outlier(String category, double threshold, List<Scored> pictures) {
    double usual = usual(pictures);
    if (pictures.size() < FEWEST || threshold <= UNUSUAL * usual) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "threshold of category '%s': %.4g, %.1f times the usual score of its normal pictures,"
                + " because of %s; if that is no good picture like the others, take it out",
            category,
            threshold,
            threshold / usual,
            highest(pictures)));
  }

  /** The median. */
  private static double usual(List<Scored> pictures) {
    return pictures.stream()
        .mapToDouble(Scored::score)
        .sorted()
        .skip(pictures.size() / 2)
        .findFirst()
        .orElse(0);
  }

  private static String highest(List<Scored> pictures) {
    return pictures.stream().max(Comparator.comparingDouble(Scored::score)).orElseThrow().path();
  }

  /** A picture's path and score. */
  record Scored(String path, double score) {}

  private LineThresholds.Threshold fit(List<Double> scores) {
    return services
        .thresholds()
        .fit(
            scores.stream().mapToDouble(Double::doubleValue).toArray(),
            spec.calibrate().falseAlarmRate(),
            spec.calibrate().confidence());
  }
}
