/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.golden;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/** Reads stored numbers. */
public final class Golden {

  private Golden() {}

  public static <T> T json(String path, Class<T> type) {
    try (InputStream in = open(path)) {
      return new Gson().fromJson(new InputStreamReader(in, StandardCharsets.UTF_8), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static JsonElement json(String path) {
    return json(path, JsonElement.class);
  }

  public static float[] floats(String path) {
    try (InputStream in = open(path)) {
      ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      float[] values = new float[bytes.remaining() / Float.BYTES];
      bytes.asFloatBuffer().get(values);
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String path) throws IOException {
    InputStream in = Golden.class.getResourceAsStream("/" + path + ".gz");
    if (in == null) {
      throw new IllegalStateException("no resource " + path);
    }
    return new GZIPInputStream(in);
  }
}
