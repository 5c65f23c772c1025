/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.data;

import java.util.Set;

/**
 * What happens to training images, in this order: horizontal flip, vertical flip, rotation by 0,
 * 90, 180 or 270 degrees counter-clockwise (uniform), color jitter. Square images only rotate by
 * quarter turns; others by half turns.
 *
 * @param horizontalFlip categories that are flipped left-right with probability 0.3
 * @param verticalFlip categories that are flipped upside down with probability 0.3
 * @param rotate categories that are rotated
 * @param colorJitter largest relative change of brightness, contrast and saturation, 0 for none
 */
public record Augmentation(
    Set<String> horizontalFlip, Set<String> verticalFlip, Set<String> rotate, double colorJitter) {

  /** No augmentation. */
  public static final Augmentation NONE = new Augmentation(Set.of(), Set.of(), Set.of(), 0);
}
