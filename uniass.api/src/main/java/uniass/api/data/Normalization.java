/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.data;

import java.util.List;

/**
 * How pixel values in [0,1] become a backbone's input: (value - mean) / deviation per channel, RGB.
 * It belongs to the weights: the ones that were trained with it need it.
 */
public record Normalization(List<Double> mean, List<Double> deviation) {

  /** ImageNet's statistics. */
  public static final Normalization IMAGENET =
      new Normalization(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

  /** Checks for three channels. */
  public Normalization {
    if (mean.size() != 3 || deviation.size() != 3) {
      throw new IllegalArgumentException("a normalization has three means and three deviations");
    }
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
  }
}
