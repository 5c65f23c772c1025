/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.score;

import java.util.List;
import uniass.api.UniassException;
import uniass.api.data.Dataset;
import uniass.api.data.Image;
import uniass.api.data.Label;
import uniass.api.data.Split;
import uniass.api.metric.Metric;
import uniass.api.plugin.Configured;
import uniass.inference.experiment.PartSpec;
import uniass.inference.model.Composer;
import uniass.inference.plugin.PartsInUse;

/**
 * Test images, and what is computed of their anomaly maps.
 *
 * @param images with known labels
 * @param metrics that are taken for as long as a run lasts
 */
public record TestSet(List<Image> images, List<Configured<Metric>> metrics) {

  /** Takes metrics for as long as a run lasts. */
  public static List<Configured<Metric>> metrics(PartsInUse parts, List<PartSpec> specs) {
    return specs.stream().map(s -> Composer.take(parts, s, Metric.class)).toList();
  }

  /**
   * The images of an evaluation: those of the test split whose label is known.
   *
   * @throws UniassException if there are none
   */
  public static List<Image> images(Dataset dataset) {
    List<Image> images =
        dataset.images(Split.TEST).stream().filter(p -> p.label() != Label.UNKNOWN).toList();
    if (images.isEmpty()) {
      throw new UniassException(
          dataset.root()
              + " has no test images with known labels, so nothing can be evaluated; add images to"
              + " its test folders, or look at single ones with 'predict'");
    }
    return images;
  }
}
