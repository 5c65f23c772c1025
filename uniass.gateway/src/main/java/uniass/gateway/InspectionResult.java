/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import uniass.api.inspection.Prediction.Verdict;
import uniass.api.metric.ImageScore;

/**
 * What a station found in an image.
 *
 * @param id names the result; later results have larger ids, as texts
 * @param station the station's name
 * @param model the model that judged
 * @param taken when the image arrived
 * @param score the image's score
 * @param imageScore how the score comes from the map, as the model was calibrated
 * @param threshold an image whose score reaches it is anomalous; empty if the model has none
 * @param verdict the judgment
 * @param regions anomalous regions, the largest peak first, at most 100
 * @param imageHeight height of the image, upright
 * @param imageWidth its width
 * @param timings how long it took
 */
public record InspectionResult(
    String id,
    String station,
    ModelVersion model,
    Instant taken,
    double score,
    ImageScore imageScore,
    OptionalDouble threshold,
    Verdict verdict,
    List<Region> regions,
    int imageHeight,
    int imageWidth,
    Timings timings) {

  /** Copies the list. */
  public InspectionResult {
    regions = List.copyOf(regions);
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws com.google.gson.JsonParseException if it is not JSON
   * @throws IllegalStateException if it is not a result
   */
  public static InspectionResult of(String json) {
    return ResultJson.read(json);
  }

  /** The score in units of the threshold; empty if the model has none. */
  public OptionalDouble normalizedScore() {
    return threshold.isPresent() && threshold.getAsDouble() > 0
        ? OptionalDouble.of(score / threshold.getAsDouble())
        : OptionalDouble.empty();
  }

  /** The result as one line of JSON, as the HTTP interface answers it. */
  public String json() {
    return ResultJson.of(this).toString();
  }
}
