/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.inspection;

import java.util.Set;

/**
 * What the normal images of a category were like when the model was trained, so that one can notice
 * that images at the line have become different. The arrays are shared and not to be changed.
 *
 * @param scores of images that thresholds were found from, ascending; of more than 200 images, as
 *     many quantiles
 * @param unseen whether the model was not trained on those images; scores of others are lower
 * @param brightness of some of the images, see {@link ImageStatistics}, ascending
 * @param sharpness of the same images, ascending
 * @param sizes widths and heights in pixels, as {@code 1280x960}
 */
public record NormalImages(
    double[] scores, boolean unseen, double[] brightness, double[] sharpness, Set<String> sizes) {

  /** Copies the set. */
  public NormalImages {
    sizes = Set.copyOf(sizes);
  }
}
