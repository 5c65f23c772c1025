/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.inspection;

import java.util.List;
import java.util.Map;

/**
 * What a model is.
 *
 * @param experiment name of the experiment that trained it
 * @param yaml the settings of its network
 * @param imageHeight height of its input, and of the maps of images that are not cut into tiles
 * @param imageWidth width of them
 * @param categories what it was trained on; empty if unknown
 * @param calibrated whether it carries thresholds, so that it can give verdicts
 * @param thresholds the score from which on an image is anomalous, by category; that of {@link
 *     uniass.api.metric.ThresholdCalibrator#ALL} is common to all. Empty if the model is not
 *     calibrated
 * @param device where it computes
 * @param notes what loading found, one line each
 */
public record ModelInfo(
    String experiment,
    String yaml,
    int imageHeight,
    int imageWidth,
    List<String> categories,
    boolean calibrated,
    Map<String, Double> thresholds,
    String device,
    List<String> notes) {

  /** Copies lists and map. */
  public ModelInfo {
    categories = List.copyOf(categories);
    thresholds = Map.copyOf(thresholds);
    notes = List.copyOf(notes);
  }
}
