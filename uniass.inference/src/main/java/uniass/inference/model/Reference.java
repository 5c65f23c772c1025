/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.model;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import uniass.api.UniassException;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Pixels;

/**
 * A small image that a model carries, with a part of the map that its network computed for it when
 * it was trained.
 *
 * @param image the image, in a size of its own
 * @param height height of the map
 * @param width its width
 * @param values of every so many-th row and column of the map, and its maximum at the end
 */
public record Reference(Pixels image, int height, int width, float[] values) {

  /** Height and width of the image. */
  public static final int SIDE = 64;

  /** The metadata key. */
  public static final String KEY = "uniass.self-test";

  private static final int MOST_ROWS = 32;

  private static final Gson GSON = new Gson();

  private record Text(
      int height, int width, String rgb, int mapHeight, int mapWidth, String values) {}

  /** Keeps what a network found in an image. */
  public static Reference of(Pixels image, AnomalyMap map) {
    return new Reference(image, map.height(), map.width(), some(map));
  }

  private static float[] some(AnomalyMap map) {
    int step = (Math.max(map.height(), map.width()) + MOST_ROWS - 1) / MOST_ROWS;
    int rows = (map.height() + step - 1) / step;
    int columns = (map.width() + step - 1) / step;
    float[] values = new float[rows * columns + 1];
    for (int i = 0; i < rows * columns; i++) {
      values[i] = map.at(i / columns * step, i % columns * step);
    }
    values[rows * columns] = map.max();
    return values;
  }

  /** The largest difference to another map, as a share of the recorded map's maximum. */
  public double difference(AnomalyMap map) {
    float[] now = some(map);
    double scale = Math.abs(values[values.length - 1]);
    if (now.length != values.length) {
      return Double.POSITIVE_INFINITY;
    }
    double largest = 0;
    for (int i = 0; i < now.length; i++) {
      double difference = Math.abs(now[i] - values[i]);
      largest = Math.max(largest, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
    }
    return largest == 0 ? 0 : largest / scale;
  }

  /** One line of JSON for a model's metadata. */
  public static String json(List<Reference> references) {
    return GSON.toJson(references.stream().map(Reference::text).toList());
  }

  private static Text text(Reference reference) {
    ByteBuffer floats =
        ByteBuffer.allocate(Float.BYTES * reference.values.length).order(ByteOrder.LITTLE_ENDIAN);
    floats.asFloatBuffer().put(reference.values);
    Base64.Encoder base64 = Base64.getEncoder();
    return new Text(
        reference.image.height(),
        reference.image.width(),
        base64.encodeToString(reference.image.rgb()),
        reference.height,
        reference.width,
        base64.encodeToString(floats.array()));
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws UniassException if the text is not such a line
   */
  static List<Reference> read(String json) {
    try {
      return GSON.fromJson(json, new TypeToken<List<Text>>() {}).stream()
          .map(Reference::of)
          .toList();
    } catch (JsonParseException | IllegalArgumentException | NullPointerException e) {
      throw new UniassException("the model's metadata '" + KEY + "' is damaged", e);
    }
  }

  private static Reference of(Text text) {
    byte[] rgb = Base64.getDecoder().decode(text.rgb());
    byte[] bytes = Base64.getDecoder().decode(text.values());
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    if (rgb.length != 3L * text.height() * text.width() || rgb.length == 0 || values.length < 2) {
      throw new IllegalArgumentException("sizes differ");
    }
    return new Reference(
        new Pixels(text.height(), text.width(), rgb), text.mapHeight(), text.mapWidth(), values);
  }
}
