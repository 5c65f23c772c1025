/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uniass.api.UniassException;
import uniass.api.checkpoint.Checkpoint;
import uniass.api.checkpoint.Checkpoints;
import uniass.api.checkpoint.ConversionReport;
import uniass.api.checkpoint.TensorData;
import uniass.tensor.Init;
import uniass.tensor.ParameterScope;
import uniass.tensor.ParameterStore;

class PytorchTest {

  @TempDir Path folder;

  private final Checkpoints files = new CheckpointFiles();

  @ParameterizedTest
  @ValueSource(strings = {"training.pth", "training-legacy.pth"})
  void readsEveryTensorOfATrainingCheckpoint(String name) throws IOException {
    Checkpoint read = files.read(fixture(name));
    assertEquals("pytorch", read.format());
    assertEquals(Map.of(), read.metadata());
    JsonObject expected =
        JsonParser.parseString(new String(bytes("expected.json"), StandardCharsets.UTF_8))
            .getAsJsonObject();
    assertEquals(List.copyOf(expected.keySet()), List.copyOf(read.tensors().keySet()));
    for (String tensor : expected.keySet()) {
      assertTensor(tensor, expected.getAsJsonObject(tensor), read.tensors().get(tensor));
    }
    assertEquals(
        List.of(
            "tensors taken from 'state_dict'",
            "ignored: 'epoch, arch, best_metric, size, device, dtype, optimizer, lr'",
            "prefix 'module.' removed"),
        read.notes());
  }

  private static void assertTensor(String name, JsonObject expected, TensorData actual)
      throws BadFileException {
    assertEquals(expected.get("type").getAsString(), actual.type(), name);
    JsonArray shape = expected.getAsJsonArray("shape");
    assertArrayEquals(
        shape.asList().stream().mapToLong(JsonElement::getAsLong).toArray(), actual.shape(), name);
    float[] values = TestTensors.values(actual);
    JsonArray numbers = expected.getAsJsonArray("values");
    assertEquals(numbers.size(), values.length, name);
    for (int i = 0; i < values.length; i++) {
      String number = numbers.get(i).getAsString().replace("inf", "Infinity");
      assertEquals((float) Double.parseDouble(number), values[i], name + " " + i);
    }
  }

  /** The old form converts to the same bytes as the zip form, and tells the same. */
  @Test
  void bothFormsConvertToTheSame() throws IOException {
    for (List<String> forms :
        List.of(
            List.of("plain.pth", "plain-legacy.pth.tar"),
            List.of("training.pth", "training-legacy.pth"))) {
      for (boolean keepAll : List.of(false, true)) {
        Path zip = folder.resolve("zip.safetensors");
        Path old = folder.resolve("old.safetensors");
        ConversionReport ofZip = converted(forms.get(0), zip, keepAll);
        ConversionReport ofOld = converted(forms.get(1), old, keepAll);
        assertEquals(ofZip.names(), ofOld.names());
        assertEquals(ofZip.written(), ofOld.written());
        assertArrayEquals(Files.readAllBytes(zip), Files.readAllBytes(old), forms + " " + keepAll);
        int entries = files.read(fixture(forms.get(1))).tensors().size();
        assertEquals(1, ofOld.names().matched().size());
        assertEquals(
            entries - 1, ofOld.names().unexpected().size() + ofOld.names().ignored().size());
        assertFalse(ofOld.names().unexpected().isEmpty());
        assertEquals(keepAll ? entries : 1, ofOld.written());
        assertEquals(ofOld.written(), files.read(old).tensors().size());
      }
    }
  }

