/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference;

import java.util.Optional;
import uniass.api.data.ImageFormat;
import uniass.api.data.Normalization;
import uniass.api.data.Tiling;
import uniass.api.inspection.ModelInfo;
import uniass.api.metric.Threshold;
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
    Runnable closing) {}
