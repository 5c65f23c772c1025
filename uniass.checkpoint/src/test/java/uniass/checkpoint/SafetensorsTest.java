/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uniass.checkpoint.TestTensors.bytes;
import static uniass.checkpoint.TestTensors.floats;
import static uniass.checkpoint.TestTensors.longs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uniass.api.UniassException;
import uniass.api.checkpoint.Checkpoint;
import uniass.api.checkpoint.Checkpoints;
import uniass.api.checkpoint.TensorData;

class SafetensorsTest {

  /** SHA-256 of 1.0f and 2.0f, little-endian, as Python's hashlib has it. */
  private static final String SHA_OF_ONE_TWO =
      "b9c80b5adeca450753a16950c3cc655d271f7bef7a485bc83f112b72fef21d37";

  @TempDir Path folder;

  private final Checkpoints files = new CheckpointFiles();

  @Test
  void writesTheLayoutThatTheFormatAsksFor() throws IOException {
    Path file = folder.resolve("m.safetensors");
    files.write(
        file, Map.of("a.weight", floats(new long[] {2}, 1, 2)), Map.of("categories", "nut"));

    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) bytes.getLong();
    byte[] json = new byte[length];
    bytes.get(json);
    assertEquals(0, length % 8, "data are aligned");
    assertEquals(
        "{\"__metadata__\":{\"categories\":\"nut\",\"format\":\"pt\",\"uniass.format\":\"1\","
            + "\"uniass.sha256\":\""
            + SHA_OF_ONE_TWO
            + "\"},"
            + "\"a.weight\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        new String(json, StandardCharsets.UTF_8).stripTrailing());
    assertEquals(1f, bytes.getFloat());
    assertEquals(2f, bytes.getFloat());
    assertFalse(bytes.hasRemaining());
  }

  @Test
  void readsBackWhatItWrote() {
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    tensors.put("bytes", bytes(new long[] {3}, 1, 2, 255));
    tensors.put("scalar", longs(new long[] {}, -7));
    tensors.put("matrix", floats(new long[] {2, 2}, 1, 2, 3, Float.NaN));
    tensors.put("nothing", floats(new long[] {0, 5}));
    Path file = folder.resolve("m.safetensors");
    files.write(file, tensors, Map.of("experiment", "line 1\nline \"2\" \u00e4"));

    Checkpoint read = files.read(file);
    assertEquals("safetensors", read.format());
    assertEquals(tensors.keySet(), read.tensors().keySet());
    tensors.forEach(
        (name, tensor) -> {
          TensorData other = read.tensors().get(name);
          assertEquals(tensor.type(), other.type());
          assertArrayEquals(tensor.shape(), other.shape());
          assertEquals(tensor.data(), other.data(), name);
        });
    assertEquals("line 1\nline \"2\" \u00e4", read.metadata().get("experiment"));
    assertEquals(read.metadata(), files.metadata(file));
  }

