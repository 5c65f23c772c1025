/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import java.util.Optional;
import uniass.api.data.Augmentation;
import uniass.api.data.Batch;
import uniass.api.data.BatchOptions;
import uniass.api.data.DataLoader;
import uniass.api.data.Epoch;
import uniass.api.data.Images;
import uniass.api.data.Painting;
import uniass.api.data.SyntheticAnomalies;
import uniass.api.network.AnomalyNetwork;
import uniass.inference.experiment.ExperimentSpec;
import uniass.runner.dataset.DatasetLoader;
import uniass.tensor.Seeds;

/** The batches of a training's epochs. */
final class TrainingBatches {

  private final Images images;
  private final ExperimentSpec spec;
  private final TrainingImages learned;
  private final AnomalyNetwork network;
  private final Optional<SyntheticAnomalies.Generator> painter;
  private final Augmentation augmentation;

  /**
   * Prepares the batches of a network.
   *
   * @param painter paints the twins that the network wants
   */
  TrainingBatches(
      Images images,
      ExperimentSpec spec,
      TrainingImages learned,
      AnomalyNetwork network,
      Optional<SyntheticAnomalies.Generator> painter) {
    this.images = images;
    this.spec = spec;
    this.learned = learned;
    this.network = network;
    this.painter = painter;
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
            options(epoch),
            new Epoch(epoch, spec.train().seed(), augmentation, spec.dataset().balanced()));
    skip(batches, done);
    return batches;
  }

  private BatchOptions options(int epoch) {
    BatchOptions options =
        spec.dataset().batches(network.normalization(), spec.train().batch(), false);
    long seed = Seeds.of(spec.train().seed(), epoch);
    return painter
        .map(generator -> options.with(new Painting(generator, network.paintedShare(), seed)))
        .orElse(options);
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
