/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import java.util.List;
import java.util.Map;
import uniass.api.data.Normalization;
import uniass.inference.model.ModelMetadata;
import uniass.runner.history.History;

/**
 * What a training's model files say about themselves.
 *
 * @param experiment the portable YAML
 * @param categories that are trained
 * @param normalization of the images
 */
record ModelDescription(String experiment, List<String> categories, Normalization normalization) {

  /**
   * The metadata of a file.
   *
   * @param selected how its state was chosen, in words
   * @param rows of {@code history.csv}
   */
  Map<String, String> metadata(String selected, List<Map<String, Double>> rows) {
    return ModelMetadata.of(experiment, categories, normalization, selected, History.csv(rows));
  }
}
