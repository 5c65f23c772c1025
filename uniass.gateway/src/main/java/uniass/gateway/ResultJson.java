/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalDouble;
import uniass.api.inspection.Prediction.Verdict;
import uniass.api.metric.ImageScore;

/** Results as JSON. */
final class ResultJson {

  private ResultJson() {}

  static JsonObject of(InspectionResult result) {
    JsonObject json = new JsonObject();
    json.addProperty("id", result.id());
    json.addProperty("station", result.station());
    json.add("model", model(result.model()));
    json.addProperty("time", result.taken().toString());
    json.addProperty("score", result.score());
    json.addProperty("image-score", result.imageScore().key());
    number(json, "threshold", result.threshold());
    number(json, "normalized-score", result.normalizedScore());
    json.addProperty("verdict", result.verdict().name().toLowerCase(Locale.ROOT));
    JsonArray regions = new JsonArray();
    result.regions().forEach(region -> regions.add(region(region)));
    json.add("regions", regions);
    JsonObject image = new JsonObject();
    image.addProperty("width", result.imageWidth());
    image.addProperty("height", result.imageHeight());
    json.add("image", image);
    json.add("timings", timings(result.timings()));
    return json;
  }

  private static void number(JsonObject json, String key, OptionalDouble value) {
    json.add(key, value.isPresent() ? new JsonPrimitive(value.getAsDouble()) : JsonNull.INSTANCE);
  }

  private static JsonObject model(ModelVersion model) {
    JsonObject json = new JsonObject();
    json.addProperty("name", model.name());
    json.addProperty("version", model.version());
    json.addProperty("checksum", model.checksum());
    return json;
  }

  private static JsonObject region(Region region) {
    JsonObject json = new JsonObject();
    json.addProperty("x", region.x());
    json.addProperty("y", region.y());
    json.addProperty("width", region.width());
    json.addProperty("height", region.height());
    json.addProperty("area", region.area());
    json.addProperty("peak", region.peak());
    JsonObject centroid = new JsonObject();
    centroid.addProperty("x", region.centroidX());
    centroid.addProperty("y", region.centroidY());
    json.add("centroid", centroid);
    return json;
  }

  private static JsonObject timings(Timings timings) {
    JsonObject json = new JsonObject();
    milliseconds(json, "queue", timings.queue());
    milliseconds(json, "decode", timings.decode());
    milliseconds(json, "batch", timings.batch());
    milliseconds(json, "network", timings.network());
    milliseconds(json, "total", timings.total());
    return json;
  }

  private static void milliseconds(JsonObject json, String stage, double value) {
    json.addProperty(stage, Math.round(value * 1000) / 1000.0);
  }

  static InspectionResult read(String text) {
    JsonObject json = JsonParser.parseString(text).getAsJsonObject();
    try {
      JsonObject model = json.getAsJsonObject("model");
      JsonObject image = json.getAsJsonObject("image");
      JsonObject timings = json.getAsJsonObject("timings");
      return new InspectionResult(
          json.get("id").getAsString(),
          json.get("station").getAsString(),
          new ModelVersion(
              model.get("name").getAsString(),
              model.get("version").getAsString(),
              model.get("checksum").getAsString()),
          Instant.parse(json.get("time").getAsString()),
          json.get("score").getAsDouble(),
          imageScore(json),
          json.get("threshold").isJsonNull()
              ? OptionalDouble.empty()
              : OptionalDouble.of(json.get("threshold").getAsDouble()),
          Verdict.valueOf(json.get("verdict").getAsString().toUpperCase(Locale.ROOT)),
          json.getAsJsonArray("regions").asList().stream()
              .map(region -> readRegion(region.getAsJsonObject()))
              .toList(),
          image.get("height").getAsInt(),
          image.get("width").getAsInt(),
          new Timings(
              timings.get("queue").getAsDouble(),
              timings.get("decode").getAsDouble(),
              timings.get("batch").getAsDouble(),
              timings.get("network").getAsDouble(),
              timings.get("total").getAsDouble()));
    } catch (NullPointerException | IllegalArgumentException | DateTimeException e) {
      throw new IllegalStateException("not a result: " + text, e);
    }
  }

  /** Results that are older than this key are by the maximum. */
  private static ImageScore imageScore(JsonObject json) {
    return json.has("image-score")
        ? ImageScore.named(json.get("image-score").getAsString())
        : ImageScore.MAX;
  }

  private static Region readRegion(JsonObject json) {
    JsonObject centroid = json.getAsJsonObject("centroid");
    return new Region(
        json.get("x").getAsInt(),
        json.get("y").getAsInt(),
        json.get("width").getAsInt(),
        json.get("height").getAsInt(),
        json.get("area").getAsLong(),
        json.get("peak").getAsDouble(),
        centroid.get("x").getAsDouble(),
        centroid.get("y").getAsDouble());
  }
}
