/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.model;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.util.List;
import java.util.Map;
import uniass.api.UniassException;
import uniass.api.metric.ImageScore;

/**
 * How a model's thresholds were found.
 *
 * @param method the name of the threshold method
 * @param imageScore the name of the image score; null in models that are older than the choice
 * @param guarantee what it promises, in a sentence
 * @param heldOut number of normal images that were not trained on
 * @param trained number of normal images that were trained on, too
 * @param spread the largest relative difference of a score between batch sizes that was measured
 * @param common the threshold of all categories on normalized scores; null if there is none
 * @param setAside paths of images set aside as odd, by category
 * @param notes what a user should know of the thresholds, one line each; null in models that are
 *     older than that
 */
public record CalibrationSummary(
    String method,
    String imageScore,
    String guarantee,
    int heldOut,
    int trained,
    double spread,
    Double common,
    Map<String, List<String>> setAside,
    List<String> notes) {

  /** The metadata key. */
  public static final String KEY = "uniass.calibration";

  private static final Gson GSON = new Gson();

  /** How an image's score comes from its map. */
  public ImageScore score() {
    return imageScore == null ? ImageScore.MAX : ImageScore.named(imageScore);
  }

  /** One line of JSON for a model's metadata. */
  public String toJson() {
    return GSON.toJson(this);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws UniassException if the text is not such a line
   */
  public static CalibrationSummary of(String json) {
    try {
      return GSON.fromJson(json, CalibrationSummary.class);
    } catch (JsonParseException e) {
      throw new UniassException("the model's metadata '" + KEY + "' is damaged", e);
    }
  }
}
