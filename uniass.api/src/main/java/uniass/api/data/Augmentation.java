package uniass.api.data;

import java.util.Set;

/**
 * What happens to training pictures, in this order: horizontal flip, vertical flip, rotation by 0,
 * 90, 180 or 270 degrees counter-clockwise (uniform), colour jitter. Square pictures only rotate by
 * quarter turns; others by half turns.
 *
 * @param horizontalFlip categories that are flipped left-right with probability 0.3
 * @param verticalFlip categories that are flipped upside down with probability 0.3
 * @param rotate categories that are rotated
 * @param colourJitter largest relative change of brightness, contrast and saturation, 0 for none
 */
public record Augmentation(
    Set<String> horizontalFlip, Set<String> verticalFlip, Set<String> rotate, double colourJitter) {

  /** No augmentation. */
  public static final Augmentation NONE = new Augmentation(Set.of(), Set.of(), Set.of(), 0);
}
