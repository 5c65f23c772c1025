/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uniass.checkpoint.TestTensors.bytes;
import static uniass.checkpoint.TestTensors.floats;
import static uniass.checkpoint.TestTensors.longs;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uniass.api.UniassException;
import uniass.api.checkpoint.Checkpoint;
import uniass.api.checkpoint.Checkpoints;
import uniass.api.checkpoint.ConversionReport;
import uniass.api.checkpoint.LoadReport;
import uniass.api.checkpoint.TensorData;
import uniass.tensor.Init;
import uniass.tensor.ParameterScope;
import uniass.tensor.ParameterStore;

class SavedParametersTest {

  @TempDir Path folder;

  private final Checkpoints files = new CheckpointFiles();
  private ParameterStore network;
  private ParameterScope backbone;
  private NDArray stem;
  private NDArray weight;

  @BeforeEach
  void aNetwork() {
    network = new ParameterStore(NDManager.newBaseManager(), 1);
    backbone = network.root().child("backbone").frozen();
    stem = backbone.child("_conv_stem").parameter("weight", Init.zeros(), 2, 1, 1, 1);
    backbone.child("_blocks.3._bn1").buffer("running_mean", Init.zeros(), 2);
    weight = network.root().child("head").parameter("weight", Init.ones(), 2, 2);
  }

  @AfterEach
  void close() {
    network.close();
  }

  private static Map<String, TensorData> whole() {
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    tensors.put("backbone._conv_stem.weight", floats(new long[] {2, 1, 1, 1}, 1, 2));
    tensors.put("backbone._blocks.3._bn1.running_mean", floats(new long[] {2}, 3, 4));
    tensors.put("backbone._blocks.3._bn1.num_batches_tracked", longs(new long[] {}, 9));
    tensors.put("backbone._blocks.4._bn1.weight", floats(new long[] {1}, 5));
    tensors.put("backbone._fc.bias", floats(new long[] {1}, 6));
    tensors.put("head.weight", floats(new long[] {2, 2}, 7, 8, 9, 10));
    tensors.put("head.other", floats(new long[] {1}, 11));
    return tensors;
  }

  private static Checkpoint checkpoint(Map<String, TensorData> tensors) {
    return new Checkpoint("safetensors", tensors, Map.of(), List.of());
  }

  @Test
  void loadsIntoTheNetworksOwnTensors() {
    long frozen = backbone.version();
    LoadReport report = files.load(checkpoint(whole()), network, "");
    assertSame(weight, network.get("head.weight").value());
    assertArrayEquals(new float[] {1, 2}, stem.toFloatArray());
    assertArrayEquals(new float[] {7, 8, 9, 10}, weight.toFloatArray());
    assertTrue(weight.hasGradient(), "is still trained");
    assertTrue(backbone.version() > frozen, "tells parts that folded their weights");
    assertEquals(
        List.of(
            "backbone._conv_stem.weight", "backbone._blocks.3._bn1.running_mean", "head.weight"),
        report.matched());
    assertEquals(List.of(), report.missing());
    assertEquals(List.of("head.other"), report.unexpected());
    assertEquals(
        List.of(
            "backbone._blocks.3._bn1.num_batches_tracked",
            "backbone._blocks.4._bn1.weight",
            "backbone._fc.bias"),
        report.ignored());
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.", "net.", "student.model.", "_orig_mod."})
  void removesAPrefixThatAllKeysHave(String prefix) {
    LoadReport report = files.load(checkpoint(behind(prefix, whole())), network, "");
    assertEquals(List.of("prefix '" + prefix + "' removed"), report.notes());
    assertEquals(List.of(), report.missing());
    assertEquals(List.of("head.other"), report.unexpected());
    assertArrayEquals(new float[] {1, 2}, stem.toFloatArray());
  }

  @Test
  void removesThePrefixOfABackboneAlone() {
    Map<String, TensorData> tensors =
        behind("model.", Map.of("_conv_stem.weight", floats(new long[] {2, 1, 1, 1}, 1, 2)));
    LoadReport report = files.load(checkpoint(tensors), network, "backbone.");
    assertEquals(List.of("prefix 'model.' removed"), report.notes());
    assertArrayEquals(new float[] {1, 2}, stem.toFloatArray());
  }

  @Test
  void convertsUnderTheNetworksNames() {
    Path in = folder.resolve("in.safetensors");
    Path out = folder.resolve("out.safetensors");
    files.write(in, behind("model.", whole()), Map.of());
    assertEquals(
        List.of("prefix 'model.' removed"),
        files.convert(in, out, network, Map.of(), false).notes());
    assertEquals(
        List.of(
            "backbone._conv_stem.weight", "backbone._blocks.3._bn1.running_mean", "head.weight"),
        List.copyOf(files.read(out).tensors().keySet()));
  }

  @Test
  void keepsTheKeysOfAnotherNetworkAsTheyAre() {
    LoadReport report =
        files.load(checkpoint(Map.of("model.other", floats(new long[] {1}, 1))), network, "");
    assertEquals(List.of("model.other"), report.unexpected());
    assertEquals(List.of(), report.notes());
  }

  private static Map<String, TensorData> behind(String prefix, Map<String, TensorData> tensors) {
    Map<String, TensorData> renamed = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> renamed.put(prefix + name, tensor));
    return renamed;
  }

