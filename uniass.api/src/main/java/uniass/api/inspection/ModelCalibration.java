/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.inspection;

import java.util.Map;
import uniass.api.metric.ImageScore;
import uniass.api.metric.Threshold;

/**
 * What a model says of its thresholds and of the images that they were found from.
 *
 * @param method the name of the method that found them; empty if the model does not say
 * @param imageScore how an image's score comes from its map
 * @param thresholds by category, with {@link uniass.api.metric.ThresholdCalibrator#ALL} for the
 *     common one; empty if the model has none
 * @param normal what normal images were like, by category and for all together; empty for models
 *     that do not say
 */
public record ModelCalibration(
    String method,
    ImageScore imageScore,
    Map<String, Threshold> thresholds,
    Map<String, NormalImages> normal) {

  /** Copies the maps. */
  public ModelCalibration {
    thresholds = Map.copyOf(thresholds);
    normal = Map.copyOf(normal);
  }
}
