/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.dataset;

import java.nio.file.Path;
import uniass.api.data.Dataset;
import uniass.api.data.ImageFormat;
import uniass.api.data.Split;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.model.ModelMetadata;
import uniass.inference.plugin.PartsInUse;
import uniass.runner.queue.Services;

/** Replaces {@code depth: auto} of an experiment by a number, which its model then carries. */
public final class ImageDepth {

  private ImageDepth() {}

  /** As many bits as the training images use. */
  public static ExperimentSpec ofTrainingImages(Services services, ExperimentSpec spec) {
    if (!spec.dataset().isDepthAuto()) {
      return spec;
    }
    try (PartsInUse parts = new PartsInUse(services.plugins())) {
      Dataset dataset = DatasetLoader.list(spec.dataset(), parts);
      return spec.withDepth(
          services
              .images()
              .usedBits(dataset.root(), dataset.images(Split.TRAIN), spec.dataset().format()));
    }
  }

  /** As many bits as a model was trained with. */
  public static ExperimentSpec ofModel(Services services, ExperimentSpec spec, Path model) {
    if (!spec.dataset().isDepthAuto()) {
      return spec;
    }
    return spec.withDepth(
        new ModelMetadata(services.checkpoints().metadata(model))
            .experiment()
            .map(own -> services.library().describing(model + " (its experiment)", own))
            .map(own -> own.dataset().format().depth())
            .orElse(ImageFormat.DEFAULT_DEPTH));
  }
}
