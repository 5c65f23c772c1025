package uniass.api.inspection;

/**
 * What a model finds in an image.
 *
 * @param name the image's name
 * @param height height of the map: the model's, or the image's own when it was tiled
 * @param width width of the map
 * @param map height x width scores, row-major, larger is more anomalous, not normalized
 * @param score the image's score: the map's maximum
 * @param verdict the judgment, by the model's thresholds
 * @param threshold a score, or a pixel of the map, of this or more is anomalous; NaN where the
 *     model has no thresholds
 */
public record Prediction(
    String name,
    int height,
    int width,
    float[] map,
    double score,
    Verdict verdict,
    double threshold) {

  /**
   * The score in units of the threshold, so that models and categories can be compared: 0 or more,
   * anomalous from 1 on; NaN where the model has no thresholds.
   */
  public double normalizedScore() {
    return threshold > 0 ? score / threshold : Double.NaN;
  }

  /** The anomalous pixels, 1 each, row-major; null where the model has no thresholds. */
  public byte[] mask() {
    if (Double.isNaN(threshold)) {
      return null;
    }
    byte[] mask = new byte[map.length];
    for (int i = 0; i < map.length; i++) {
      mask[i] = (byte) (map[i] >= threshold ? 1 : 0);
    }
    return mask;
  }

  /** Judgments. */
  public enum Verdict {
    /** The score is below the threshold. */
    NORMAL,
    /** The score reaches the threshold. */
    ANOMALOUS,
    /** The model has no thresholds. */
    UNDECIDED
  }
}
