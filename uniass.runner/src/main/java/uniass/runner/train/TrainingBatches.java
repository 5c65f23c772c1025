/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import uniass.api.data.Augmentation;
import uniass.api.data.Batch;
import uniass.api.data.DataLoader;
import uniass.api.data.Epoch;
import uniass.api.data.Images;
import uniass.api.data.Normalization;
import uniass.inference.experiment.ExperimentSpec;
import uniass.runner.dataset.DatasetLoader;

/** The batches of a training's epochs. */
final class TrainingBatches {

  private final Images images;
  private final ExperimentSpec spec;
  private final TrainingImages learned;
  private final Normalization normalization;
  private final Augmentation augmentation;

  TrainingBatches(
      Images images, ExperimentSpec spec, TrainingImages learned, Normalization normalization) {
    this.images = images;
    this.spec = spec;
    this.learned = learned;
    this.normalization = normalization;
    this.augmentation = DatasetLoader.augmentation(spec.dataset(), learned.categories());
  }

  /**
   * Opens an epoch.
   *
   * @param epoch epochs completed before it
   * @param done batches of it that are left out, because they are done
   */
  DataLoader open(int epoch, int done) {
    DataLoader batches =
        images.epoch(
            spec.dataset().root(),
            learned.train(),
            spec.dataset().batches(normalization, spec.train().batch(), false),
            new Epoch(epoch, spec.train().seed(), augmentation, spec.dataset().balanced()));
    skip(batches, done);
    return batches;
  }

  private static void skip(DataLoader batches, int count) {
    try {
      for (int i = 0; i < count; i++) {
        Batch batch = batches.next();
        if (batch == null) {
          return;
        }
        batch.close();
      }
    } catch (RuntimeException | Error e) {
      batches.close();
      throw e;
    }
  }
}
