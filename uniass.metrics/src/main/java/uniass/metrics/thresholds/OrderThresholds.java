package uniass.metrics.thresholds;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Component;
import uniass.api.UniassException;
import uniass.api.metric.LineThresholds;

/**
 * Thresholds from order statistics. The share of images above the (k + 1)-th highest of n scores
 * is, whatever the distribution, at most Beta(k + 1, n - k) distributed; its quantile is the
 * Clopper-Pearson bound for k alarms in n images. The largest k whose bound is within the rate
 * wanted gives the smallest threshold.
 */
@Component
public final class OrderThresholds implements LineThresholds {

  @Override
  public Threshold fit(double[] scores, double falseAlarmRate, double confidence) {
    check(scores, falseAlarmRate, confidence);
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    int allowed = Binomial.most(n, falseAlarmRate, 1 - confidence);
    boolean supported = allowed >= 0;
    int above = Math.max(0, allowed);
    // The next float, so that a threshold kept as a float still lies above the score.
    double value = Math.nextUp((float) sorted[n - 1 - above]);
    int alarms = (int) Arrays.stream(sorted).filter(s -> s >= value).count();
    double needed = Math.ceil(Math.log(1 - confidence) / Math.log1p(-falseAlarmRate));
    return new Threshold(
        value,
        falseAlarmRate,
        confidence,
        n,
        alarms,
        Binomial.upperBound(above, n, confidence),
        supported,
        (int) Math.min(Integer.MAX_VALUE, needed));
  }

  private static void check(double[] scores, double falseAlarmRate, double confidence) {
    if (scores.length == 0) {
      throw new UniassException("a threshold needs scores of normal images; there are none");
    }
    if (!Arrays.stream(scores).allMatch(Double::isFinite)) {
      throw new UniassException("a threshold needs finite scores");
    }
    if (!(falseAlarmRate > 0 && falseAlarmRate < 1)) {
      throw new UniassException(
          "false-alarm rate " + falseAlarmRate + " is not between 0 and 1; 0.01 is usual");
    }
    if (!(confidence > 0 && confidence < 1)) {
      throw new UniassException(
          "confidence " + confidence + " is not between 0 and 1; 0.95 is usual");
    }
  }

  @Override
  public String toJson(Map<String, Threshold> thresholds) {
    JsonObject all = new JsonObject();
    new TreeMap<>(thresholds)
        .forEach(
            (name, t) -> {
              JsonObject one = new JsonObject();
              one.addProperty("value", t.value());
              one.addProperty("false-alarm-rate", t.falseAlarmRate());
              one.addProperty("confidence", t.confidence());
              one.addProperty("images", t.images());
              one.addProperty("alarms", t.alarms());
              one.addProperty("upper-bound", t.upperBound());
              one.addProperty("supported", t.supported());
              one.addProperty("needed", t.needed());
              all.add(name, one);
            });
    return all.toString();
  }

  @Override
  public Map<String, Threshold> fromJson(String json) {
    try {
      Map<String, Threshold> thresholds = new TreeMap<>();
      for (var entry : JsonParser.parseString(json).getAsJsonObject().entrySet()) {
        JsonObject one = entry.getValue().getAsJsonObject();
        thresholds.put(
            entry.getKey(),
            new Threshold(
                one.get("value").getAsDouble(),
                one.get("false-alarm-rate").getAsDouble(),
                one.get("confidence").getAsDouble(),
                one.get(one.has("images") ? "images" : "pictures").getAsInt(), // as once written
                one.get("alarms").getAsInt(),
                one.get("upper-bound").getAsDouble(),
                one.get("supported").getAsBoolean(),
                one.get("needed").getAsInt()));
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
}