  @Test
  void namesWhatIsMissing() {
    LoadReport report =
        files.load(
            checkpoint(Map.of("weight", floats(new long[] {2, 2}, 1, 2, 3, 4))), network, "head.");
    assertEquals(List.of("head.weight"), report.matched());
    assertEquals(
        List.of("backbone._conv_stem.weight", "backbone._blocks.3._bn1.running_mean"),
        report.missing());
  }

  @Test
  void refusesAnotherShapeByNameAndChangesNothing() {
    Map<String, TensorData> tensors = whole();
    tensors.put("head.weight", floats(new long[] {4}, 7, 8, 9, 10));
    UniassException e =
        assertThrows(UniassException.class, () -> files.load(checkpoint(tensors), network, ""));
    assertEquals(
        "the model file has 'head.weight' with shape [4], the network requires [2, 2]; it belongs to"
            + " another configuration",
        e.getMessage());
    assertArrayEquals(new float[] {0, 0}, stem.toFloatArray());
  }

  @Test
  void convertsEveryTypeToSinglePrecision() throws BadFileException {
    assertConverted("F64", new float[] {1.5f, -1 / 3f}, b -> b.putDouble(1.5).putDouble(-1 / 3.0));
    assertConverted(
        "F16",
        new float[] {1.5f, -65504f, 0x1p-24f, Float.NEGATIVE_INFINITY, Float.NaN, 0x1p-14f},
        b ->
            b.putShort((short) 0x3e00)
                .putShort((short) 0xfbff)
                .putShort((short) 1)
                .putShort((short) 0xfc00)
                .putShort((short) 0x7e00)
                .putShort((short) 0x0400));
    assertConverted("BF16", new float[] {-3.140625f}, b -> b.putShort((short) 0xc049));
    assertConverted("I64", new float[] {-5e9f}, b -> b.putLong(-5_000_000_000L));
    assertConverted("U64", new float[] {0x1p64f}, b -> b.putLong(-1));
    assertConverted("I32", new float[] {-7}, b -> b.putInt(-7));
    assertConverted("U32", new float[] {0x1p32f}, b -> b.putInt(-1));
    assertConverted("I16", new float[] {-7}, b -> b.putShort((short) -7));
    assertConverted("U16", new float[] {65535}, b -> b.putShort((short) -1));
    assertConverted("I8", new float[] {-1}, b -> b.put((byte) -1));
    assertConverted("U8", new float[] {255}, b -> b.put((byte) -1));
    assertConverted("BOOL", new float[] {1, 0}, b -> b.put((byte) 1).put((byte) 0));
  }

  private static void assertConverted(
      String type, float[] expected, java.util.function.Consumer<ByteBuffer> content)
      throws BadFileException {
    ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    content.accept(bytes);
    TensorData tensor = new TensorData(type, new long[] {expected.length}, bytes.flip());
    assertArrayEquals(expected, TestTensors.values(tensor), type);
  }

