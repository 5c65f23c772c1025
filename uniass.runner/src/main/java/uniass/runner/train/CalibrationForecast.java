/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import uniass.api.Problem;
import uniass.api.UniassException;
import uniass.api.data.Dataset;
import uniass.api.data.Image;
import uniass.api.metric.ThresholdCalibrator.Options;
import uniass.api.metric.ThresholdMethod.Goal;
import uniass.inference.experiment.CalibrateSpec;
import uniass.inference.experiment.ExperimentSpec;
import uniass.runner.queue.Services;
import uniass.runner.train.TrainingImages.CalibrationImages;

/** What training will say of its thresholds, as far as the number of images decides it. */
public final class CalibrationForecast {

  private CalibrationForecast() {}

  /**
   * Counts the images that thresholds will be found from.
   *
   * @param memorizes whether the network keeps what it is fitted to
   * @return a warning if they are few
   */
  public static Optional<Problem> of(
      Services services, ExperimentSpec spec, Dataset dataset, boolean memorizes) {
    CalibrateSpec calibrate = spec.calibrate();
    CalibrationImages normal;
    try {
      normal =
          TrainingImages.of(dataset, spec.train(), calibrate.heldOut())
              .calibration()
              .judged(memorizes, calibrate.folds());
    } catch (UniassException e) {
      return Optional.empty(); // a category without images, which is a problem of its own
    }
    TreeMap<String, Integer> counts =
        normal.all().stream()
            .collect(Collectors.toMap(Image::category, image -> 1, Integer::sum, TreeMap::new));
    Goal goal = new Goal(calibrate.falseAlarmRate(), calibrate.confidence());
    return services
        .thresholds()
        .foresee(counts, new Options(calibrate.method(), goal, 0))
        .map(line -> Problem.warning("", line));
  }
}
