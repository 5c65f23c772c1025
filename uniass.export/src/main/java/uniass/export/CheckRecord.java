/* SPDX-License-Identifier: Apache-2.0 */
package uniass.export;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import java.util.List;
import uniass.api.UniassException;
import uniass.api.export.Agreement;
import uniass.api.metric.ImageScore;

/**
 * What a check found, kept in the file's metadata so that it can be repeated without the model.
 *
 * @param height of the first images
 * @param width of the first images
 * @param tolerance the largest deviation allowed, relative to a map's range
 * @param deviation the largest one found
 * @param scoreDeviation of the scores, relative
 * @param results of each image
 */
record CheckRecord(
    int height,
    int width,
    double tolerance,
    double deviation,
    double scoreDeviation,
    List<Result> results) {

  /** The metadata key. */
  static final String KEY = "uniass.check";

  /** Of each map so many pixels are kept, evenly spread. */
  static final int SAMPLES = 1024;

  private static final Gson GSON = new Gson();

  /**
   * What PyTorch computed for an image.
   *
   * @param image its name
   * @param score its score
   * @param range largest minus smallest pixel of the map
   * @param samples some of the map's pixels
   */
  record Result(String image, float score, float range, float[] samples) {

    static Result of(String image, float[] map, ImageScore score) {
      float[] samples = sampled(map);
      float low = Float.POSITIVE_INFINITY;
      float high = Float.NEGATIVE_INFINITY;
      for (float value : map) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
      return new Result(image, (float) score.of(map), high - low, samples);
    }
  }

  static float[] sampled(float[] map) {
    int count = Math.min(SAMPLES, map.length);
    float[] samples = new float[count];
    for (int i = 0; i < count; i++) {
      samples[i] = map[(int) ((long) i * map.length / count)];
    }
    return samples;
  }

  /** The same with other findings. */
  CheckRecord with(double newDeviation, double newScoreDeviation) {
    return new CheckRecord(height, width, tolerance, newDeviation, newScoreDeviation, results);
  }

  Agreement agreement(int opset, long bytes) {
    return new Agreement(results.size(), deviation, tolerance, scoreDeviation, opset, bytes);
  }

  String toJson() {
    return GSON.toJson(this);
  }

  static CheckRecord of(String json) {
    try {
      return GSON.fromJson(json, CheckRecord.class);
    } catch (JsonSyntaxException e) {
      throw new UniassException("the file's metadata '" + KEY + "' is damaged", e);
    }
  }
}
