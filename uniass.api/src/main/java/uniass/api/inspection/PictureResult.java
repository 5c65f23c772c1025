package uniass.api.inspection;

/**
 * What a model finds in a picture.
 *
 * @param name the picture's name
 * @param height height of the map: the model's, or the picture's own when it was tiled
 * @param width width of the map
 * @param map height x width scores, row-major, larger is more anomalous, not normalised
 * @param score the picture's score: the map's maximum
 * @param verdict the judgement, by the model's thresholds
 * @param imageThreshold scores above it are anomalous; NaN without calibration
 * @param pixelThreshold map values above it are anomalous; NaN without calibration
 */
public record PictureResult(
    String name,
    int height,
    int width,
    float[] map,
    double score,
    Verdict verdict,
    double imageThreshold,
    double pixelThreshold) {

  /** Judgements. */
  public enum Verdict {
    /** The score is within what normal pictures show. */
    NORMAL,
    /** The score is above the threshold. */
    ANOMALOUS,
    /** The model has no thresholds. */
    UNDECIDED
  }
}
