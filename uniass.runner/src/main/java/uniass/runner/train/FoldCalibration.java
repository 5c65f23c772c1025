/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import ai.djl.Device;
import java.util.List;
import java.util.Optional;
import uniass.api.data.Image;
import uniass.api.metric.ThresholdCalibrator.Calibrated;
import uniass.api.network.AnomalyNetwork;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.plugin.PartsInUse;
import uniass.runner.queue.RunControl;
import uniass.runner.queue.Services;

/**
 * Calibrates a network that keeps what it is fitted to, without holding images out: each fold of
 * them is scored by a network that was fitted to the other folds. The model's own network is fitted
 * to a few more images, so that it scores a little lower: the thresholds are on the safe side.
 */
public final class FoldCalibration {

  private final Services services;
  private final ExperimentSpec spec;
  private final Device device;
  private final RunControl control;
  private final PartsInUse parts;

  FoldCalibration(
      Services services,
      ExperimentSpec spec,
      Device device,
      RunControl control,
      PartsInUse parts) {
    this.services = services;
    this.spec = spec;
    this.device = device;
    this.control = control;
    this.parts = parts;
  }

  /** Says why this network cannot be calibrated in folds, if the experiment asks for some. */
  public static Optional<String> refusal(ExperimentSpec spec, AnomalyNetwork network) {
    int folds = spec.calibrate().folds();
    if (folds == 1) {
      return Optional.of("calibrate.folds: 1 leaves nothing to fit to; take 2 or more, or 0");
    }
    return folds > 1 && network.fitting().isEmpty()
        ? Optional.of(
            "calibrate.folds is for networks that are fitted in one pass, but network '"
                + spec.model().network().name()
                + "' is trained for epochs; set calibrate.held-out instead")
        : Optional.empty();
  }

  /**
   * Scores all images that were fitted to, and finds thresholds.
   *
   * @param calibration takes the scores
   */
  Calibrated calibrate(TrainingImages images, Calibration calibration) {
    List<TrainingImages> folds = images.folds(spec.calibrate().folds(), spec.train().seed());
    List<Image> probed = Calibration.probed(folds.get(0).calibration().unseen());
    calibration.expect(images.calibration().trained().size() + probed.size());
    for (TrainingImages fold : folds) {
      try (AnomalyNetwork network = services.composer().untrained(spec, parts, device)) {
        new FittingPass(services, spec, device, control)
            .fit(network, fold.cut(services.images(spec)));
        calibration.add(network, fold.calibration().unseen(), false);
        if (fold == folds.get(0)) {
          calibration.measureSpread(network, probed);
        }
      }
    }
    return calibration.thresholds();
  }
}