  @Test
  void refusesTypesThatItCannotConvert() {
    TensorData small =
        new TensorData("F8_E4M3", new long[] {2, 2}, bytes(new long[] {4}, 1, 2, 3, 4).data());
    UniassException e =
        assertThrows(
            UniassException.class,
            () -> files.load(checkpoint(Map.of("head.weight", small)), network, ""));
    assertTrue(e.getMessage().contains("of type F8_E4M3"), e.getMessage());
  }

  @Test
  void savesWhatItLoaded() {
    files.load(checkpoint(whole()), network, "");
    Map<String, TensorData> saved = files.save(network);
    Path file = folder.resolve("model.safetensors");
    files.write(file, saved, Map.of());
    weight.set(new float[] {0, 0, 0, 0});
    LoadReport report = files.load(files.read(file), network, "");
    assertEquals(3, report.matched().size());
    assertEquals(List.of(), report.missing());
    assertEquals(List.of(), report.unexpected());
    assertArrayEquals(new float[] {7, 8, 9, 10}, weight.toFloatArray());
  }

  @Test
  void convertsAndLeavesOutWhatIsNeverUsed() {
    Path in = folder.resolve("in.safetensors");
    Path out = folder.resolve("out.safetensors");
    files.write(in, whole(), Map.of("seed", "1", "name", "old"));
    ConversionReport report = files.convert(in, out, network, Map.of("name", "new"), false);
    assertFalse(report.backboneOnly());
    assertEquals(3, report.written());
    assertEquals(List.of("head.other"), report.names().unexpected());
    Checkpoint written = files.read(out);
    assertEquals(
        List.of(
            "backbone._conv_stem.weight", "backbone._blocks.3._bn1.running_mean", "head.weight"),
        List.copyOf(written.tensors().keySet()));
    assertEquals("1", written.metadata().get("seed"));
    assertEquals("new", written.metadata().get("name"));
    assertArrayEquals(new float[] {1, 1, 1, 1}, weight.toFloatArray(), "only the file is read");

    assertEquals(7, files.convert(in, out, network, Map.of(), true).written());
    assertEquals(whole().keySet(), files.read(out).tensors().keySet());
  }

  @Test
  void convertsABackboneAlone() {
    Path in = folder.resolve("in.safetensors");
    Path out = folder.resolve("out.safetensors");
    files.write(
        in,
        Map.of(
            "_conv_stem.weight", floats(new long[] {2, 1, 1, 1}, 1, 2),
            "_fc.bias", floats(new long[] {1}, 1)),
        Map.of());
    ConversionReport report = files.convert(in, out, network, Map.of(), false);
    assertTrue(report.backboneOnly());
    assertEquals(List.of("backbone._conv_stem.weight"), report.names().matched());
    assertEquals(List.of("backbone._blocks.3._bn1.running_mean"), report.names().missing());
    assertEquals(List.of("backbone._fc.bias"), report.names().ignored());
    LoadReport loaded = files.load(files.read(out), network, "backbone.");
    assertEquals(List.of("backbone._conv_stem.weight"), loaded.matched());
    assertArrayEquals(new float[] {1, 2}, stem.toFloatArray());
  }

  @Test
  void convertsNothingThatBelongsToAnotherNetwork() {
    Path in = folder.resolve("in.safetensors");
    Path out = folder.resolve("out.safetensors");
    files.write(in, Map.of("layer1.weight", floats(new long[] {1}, 1)), Map.of());
    UniassException e =
        assertThrows(UniassException.class, () -> files.convert(in, out, network, Map.of(), true));
    assertEquals(
        in + ": has no key of the network; its first key is 'layer1.weight'", e.getMessage());
    files.write(in, Map.of("head.weight", floats(new long[] {1}, 1)), Map.of());
    e = assertThrows(UniassException.class, () -> files.convert(in, out, network, Map.of(), true));
    assertTrue(e.getMessage().contains("'head.weight' with shape [1]"), e.getMessage());
    assertFalse(Files.exists(out));
  }
}