  @Test
  void equalContentGivesEqualBytes() throws IOException {
    Path one = folder.resolve("1.safetensors");
    Path two = folder.resolve("2.safetensors");
    Map<String, TensorData> tensors = Map.of("a", floats(new long[] {1}, 1));
    Map<String, String> forwards = new LinkedHashMap<>();
    Map<String, String> backwards = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      forwards.put("key" + i, "value" + i);
      backwards.put("key" + (19 - i), "value" + (19 - i));
    }
    files.write(one, tensors, forwards);
    files.write(two, tensors, backwards);
    assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(two));
  }

  @Test
  void noticesDamagedData() throws IOException {
    Path file = folder.resolve("m.safetensors");
    files.write(file, Map.of("a", floats(new long[] {2}, 1, 2)), Map.of());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    assertRefused(file, "is damaged");
  }

  @Test
  void refusesANewerFormatByName() throws IOException {
    Path file = folder.resolve("m.safetensors");
    Files.write(file, file("{\"__metadata__\":{\"uniass.format\":\"2\"}}", 0));
    assertRefused(file, "has format version 2, this release reads up to 1; use a newer release");
    UniassException e = assertThrows(UniassException.class, () -> files.metadata(file));
    assertTrue(e.getMessage().contains("format version 2"));
  }

  @Test
  void takesFilesOfOtherProgramsWithoutOurMetadata() throws IOException {
    Path file = folder.resolve("m.safetensors");
    Files.write(
        file,
        file(
            "{\"module.b\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[4,6]},"
                + "\"module.a\":{\"dtype\":\"I32\",\"shape\":[],\"data_offsets\":[0,4]}}",
            6));
    Checkpoint read = files.read(file);
    assertEquals(List.of("a", "b"), List.copyOf(read.tensors().keySet()));
    assertEquals(List.of("prefix 'module.' removed"), read.notes());
  }

  @Test
  void aModelMayBeLargerThanTheHeap() throws IOException {
    long length = 1 << 30;
    long count = Runtime.getRuntime().maxMemory() / length + 1;
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < count; i++) {
      json.append(i == 0 ? "" : ",")
          .append("\"t%d\":{\"dtype\":\"F32\",\"shape\":[%d],".formatted(i, length / 4))
          .append("\"data_offsets\":[%d,%d]}".formatted(i * length, (i + 1) * length));
    }
    byte[] header = json.append("}").toString().getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve("large.safetensors");
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(8 + header.length + count * length); // sparse: takes no space on the disk
      out.writeLong(Long.reverseBytes(header.length));
      out.write(header);
      out.seek(out.length() - 4);
      out.writeInt(Integer.reverseBytes(Float.floatToIntBits(2.5f)));
    }
    Checkpoint checkpoint = files.read(file);
    assertEquals(count, checkpoint.tensors().size());
    assertEquals(0, checkpoint.tensors().get("t0").data().getFloat(0));
    TensorData last = checkpoint.tensors().get("t" + (count - 1));
    assertEquals(2.5f, last.data().getFloat((int) length - 4));
  }

  @Test
  void readsStreams() throws IOException {
    Path file = folder.resolve("m.safetensors");
    files.write(file, Map.of("a", floats(new long[] {2}, 1, 2)), Map.of());
    Checkpoint read =
        files.read(new ByteArrayInputStream(Files.readAllBytes(file)), "weights of a bundle");
    assertArrayEquals(new float[] {1, 2}, TestTensors.values(read.tensors().get("a")));

    byte[] lie = file("{\"a\":{\"dtype\":\"U8\",\"shape\":[9],\"data_offsets\":[0,9]}}", 8);
    UniassException e =
        assertThrows(
            UniassException.class,
            () -> files.read(new ByteArrayInputStream(lie), "weights of a bundle"));
    assertEquals("weights of a bundle: ends within tensor 'a'", e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}} | 4 | its shape takes 8",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | 4 | negative size -1",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}} | 4 | bytes 4 to 0",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}} | 4 | bytes -4 to 0",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | 8 | gap before 'a'",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | 4 | truncated or damaged",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | 8 | truncated or damaged",
        "{\"a\":{\"dtype\":\"F31\",\"shape\":[1],\"data_offsets\":[0,4]}} | 4 | type 'F31'",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[\"1\"],\"data_offsets\":[0,4]}} | 4 | not a number",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}} | 4 | a type, a shape and two offsets",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}}"
            + " | 0 | larger than 2 GiB",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[9e99],\"data_offsets\":[0,0]}} | 0 | not the JSON",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},"
            + "\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[1,3]}} | 3 | overlaps",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
            + "\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}} | 2 | two tensors",
        "{\"__metadata__\":{\"a\":1}} | 0 | that is not a text",
        "{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}} | 0 | twice",
        "{\"__metadata__\":{\"uniass.format\":\"one\"}} | 0 | unreadable format version",
        "{\"a\":[[[[[[[[[[[[[[]]]]]]]]]]]]]]} | 0 | not the JSON",
        "{} {} | 0 | not the JSON",
        "{\"a | 0 | not the JSON",
      })
  void refusesWhatDoesNotFit(String json, int dataBytes, String reason) throws IOException {
    Path file = folder.resolve("m.safetensors");
    Files.write(file, file(json, dataBytes));
    assertRefused(file, reason);
  }

  @Test
  void refusesHeadersLargerThanTheFile() throws IOException {
    Path file = folder.resolve("m.safetensors");
    for (long length : new long[] {Integer.MAX_VALUE, Long.MAX_VALUE, -1, Long.MIN_VALUE, 11}) {
      ByteBuffer bytes = ByteBuffer.allocate(18).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
      Files.write(file, bytes.put("{}".getBytes(StandardCharsets.UTF_8)).array());
      assertRefused(file, "has a header of " + Long.toUnsignedString(length) + " bytes");
    }
  }

  @Test
  void refusesAHeaderOfTwoGigabytesThatIsThere() throws IOException {
    Path file = folder.resolve("m.safetensors");
    try (var channel = Files.newByteChannel(file, sparse())) {
      ByteBuffer start = ByteBuffer.allocate(9).order(ByteOrder.LITTLE_ENDIAN);
      channel.write(start.putLong(2_000_000_000L).put((byte) '{').flip());
      channel.position(2_000_000_100L);
      channel.write(ByteBuffer.allocate(1));
    }
    assertRefused(file, "at most 33554432 are read");
  }

  private static java.util.Set<java.nio.file.OpenOption> sparse() {
    return java.util.Set.of(
        java.nio.file.StandardOpenOption.CREATE_NEW,
        java.nio.file.StandardOpenOption.WRITE,
        java.nio.file.StandardOpenOption.SPARSE);
  }

  @Test
  void namesMissingFilesFoldersAndForeignFiles() throws IOException {
    assertRefused(folder.resolve("none.safetensors"), "there is no such file");
    assertRefused(folder, "is a folder");
    Path file = Files.write(folder.resolve("a.pth"), new byte[0]);
    assertRefused(file, "is empty");
    Files.writeString(file, "this is some text and not a model at all");
    assertRefused(file, "is neither a safetensors nor a PyTorch file");
  }

  @Test
  void keepsErrorsOnOneLine() throws IOException {
    Path file = folder.resolve("m.safetensors");
    String name = "x\\n\\u001b[2J" + "y".repeat(500);
    Files.write(
        file, file("{\"" + name + "\":{\"dtype\":\"?\",\"shape\":[],\"data_offsets\":[]}}", 0));
    UniassException e = assertThrows(UniassException.class, () -> files.read(file));
    assertTrue(e.getMessage().chars().noneMatch(Character::isISOControl), e.getMessage());
  }

  private void assertRefused(Path file, String reason) {
    UniassException e = assertThrows(UniassException.class, () -> files.read(file));
    assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  private static byte[] file(String json, int dataBytes) {
    byte[] header = json.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + header.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .array();
  }
}
