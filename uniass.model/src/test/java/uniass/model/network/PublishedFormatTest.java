/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.checkpoint.Checkpoints;
import uniass.api.network.AnomalyNetwork;
import uniass.checkpoint.CheckpointFiles;
import uniass.model.golden.Fill;
import uniass.model.golden.Golden;
import uniass.tensor.Engines;

/**
 * A file of ours by the published description of safetensors and the published names of parameters,
 * without our reader: what any other program will find in it.
 */
class PublishedFormatTest {

  @TempDir Path folder;

  private Path written() {
    Path file = folder.resolve("model.safetensors");
    Checkpoints files = new CheckpointFiles();
    try (AnomalyNetwork network =
        new AssembledNetworks(Engines.load())
            .assemble(new PlanBuilder().build(), Device.cpu(), 1)) {
      Fill.apply(network.parameters());
      files.write(file, files.save(network.parameters()), Map.of("experiment", "{}"));
    }
    return file;
  }

  @Test
  void anyReaderFindsThePublishedNetwork() throws IOException {
    ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(written())).order(ByteOrder.LITTLE_ENDIAN);
    int headerLength = Math.toIntExact(bytes.getLong());
    assertEquals(0, (headerLength + Long.BYTES) % 8, "the values are aligned");
    byte[] text = new byte[headerLength];
    bytes.get(text);
    assertEquals('{', text[0], "the header begins with a brace");
    JsonObject header =
        JsonParser.parseString(new String(text, StandardCharsets.UTF_8)).getAsJsonObject();
    for (Map.Entry<String, JsonElement> entry :
        header.remove("__metadata__").getAsJsonObject().entrySet()) {
      assertTrue(entry.getValue().getAsJsonPrimitive().isString(), "text: " + entry.getKey());
    }

    TreeMap<Long, Long> extents = new TreeMap<>();
    Map<String, String> shapes = new TreeMap<>();
    for (Map.Entry<String, JsonElement> entry : header.entrySet()) {
      JsonObject tensor = entry.getValue().getAsJsonObject();
      assertEquals("F32", tensor.get("dtype").getAsString(), entry.getKey());
      long[] shape = new Gson().fromJson(tensor.get("shape"), long[].class);
      long[] offsets = new Gson().fromJson(tensor.get("data_offsets"), long[].class);
      long size = 1;
      for (long side : shape) {
        size *= side;
      }
      assertEquals(size * Float.BYTES, offsets[1] - offsets[0], "bytes of " + entry.getKey());
      extents.put(offsets[0], offsets[1]);
      shapes.put(entry.getKey(), new Gson().toJson(shape));
      assertValues(bytes, entry.getKey(), Math.toIntExact(8 + headerLength + offsets[0]), shape);
    }
    long end = 0;
    for (Map.Entry<Long, Long> extent : extents.entrySet()) {
      assertEquals(end, extent.getKey(), "tensors follow one another without gaps");
      end = extent.getValue();
    }
    assertEquals(bytes.capacity() - 8L - headerLength, end, "nothing follows the last tensor");
    assertEquals(published(), shapes);
  }

  private static void assertValues(ByteBuffer bytes, String name, int at, long... shape) {
    float[] expected = Fill.parameter(name, shape);
    float[] actual = new float[expected.length];
    bytes
        .slice(at, expected.length * Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(actual);
    assertArrayEquals(expected, actual, name);
  }

  /** The released network's names and shapes, but for blocks and counters that nothing uses. */
  private static Map<String, String> published() {
    Map<String, String> shapes = new TreeMap<>();
    for (JsonElement entry : Golden.json("keys/default.json").getAsJsonArray()) {
      JsonArray fields = entry.getAsJsonArray();
      String name = fields.get(0).getAsString();
      boolean unused =
          name.matches("backbone\\.(_blocks\\.(2[2-9]|3.)\\.|_conv_head|_bn1|_fc).*")
              || name.endsWith("num_batches_tracked");
      if (!unused) {
        shapes.put(name, fields.get(1).toString());
      }
    }
    return shapes;
  }
}
