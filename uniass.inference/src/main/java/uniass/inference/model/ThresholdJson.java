/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.model;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import uniass.api.UniassException;
import uniass.api.metric.Threshold;

/** Thresholds by category as one line of JSON in a model's metadata. */
public final class ThresholdJson {

  /** The metadata key. */
  public static final String KEY = "uniass.thresholds";

  private static final String LOCATION = "location";
  private static final String SCALE = "scale";
  private static final String AT_RATES = "at-rates";

  private ThresholdJson() {}

  /** Writes thresholds. */
  public static String of(Map<String, Threshold> thresholds) {
    JsonObject all = new JsonObject();
    new TreeMap<>(thresholds).forEach((name, threshold) -> all.add(name, json(threshold)));
    return all.toString();
  }

  private static JsonObject json(Threshold t) {
    JsonObject one = new JsonObject();
    one.addProperty("value", t.value());
    one.addProperty("false-alarm-rate", t.falseAlarmRate());
    one.addProperty("confidence", t.confidence());
    one.addProperty("images", t.images());
    one.addProperty("alarms", t.alarms());
    one.addProperty("upper-bound", t.upperBound());
    one.addProperty("supported", t.supported());
    one.addProperty("needed", t.needed());
    if (!Double.isNaN(t.location())) {
      one.addProperty(LOCATION, t.location());
      one.addProperty(SCALE, t.scale());
    }
    if (!t.atRates().isEmpty()) {
      JsonObject rates = new JsonObject();
      t.atRates().forEach((rate, value) -> rates.addProperty(rate.toString(), value));
      one.add(AT_RATES, rates);
    }
    return one;
  }

  /**
   * Reads what {@link #of} wrote, now or in an earlier version.
   *
   * @throws UniassException if the text is not such a line
   */
  public static Map<String, Threshold> thresholds(String json) {
    try {
      Map<String, Threshold> thresholds = new TreeMap<>();
      for (var entry : JsonParser.parseString(json).getAsJsonObject().entrySet()) {
        thresholds.put(entry.getKey(), threshold(entry.getValue().getAsJsonObject()));
      }
      return thresholds;
    } catch (JsonParseException
        | IllegalStateException
        | NullPointerException
        | UnsupportedOperationException
        | NumberFormatException e) {
      throw new UniassException(
          "the model's thresholds are damaged; compute them again from normal images", e);
    }
  }

  private static Threshold threshold(JsonObject one) {
    SortedMap<Double, Double> atRates = new TreeMap<>();
    if (one.has(AT_RATES)) {
      one.getAsJsonObject(AT_RATES)
          .entrySet()
          .forEach(e -> atRates.put(Double.valueOf(e.getKey()), e.getValue().getAsDouble()));
    }
    return new Threshold(
        one.get("value").getAsDouble(),
        one.get("false-alarm-rate").getAsDouble(),
        one.get("confidence").getAsDouble(),
        one.get(one.has("images") ? "images" : "pictures").getAsInt(), // as once written
        one.get("alarms").getAsInt(),
        one.get("upper-bound").getAsDouble(),
        one.get("supported").getAsBoolean(),
        one.get("needed").getAsInt(),
        one.has(LOCATION) ? one.get(LOCATION).getAsDouble() : Double.NaN,
        one.has(SCALE) ? one.get(SCALE).getAsDouble() : Double.NaN,
        atRates);
  }
}
