/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uniass.api.experiment.Experiments.CalibrationInfo;
import uniass.api.experiment.Experiments.VerdictCounts;
import uniass.api.metric.ImageScore;
import uniass.api.metric.Scores;
import uniass.api.metric.Threshold;
import uniass.api.metric.ThresholdCalibrator;
import uniass.inference.model.CalibrationSummary;
import uniass.inference.model.ModelMetadata;
import uniass.report.Verdicts;

/**
 * Counts right and wrong verdicts by a model's thresholds.
 *
 * @param thresholds by category, and the common one
 * @param calibration how they were found; nothing for models that do not say
 */
record VerdictCounting(
    Map<String, Threshold> thresholds, Optional<CalibrationSummary> calibration) {

  /** Models that do not say how used this method. */
  private static final String FIRST_METHOD = "order";

  static VerdictCounting of(ModelMetadata metadata) {
    return new VerdictCounting(metadata.thresholds(), metadata.calibration());
  }

  /** The threshold of all categories on normalized scores; NaN if there is none. */
  double common() {
    return calibration.map(CalibrationSummary::common).orElse(Double.NaN);
  }

  /** What a user should know of the thresholds. */
  List<String> notes() {
    return calibration.map(CalibrationSummary::notes).orElse(List.of());
  }

  Optional<CalibrationInfo> info() {
    return thresholds.isEmpty()
        ? Optional.empty()
        : Optional.of(
            calibration
                .map(c -> new CalibrationInfo(c.method(), c.heldOut(), c.score().key()))
                .orElse(new CalibrationInfo(FIRST_METHOD, 0, ImageScore.MAX.key())));
  }

  /** Each category by its own threshold, then all by the common one. */
  List<VerdictCounts> count(Scores scores) {
    List<VerdictCounts> counts = new ArrayList<>();
    if (thresholds.isEmpty()) {
      return counts;
    }
    Verdicts own = new Verdicts(scores, thresholds);
    for (Scores.Group group : scores.categories()) {
      String category = group.category();
      own.given(category)
          .ifPresent(
              t ->
                  counts.add(
                      counts(
                          Optional.of(category),
                          own.confusion(category),
                          t.value(),
                          t.falseAlarmRate())));
    }
    Threshold all = thresholds.get(ThresholdCalibrator.ALL);
    if (all != null) {
      Optional<Verdicts> normalized = Verdicts.normalized(scores, thresholds, common());
      Verdicts common =
          normalized.orElseGet(() -> new Verdicts(scores, Map.of(ThresholdCalibrator.ALL, all)));
      counts.add(
          counts(
              Optional.empty(),
              common.all(),
              normalized.isPresent() ? common() : all.value(),
              all.falseAlarmRate()));
    }
    return counts;
  }

  private static VerdictCounts counts(
      Optional<String> category, Verdicts.Confusion counts, double threshold, double rate) {
    return new VerdictCounts(
        category,
        counts.caught(),
        counts.missed(),
        counts.alarms(),
        counts.passed(),
        threshold,
        rate);
  }
}
