/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import ai.djl.Device;
import java.util.List;
import java.util.Optional;
import uniass.api.UniassException;
import uniass.api.data.Batch;
import uniass.api.data.DataLoader;
import uniass.api.data.Image;
import uniass.api.data.Images;
import uniass.api.network.AnomalyNetwork;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.plugin.PartsInUse;
import uniass.runner.queue.RunControl;
import uniass.runner.queue.Services;

/** The loss of normal images that the network does not learn from. */
public final class HeldOutLoss {

  private final Images images;
  private final ExperimentSpec spec;
  private final List<Image> heldOut;
  private final TrainStep step;
  private final RunControl control;

  HeldOutLoss(
      Images images, ExperimentSpec spec, List<Image> heldOut, TrainStep step, RunControl control) {
    this.images = images;
    this.spec = spec;
    this.heldOut = heldOut;
    this.step = step;
    this.control = control;
  }

  /**
   * The normal images that a training holds out.
   *
   * @throws UniassException if a loss cannot be measured by them
   */
  static List<Image> images(
      Services services, ExperimentSpec spec, TrainingImages images, AnomalyNetwork network) {
    if (network.fitting().isPresent()) {
      throw new UniassException(
          "network '%s' is fitted in one pass, so it has no loss that falls from epoch to epoch"
              .formatted(spec.model().network().name()));
    }
    List<Image> normal = services.images(spec).parts(images.calibration().unseen());
    if (normal.isEmpty()) {
      throw new UniassException(
          "no normal images are held out; give each category at least 20 training images, or the"
              + " data set validation images, or set train.select: normal-split");
    }
    return normal;
  }

  /** Counts these images; trains nothing. */
  public static int count(Services services, ExperimentSpec spec) {
    try (PartsInUse parts = new PartsInUse(services.plugins());
        AnomalyNetwork network = services.composer().untrained(spec, parts, Device.cpu())) {
      return images(services, spec, TrainingImages.read(services, spec, parts), network).size();
    }
  }

  /**
   * Computes the mean over the images.
   *
   * @return nothing if no image is held out
   */
  Optional<Double> mean() {
    if (heldOut.isEmpty()) {
      return Optional.empty();
    }
    double sum = 0;
    int count = 0;
    try (DataLoader batches =
        images.sequence(
            spec.dataset().root(),
            heldOut,
            spec.dataset()
                .batches(step.network().normalization(), spec.evaluate().batch(), false))) {
      while (true) {
        try (Batch batch = batches.next()) {
          if (batch == null) {
            return Optional.of(sum / count);
          }
          control.refuseIfStopped();
          sum += step.loss(batch) * batch.size();
          count += batch.size();
        }
      }
    }
  }
}
