/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import java.util.List;
import java.util.Optional;
import uniass.api.data.Batch;
import uniass.api.data.DataLoader;
import uniass.api.data.Image;
import uniass.api.data.Images;
import uniass.inference.experiment.ExperimentSpec;
import uniass.runner.queue.RunControl;

/** The loss of normal images that the network does not learn from. */
final class HeldOutLoss {

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
