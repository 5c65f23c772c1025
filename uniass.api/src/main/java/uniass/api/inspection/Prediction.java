/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.inspection;

import java.util.Optional;
import java.util.OptionalDouble;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Mask;

/**
 * What a model finds in an image.
 *
 * @param name the image's name
 * @param map of the model's size, or of the image's own if it was cut into tiles
 * @param score the image's score: the map's maximum, or what else the model was calibrated with
 * @param verdict the judgment, by the model's threshold
 * @param threshold a score, or a pixel of the map, of this or more is anomalous; empty if the model
 *     has no thresholds
 */
public record Prediction(
    String name, AnomalyMap map, double score, Verdict verdict, OptionalDouble threshold) {

  /**
   * The score in units of the threshold, so that models and categories can be compared: 0 or more,
   * anomalous from 1 on; empty if the model has no thresholds.
   */
  public OptionalDouble normalizedScore() {
    return threshold.isPresent() && threshold.getAsDouble() > 0
        ? OptionalDouble.of(score / threshold.getAsDouble())
        : OptionalDouble.empty();
  }

  /**
   * The anomalous pixels: those that reach the threshold, at least one in an anomalous image, none
   * in a normal one; empty if the model has no thresholds.
   */
  public Optional<Mask> mask() {
    if (threshold.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        map.atLeast(
            verdict == Verdict.ANOMALOUS ? threshold.getAsDouble() : Double.POSITIVE_INFINITY));
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
