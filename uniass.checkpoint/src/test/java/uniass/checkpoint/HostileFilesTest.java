/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.UniassException;
import uniass.api.checkpoint.Checkpoints;

/** Files that mean harm, or have come to harm: one clear line each, soon, and no crash. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class HostileFilesTest {

  @TempDir Path folder;

  private final Checkpoints files = new CheckpointFiles();

  @Test
  void survivesTenThousandMutatedFiles() throws IOException {
    Path safetensors = folder.resolve("m.safetensors");
    files.write(
        safetensors,
        Map.of(
            "a.weight", TestTensors.floats(new long[] {2, 3}, 1, 2, 3, 4, 5, 6),
            "b", TestTensors.bytes(new long[] {3}, 1, 2, 3)),
        Map.of("experiment", "name: demo"));
    List<byte[]> originals =
        List.of(
            Files.readAllBytes(safetensors),
            PytorchTest.bytes("training.pth"),
            PytorchTest.bytes("training-legacy.pth"),
            PytorchTest.bytes("plain-legacy.pth.tar"));
    SplittableRandom random = new SplittableRandom(20261124);
    Path file = folder.resolve("mutated");
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long start = clock.getCurrentThreadCpuTime(); // other work on the machine does not count
    int refused = 0;
    for (int i = 0; i < 8000; i++) {
      Files.write(file, mutate(originals.get(i % originals.size()), random));
      refused += refusedOrRead(file) ? 1 : 0;
    }
    refused += mutatedPickles(random, 2000);
    assertTrue(refused > 5000, "only " + refused + " were noticed");
    long seconds = TimeUnit.NANOSECONDS.toSeconds(clock.getCurrentThreadCpuTime() - start);
    assertTrue(seconds < 30, "took " + seconds + " s");
  }

  /** Mutated content under right checksums of the zip file, which would hide it otherwise. */
  private int mutatedPickles(SplittableRandom random, int count) throws IOException {
    Path original = Files.write(folder.resolve("t.pth"), PytorchTest.bytes("training.pth"));
    List<ZipParts.Part> parts = ZipParts.read(original);
    Path file = folder.resolve("mutated.pth");
    int refused = 0;
    for (int i = 0; i < count; i++) {
      List<ZipParts.Part> changed =
          parts.stream()
              .map(
                  part ->
                      part.name().endsWith("data.pkl")
                          ? new ZipParts.Part(part.name(), mutate(part.bytes(), random))
                          : part)
              .toList();
      ZipParts.write(file, changed, false);
      refused += refusedOrRead(file) ? 1 : 0;
    }
    return refused;
  }

  private boolean refusedOrRead(Path file) {
    try {
      files.read(file);
      return false;
    } catch (UniassException e) {
      assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
      assertTrue(e.getMessage().chars().noneMatch(Character::isISOControl), e.getMessage());
      assertTrue(e.getMessage().length() < 600, e.getMessage());
      return true;
    } catch (RuntimeException | Error e) {
      return fail("not a clear error", e);
    }
  }

  private static byte[] mutate(byte[] original, SplittableRandom random) {
    byte[] bytes = original.clone();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      int at = random.nextInt(bytes.length);
      int length = random.nextInt(1, Math.min(9, bytes.length - at + 1));
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        case 2 -> Arrays.fill(bytes, at, at + length, (byte) 0xff);
        case 3 -> Arrays.fill(bytes, at, at + length, (byte) 0);
        case 4 -> {
          int from = random.nextInt(bytes.length - length + 1);
          System.arraycopy(bytes, from, bytes, at, length);
        }
        default -> bytes = Arrays.copyOf(bytes, Math.max(1, bytes.length - length));
      }
    }
    return bytes;
  }

  @Test
  void survivesRandomBytes() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    Path file = folder.resolve("random");
    byte[][] starts = {{}, {'P', 'K', 3, 4}, {(byte) 0x80, 2}, {60, 0, 0, 0, 0, 0, 0, 0, '{'}};
    for (int i = 0; i < 500; i++) {
      byte[] bytes = new byte[random.nextInt(16, 600)];
      random.nextBytes(bytes);
      byte[] start = starts[i % starts.length];
      System.arraycopy(start, 0, bytes, 0, start.length);
      Files.write(file, bytes);
      assertThrows(UniassException.class, () -> files.read(file));
    }
  }

  @Test
  void refusesTensorsOutsideTheirStorage() throws IOException {
    assertRefused(pickle(tensor(4, 0, "[2]", "[4]")), "reaches outside its storage of 4 elements");
    assertRefused(pickle(tensor(4, 3, "[2]", "[1]")), "reaches outside");
    assertRefused(pickle(tensor(4, -1, "[2]", "[1]")), "reaches outside");
    assertRefused(pickle(tensor(4, 0, "[2]", "[-1]")), "reaches outside");
    assertRefused(pickle(tensor(4, 0, "[-2]", "[1]")), "has the negative size -2");
    assertRefused(pickle(tensor(4, 0, "[2,2]", "[1]")), "does not have one stride per axis");
    assertRefused(pickle(tensor(-4, 0, "[2]", "[1]")), "-4 elements, which is negative");
    assertRefused(pickle(tensor(4, 0, "[2147483647,2147483647]", "[0,0]")), "is larger than 2 GiB");
    assertRefused(pickle(tensor(4, 0, "[400000000]", "[0]")), "much larger than their data");
    assertRefused(pickle(tensor(400000000, 0, "[400000000]", "[1]")), "more than the file has");
  }

  @Test
  void readsTheSameFileWhenNothingIsWrongWithIt() throws IOException {
    float[] values =
        TestTensors.values(files.read(pickle(tensor(4, 1, "[3]", "[1]"))).tensors().get("t"));
    assertEquals(3, values.length);
  }

  @Test
  void boundsTheMemoryOfPickles() throws IOException {
    byte[] maps = new byte[8_000_000];
    Arrays.fill(maps, (byte) '}');
    assertRefused(legacy(maps), "a pickle that is too large for a model");
    assertRefused(legacy(bytes(0x80, 2, 'X', 0xff, 0xff, 0xff, 0xff)), "a text of 4294967295");
    assertRefused(legacy(bytes(0x80, 2, 'X', 0, 0, 0, 1)), "is truncated");
    assertRefused(legacy(bytes(0x80, 2, 'j', 0xff, 0xff, 0xff, 0xff)), "damaged pickle");
    assertRefused(legacy(bytes(0x80, 2, 'i', 'o', 's', '\n', 's', 'y', '\n')), "'os.sy'");
  }

  /** A dictionary that is its own key would take a hash for ever. */
  @Test
  void refusesDictionariesThatContainThemselves() throws IOException {
    assertRefused(legacy(bytes(0x80, 2, '}', 'q', 0, 'h', 0, 'N', 's', '.')), "neither text nor");
    assertRefused(
        pickle(bytes(0x80, 2, ']', 'q', 0, 'h', 0, 'a', '.')), "does not contain a dictionary");
  }

  private void assertRefused(Path file, String reason) {
    UniassException e = assertThrows(UniassException.class, () -> files.read(file));
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  /** The form before PyTorch 1.6, up to and with its fourth pickle. */
  private Path legacy(byte[] content) throws IOException {
    byte[] start = PytorchTest.bytes("training-legacy.pth");
    int facts = 21; // behind magic number and protocol's version
    while (start[facts] != '.') {
      facts++;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(start, 0, facts + 1);
    out.write(content);
    return Files.write(folder.resolve("hostile.pth"), out.toByteArray());
  }

  /** A state_dict of one tensor named t, in pickle's operations. */
  private static byte[] tensor(int stored, int offset, String shape, String strides)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes(0x80, 2, '}', 'X', 1, 0, 0, 0, 't'));
    out.write("ctorch._utils\n_rebuild_tensor_v2\n((".getBytes(StandardCharsets.US_ASCII));
    out.write(bytes('X', 7, 0, 0, 0, 's', 't', 'o', 'r', 'a', 'g', 'e'));
    out.write("ctorch\nFloatStorage\n".getBytes(StandardCharsets.US_ASCII));
    out.write(bytes('X', 1, 0, 0, 0, '0', 'X', 3, 0, 0, 0, 'c', 'p', 'u'));
    out.write(number(stored));
    out.write(bytes('N', 't', 'Q'));
    out.write(number(offset));
    for (String list : List.of(shape, strides)) {
      out.write('(');
      for (String value : list.substring(1, list.length() - 1).split(",")) {
        out.write(number(Integer.parseInt(value)));
      }
      out.write('t');
    }
    out.write(bytes(0x89, 'N', 't', 'R', 's', '.'));
    return out.toByteArray();
  }

  private static byte[] number(int value) {
    ByteBuffer bytes = ByteBuffer.allocate(5).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.put((byte) 'J').putInt(value).array();
  }

  /** A file of the older form with this content and one storage of four elements. */
  private Path pickle(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(content);
    out.write(bytes(0x80, 2, ']', 'X', 1, 0, 0, 0, '0', 'a', '.'));
    out.write(bytes(4, 0, 0, 0, 0, 0, 0, 0));
    out.write(new byte[16]);
    return legacy(out.toByteArray());
  }
}
