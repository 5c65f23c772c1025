/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.metric;

/**
 * Conventions that papers differ in.
 *
 * @param name such as {@code uniass}
 * @param maskThreshold a mask pixel is anomalous if its value (0 to 255) is greater
 * @param sizes what happens where a map and its mask differ in size
 * @param labels what makes an image anomalous
 * @param imageScore how an image's score comes from its map, unless a metric's setting says
 *     otherwise
 * @param dice threshold rule of the metrics {@code dice} and {@code iou}
 */
public record EvaluationProtocol(
    String name,
    int maskThreshold,
    Sizes sizes,
    Labels labels,
    ImageScore imageScore,
    DiceThreshold dice) {

  /** The reference's conventions. */
  public static final EvaluationProtocol UNIASS =
      new EvaluationProtocol(
          "uniass",
          0,
          Sizes.EQUAL,
          Labels.MASK,
          ImageScore.MAX,
          DiceThreshold.PRECISION_RECALL_SUM);

  /** These conventions, with another threshold of masks. */
  public EvaluationProtocol withMaskThreshold(int threshold) {
    return new EvaluationProtocol(name, threshold, sizes, labels, imageScore, dice);
  }

  /** These conventions, with another image score. */
  public EvaluationProtocol withImageScore(ImageScore score) {
    return new EvaluationProtocol(name, maskThreshold, sizes, labels, score, dice);
  }

  /** What happens where a map and its mask differ in size. */
  public enum Sizes {
    /** It is an error. */
    EQUAL,
    /** The map is brought to the mask's size, bilinear with pixel centers aligned. */
    MAP_TO_MASK,
    /** The mask is brought to the map's size, nearest neighbor. */
    MASK_TO_MAP,
    /** The mask is brought to the map's size, antialiased bilinear, and cut at one half. */
    MASK_TO_MAP_SMOOTH
  }

  /** What makes an image anomalous. */
  public enum Labels {
    /** An anomalous pixel in its mask; the data set's label only where no mask is known. */
    MASK,
    /** The data set's label. */
    IMAGE
  }

  /** Where the one threshold of a category's Dice and IoU lies. */
  public enum DiceThreshold {
    /** At the first maximum, by ascending threshold, of precision + recall. */
    PRECISION_RECALL_SUM,
    /** At the maximum of F1. */
    F1_MAX
  }
}
