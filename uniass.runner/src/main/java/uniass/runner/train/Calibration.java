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
import uniass.inference.pipeline.ImageMaps;
import uniass.runner.queue.RunControl;

/** Finds the thresholds for verdicts from normal images. */
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
  Map<String, LineThresholds.Threshold> thresholds(AnomalyNetwork network, TrainingImages images) {
    Map<String, List<Double>> scores = new TreeMap<>();
    List<Double> all = new ArrayList<>();
    int total = images.calibration().size();
    Optional<String> stopped =
        new ImageMaps(services, spec.dataset())
            .run(
                network,
                device,
                images.calibration(),
                spec.evaluate().batch(),
                false,
                control::stopCause,
                mapped -> {
                  double score = ImageScore.MAX.of(mapped.map());
                  String category = mapped.image().category();
                  scores.computeIfAbsent(category, c -> new ArrayList<>()).add(score);
                  all.add(score);
                  scored
                      .computeIfAbsent(category, c -> new ArrayList<>())
                      .add(new Scored(mapped.image().path(), score));
                },
                done -> control.step("finding thresholds", done, total));
    if (stopped.isPresent()) {
      throw control.stopped("; training itself is done: --resume only finishes it");
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
              + "; take more good images, or ask for less with calibrate.false-alarm-rate");
    }
    scored.forEach(
        (category, images) ->
            outlier(category, thresholds.get(category).value(), images).ifPresent(doubts::add));
    return doubts;
  }

  /** Says so if a threshold is as high as it is for the sake of an unusual image. */
  static Optional<String> outlier(String category, double threshold, List<Scored> images) {
    double usual = usual(images);
    if (images.size() < FEWEST || threshold <= UNUSUAL * usual) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "threshold of category '%s': %.4g, %.1f times the usual score of its normal images,"
                + " because of %s; if that is not a good image like the others, take it out",
            category,
            threshold,
            threshold / usual,
            highest(images)));
  }

  /** The median. */
  private static double usual(List<Scored> images) {
    return images.stream()
        .mapToDouble(Scored::score)
        .sorted()
        .skip(images.size() / 2)
        .findFirst()
        .orElse(0);
  }

  private static String highest(List<Scored> images) {
    return images.stream().max(Comparator.comparingDouble(Scored::score)).orElseThrow().path();
  }

  /** An image's path and score. */
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
