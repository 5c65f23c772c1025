/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference;

import java.util.Optional;
import java.util.function.Supplier;
import uniass.api.UniassException;
import uniass.api.data.ImageFormat;
import uniass.api.data.Images;
import uniass.api.data.Normalization;
import uniass.api.data.Tiling;
import uniass.api.inspection.InspectionOptions;
import uniass.api.inspection.Inspector;
import uniass.api.inspection.ModelInfo;
import uniass.api.metric.Threshold;
import uniass.inference.experiment.Tiles;
import uniass.inference.model.ModelMetadata;
import uniass.inference.pipeline.Pipeline;

/**
 * A model that an engine has opened.
 *
 * @param info what it is
 * @param metadata what its file says of itself
 * @param format how images are decoded
 * @param wholeFormat how images that are not cut are decoded, with the network's size
 * @param tiling how images are cut as in training; empty for whole images
 * @param normalization of the network's input
 * @param threshold decides; empty if the model has none
 * @param network computes maps; several threads may call it at once
 * @param closing frees the model
 */
public record OpenModel(
    ModelInfo info,
    ModelMetadata metadata,
    ImageFormat format,
    ImageFormat wholeFormat,
    Optional<Tiling> tiling,
    Normalization normalization,
    Optional<Threshold> threshold,
    Pipeline.Network network,
    Runnable closing) {

  /**
   * Opens a model and inspects images with it; closing the inspector closes the model.
   *
   * @param opening opens it, when the options are known to be good
   */
  public static Inspector inspector(
      Images images, InspectionOptions options, Supplier<OpenModel> opening) {
    check(options);
    OpenModel model = opening.get();
    try {
      return new ModelInspector(images, model, options);
    } catch (RuntimeException e) {
      model.closing().run();
      throw e;
    }
  }

  private static void check(InspectionOptions options) {
    if (options.batch() < 1) {
      throw new UniassException("batch size must be at least 1, got " + options.batch());
    }
    Optional<Tiling> tiles = options.tiles();
    tiles
        .flatMap(tiling -> Tiles.wrong(tiling.size(), tiling.overlap()))
        .ifPresent(
            wrong -> {
              throw new UniassException(wrong);
            });
  }
}
