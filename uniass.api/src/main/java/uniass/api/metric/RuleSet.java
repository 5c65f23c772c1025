package uniass.api.metric;

/**
 * Conventions that papers differ in.
 *
 * @param name such as {@code uniass}
 * @param maskThreshold a mask pixel is anomalous if its value (0 to 255) is greater
 * @param resizeMaps whether maps of another size are brought to the mask's size (bilinear), rather
 *     than refused
 * @param evaluationSize height and width that maps and masks are brought to, or 0 for the masks'
 *     own
 * @param imageScore how a picture's score comes from its map: max, std, mean, top-1-percent
 * @param dice threshold rule of Dice and IoU: precision-recall-sum or f1-max
 */
public record RuleSet(
    String name,
    int maskThreshold,
    boolean resizeMaps,
    int evaluationSize,
    String imageScore,
    String dice) {

  /** The reference's conventions. */
  public static final RuleSet UNIASS =
      new RuleSet("uniass", 0, false, 0, "max", "precision-recall-sum");
}
