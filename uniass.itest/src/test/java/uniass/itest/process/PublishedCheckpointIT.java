/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.data.AnomalyMap;
import uniass.io.Npy;
import uniass.model.golden.Fill;
import uniass.model.golden.Golden;

/**
 * {@code ./uniass predict} with a checkpoint of the released layout, against the anomaly maps that
 * the authors' code computes of the same weights and inputs.
 */
class PublishedCheckpointIT {

  private static final int SIZE = 224;

  /** Largest difference of an element; maps are about 1. */
  private static final double PREDICTION = 2e-5;

  @TempDir Path folder;

  @Test
  void predictReproducesTheAuthorsMaps() throws Exception {
    Path checkpoint = folder.resolve("checkpoint.pth.tar");
    write(checkpoint);
    float[] inputs = Fill.scaled("input", 2L * 3 * SIZE * SIZE, 2);
    writeInput(folder.resolve("0.npy"), inputs, 0);
    writeInput(folder.resolve("1.npy"), inputs, 1);
    Launched.start(
            folder,
            Map.of(),
            "predict",
            "--model",
            checkpoint.toString(),
            folder.resolve("0.npy").toString(),
            folder.resolve("1.npy").toString())
        .exits(0);
    float[] expected = Golden.floats("golden/pred.f4");
    for (int k = 0; k < 2; k++) {
      AnomalyMap map = Npy.read(folder.resolve("predictions/maps/%d.npy.npy".formatted(k)));
      assertEquals(SIZE, map.height());
      assertEquals(SIZE, map.width());
      double worst = 0;
      for (int i = 0; i < map.values().length; i++) {
        worst = Math.max(worst, Math.abs(map.values()[i] - expected[k * SIZE * SIZE + i]));
      }
      assertTrue(worst <= PREDICTION, "map " + k + " is off by " + worst);
    }
  }

  /** Every entry of the released network, with the prefix that its training leaves. */
  private static void write(Path file) throws IOException {
    try (PytorchFile pytorch = new PytorchFile(file, 1000)) {
      for (JsonElement element : Golden.json("golden/parameters.json").getAsJsonArray()) {
        JsonArray entry = element.getAsJsonArray();
        String name = entry.get(0).getAsString();
        if (name.endsWith("num_batches_tracked")) {
          pytorch.addCounter("module." + name);
        } else {
          long[] shape = new Gson().fromJson(entry.get(1), long[].class);
          pytorch.add("module." + name, Fill.parameter(name, shape), shape);
        }
      }
    }
  }

  private static void writeInput(Path file, float[] inputs, int k) throws IOException {
    int size = 3 * SIZE * SIZE;
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 224, 224), }";
    String padded = header + " ".repeat(117 - header.length()) + "\n";
    ByteBuffer bytes = ByteBuffer.allocate(128 + size * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) 118);
    bytes.put(padded.getBytes(StandardCharsets.US_ASCII));
    bytes.asFloatBuffer().put(inputs, k * size, size);
    Files.write(file, bytes.array());
  }
}
