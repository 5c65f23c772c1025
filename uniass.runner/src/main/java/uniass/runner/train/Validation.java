/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import java.util.LinkedHashMap;
import java.util.Map;
import uniass.api.metric.ImageScore;
import uniass.api.metric.Scores;
import uniass.runner.history.History;
import uniass.runner.score.NetworkScoring;
import uniass.runner.score.TestSet;

/** Measures a state that is being trained: by held-out normal images, and by test images. */
final class Validation {

  private final TrainStep step;
  private final HeldOutLoss heldOut;
  private final NetworkScoring scoring;
  private final TestSet tests;
  private final ImageScore score;

  /**
   * Prepares validations.
   *
   * @param tests with no images if there are none to measure by
   * @param score of whole images
   */
  Validation(
      TrainStep step,
      HeldOutLoss heldOut,
      NetworkScoring scoring,
      TestSet tests,
      ImageScore score) {
    this.step = step;
    this.heldOut = heldOut;
    this.scoring = scoring;
    this.tests = tests;
    this.score = score;
  }

  /**
   * Computes the columns that a validation adds to the history.
   *
   * @throws uniass.api.experiment.RunStoppedException if the run is to stop
   */
  Map<String, Double> columns() {
    Map<String, Double> columns = new LinkedHashMap<>();
    step.averaged(
        () -> {
          heldOut.mean().ifPresent(loss -> columns.put(History.HELD_OUT_LOSS, loss));
          if (!tests.images().isEmpty()) {
            Scores scores =
                scoring.score(
                    step.network(),
                    tests,
                    scoring.options(score, false, false),
                    NetworkScoring.QUIET);
            scores.means().forEach(m -> columns.put(History.TEST + m.metric(), m.value()));
          }
        });
    return columns;
  }

  /** The column of the first metric of test images. */
  String firstMetric() {
    return History.TEST + scoring.firstMetric(tests);
  }
}
