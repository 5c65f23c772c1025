/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.model;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import uniass.api.UniassException;
import uniass.api.inspection.NormalImages;
import uniass.api.metric.ThresholdCalibrator;

/** What normal images were like, by category, as one line of JSON in a model's metadata. */
public final class NormalJson {

  /** The metadata key. */
  public static final String KEY = "uniass.normal";

  /** So many scores of a category are kept, or quantiles of them. */
  private static final int MOST = 200;

  private static final Gson GSON = new Gson();

  private NormalJson() {}

  private record Text(
      float[] scores,
      boolean unseen,
      float[] brightness,
      float[] sharpness,
      TreeSet<String> sizes) {}

  /** Writes what is known of the categories. */
  public static String of(Map<String, NormalImages> categories) {
    Map<String, Text> texts = new TreeMap<>();
    categories.forEach(
        (name, normal) ->
            texts.put(
                name,
                new Text(
                    floats(quantiles(normal.scores())),
                    normal.unseen(),
                    floats(normal.brightness()),
                    floats(normal.sharpness()),
                    new TreeSet<>(normal.sizes()))));
    return GSON.toJson(texts);
  }

  private static double[] quantiles(double[] sorted) {
    if (sorted.length <= MOST) {
      return sorted;
    }
    double[] some = new double[MOST];
    Arrays.setAll(some, i -> sorted[(int) ((i + 0.5) * sorted.length / MOST)]);
    return some;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  /**
   * Reads what {@link #of} wrote, and adds what holds for all categories together.
   *
   * @throws UniassException if the text is not such a line
   */
  static Map<String, NormalImages> read(String json) {
    try {
      Map<String, NormalImages> all = new TreeMap<>();
      GSON.fromJson(json, new TypeToken<Map<String, Text>>() {})
          .forEach(
              (name, text) ->
                  all.put(
                      name,
                      new NormalImages(
                          doubles(text.scores()),
                          text.unseen(),
                          doubles(text.brightness()),
                          doubles(text.sharpness()),
                          text.sizes())));
      if (!all.isEmpty()) {
        all.put(ThresholdCalibrator.ALL, together(all.values()));
      }
      return all;
    } catch (JsonParseException | NullPointerException e) {
      throw new UniassException("the model's metadata '" + KEY + "' is damaged", e);
    }
  }

  private static NormalImages together(Collection<NormalImages> all) {
    return new NormalImages(
        merged(all, NormalImages::scores),
        all.stream().allMatch(NormalImages::unseen),
        merged(all, NormalImages::brightness),
        merged(all, NormalImages::sharpness),
        all.stream().flatMap(n -> n.sizes().stream()).collect(Collectors.toSet()));
  }

  private static double[] merged(
      Collection<NormalImages> all, Function<NormalImages, double[]> values) {
    return all.stream().map(values).flatMapToDouble(Arrays::stream).sorted().toArray();
  }
}