  /** For a network that has the file's first tensor and no other. */
  private ConversionReport converted(String name, Path out, boolean keepAll) throws IOException {
    Path in = fixture(name);
    Map.Entry<String, TensorData> first = files.read(in).tensors().entrySet().iterator().next();
    String[] path = first.getKey().split("\\.");
    try (ParameterStore network = new ParameterStore(NDManager.newBaseManager(), 1)) {
      ParameterScope scope = network.root();
      for (int i = 0; i < path.length - 1; i++) {
        scope = scope.child(path[i]);
      }
      scope.parameter(path[path.length - 1], Init.zeros(), first.getValue().shape());
      return files.convert(in, out, network, Map.of(), keepAll);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain.pth", "plain-legacy.pth.tar"})
  void readsAPlainStateDict(String name) throws IOException {
    Checkpoint read = files.read(fixture(name));
    assertEquals(
        Set.of(
            "conv.weight",
            "conv.bias",
            "bn.weight",
            "bn.bias",
            "bn.running_mean",
            "bn.running_var",
            "bn.num_batches_tracked"),
        read.tensors().keySet());
    assertArrayEquals(new long[] {2, 1, 3, 3}, read.tensors().get("conv.weight").shape());
    assertArrayEquals(new float[] {1, 1}, TestTensors.values(read.tensors().get("bn.running_var")));
  }

  @ParameterizedTest
  @CsvSource({
    "attack.pth, asks for 'posix.system'",
    "attack-legacy.pth, asks for 'posix.system'",
    "namespace.pth, asks for 'argparse.Namespace'",
    "whole-model.pth, asks for 'torch.nn.modules.container.Sequential'",
    "complex.pth, asks for 'torch.ComplexFloatStorage'",
    "script.pt, is a TorchScript program",
    "no-tensors.pth, 'its keys are ''epoch'''",
  })
  void refusesWhatIsNoStateDict(String name, String reason) throws IOException {
    assertRefused(fixture(name), reason);
    assertFalse(Files.exists(Path.of("attacked")), "the attack ran");
  }

  @Test
  void refusesCompressedParts() throws IOException {
    assertRefused(
        rewritten("plain.pth", true, UnaryOperator.identity()), "has the compressed part");
  }

  @Test
  void readsWhatAnotherZipProgramWrote() throws IOException {
    Checkpoint read = files.read(rewritten("plain.pth", false, UnaryOperator.identity()));
    assertEquals(7, read.tensors().size());
  }

  @Test
  void refusesBigEndianFiles() throws IOException {
    UnaryOperator<ZipParts.Part> big =
        part ->
            part.name().endsWith("byteorder")
                ? new ZipParts.Part(part.name(), "big".getBytes(StandardCharsets.US_ASCII))
                : part;
    assertRefused(rewritten("plain.pth", false, big), "big-endian");
  }

  @Test
  void refusesStoragesOfAnotherSize() throws IOException {
    UnaryOperator<ZipParts.Part> shorter =
        part ->
            part.name().endsWith("data/0")
                ? new ZipParts.Part(part.name(), new byte[part.bytes().length - 4])
                : part;
    assertRefused(
        rewritten("plain.pth", false, shorter), "should have 72 bytes of data '0', it has 68");
    UnaryOperator<ZipParts.Part> gone =
        part ->
            part.name().endsWith("data/0") ? new ZipParts.Part("plain/other", part.bytes()) : part;
    assertRefused(rewritten("plain.pth", false, gone), "of data '0', it has none");
  }

  @Test
  void noticesDamagedData() throws IOException {
    byte[] bytes = bytes("plain.pth");
    byte[] one = {0, 0, (byte) 0x80, 0x3f, 0, 0, (byte) 0x80, 0x3f}; // running_var
    int at = indexOf(bytes, one);
    bytes[at] ^= 1;
    assertRefused(Files.write(folder.resolve("damaged.pth"), bytes), "does not have its checksum");
  }

  @Test
  void refusesCutOffFiles() throws IOException {
    for (String name : List.of("training.pth", "training-legacy.pth")) {
      byte[] bytes = bytes(name);
      for (int length = 1; length < bytes.length; length += 97) {
        Path file = Files.write(folder.resolve(name), java.util.Arrays.copyOf(bytes, length));
        assertThrows(UniassException.class, () -> files.read(file), name + " " + length);
      }
    }
  }

  @Test
  void refusesTheTarFormByName() throws IOException {
    byte[] tar = new byte[1024];
    System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
    assertRefused(Files.write(folder.resolve("old.pth.tar"), tar), "before 0.1.10");
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int i = 0; ; i++) {
      if (java.util.Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
  }

  private void assertRefused(Path file, String reason) {
    UniassException e = assertThrows(UniassException.class, () -> files.read(file));
    assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  private Path rewritten(String name, boolean compressed, UnaryOperator<ZipParts.Part> change)
      throws IOException {
    Path file = folder.resolve("rewritten.pth");
    ZipParts.write(file, ZipParts.read(fixture(name)).stream().map(change).toList(), compressed);
    return file;
  }

  private Path fixture(String name) throws IOException {
    return Files.write(folder.resolve(name), bytes(name));
  }

  static byte[] bytes(String name) throws IOException {
    try (InputStream stream = PytorchTest.class.getResourceAsStream(name)) {
      return stream.readAllBytes();
    }
  }
}
