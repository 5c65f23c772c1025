/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import ai.djl.Device;
import java.util.List;
import uniass.api.data.Image;
import uniass.api.metric.ThresholdCalibrator.Calibrated;
import uniass.api.network.AnomalyNetwork;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.plugin.PartsInUse;
import uniass.runner.queue.RunControl;
import uniass.runner.queue.Services;
import uniass.runner.train.TrainingImages.CalibrationImages;

/**
 * Calibrates a network that keeps what it is fitted to with images of categories that are too small
 * to hold some out: each fold of them is scored by a network that was fitted without it. The
 * model's own network is fitted to a few more images, so that it scores a little lower: the
 * thresholds are on the safe side.
 */
final class FoldCalibration {

  private final Services services;
  private final ExperimentSpec spec;
  private final Device device;
  private final RunControl control;
  private final PartsInUse parts;

  FoldCalibration(
      Services services, ExperimentSpec spec, Device device, RunControl control, PartsInUse parts) {
    this.services = services;
    this.spec = spec;
    this.device = device;
    this.control = control;
    this.parts = parts;
  }

  /**
   * Scores held-out images by the network itself, the others in folds, and finds thresholds.
   *
   * @param images that the network was fitted to
   * @param calibration takes the scores
   */
  Calibrated calibrate(AnomalyNetwork own, TrainingImages images, Calibration calibration) {
    CalibrationImages normal = images.calibration().unmemorized();
    List<TrainingImages> folds =
        images
            .calibratedBy(normal)
            .folds(images.calibration().trained(), spec.calibrate().folds(), spec.train().seed());
    List<Image> unseen = normal.unseen();
    List<Image> probed =
        Calibration.probed(unseen.isEmpty() ? folds.get(0).calibration().unseen() : unseen);
    calibration.expect(normal.all().size(), probed);
    calibration.addUnseen(own, unseen);
    if (!unseen.isEmpty()) {
      calibration.measureSpread(own, probed);
    }
    for (TrainingImages fold : folds) {
      try (AnomalyNetwork network = services.composer().untrained(spec, parts, device)) {
        new FittingPass(services, spec, device, control)
            .fit(network, fold.cut(services.images(spec)));
        calibration.add(network, fold.calibration().unseen(), false);
        if (unseen.isEmpty() && fold == folds.get(0)) {
          calibration.measureSpread(network, probed);
        }
      }
    }
    return calibration.thresholds();
  }
}
