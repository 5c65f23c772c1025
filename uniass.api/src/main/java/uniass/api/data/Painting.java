/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.data;

/**
 * Asks a data loader for images with synthetic defects beside the images themselves.
 *
 * @param generator paints them
 * @param share how many of a batch's images get a painted twin, the first ones: above 0, at most 1;
 *     one image at least
 * @param seed decides, with an image's place in the order, what is painted on it
 */
public record Painting(SyntheticAnomalies.Generator generator, double share, long seed) {

  /** Checks the share. */
  public Painting {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("a share of " + share);
    }
  }

  /** How many of so many images get a twin. */
  public int twins(int images) {
    return (int) Math.ceil(share * images);
  }
}
