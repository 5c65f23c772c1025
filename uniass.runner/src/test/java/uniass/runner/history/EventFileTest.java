/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.history;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {

  /**
   * What TensorBoard 2.21's own RecordWriter makes of two events at wall time 1.5: the file
   * version; step 300 with {@code loss} = 0.5.
   */
  private static final String TENSORBOARDS =
      "1800000000000000a37f4b2209000000000000f83f1a0d627261696e2e4576656e743a322a28646c"
          + "1b000000000000001a0d9e1309000000000000f83f10ac022a0d0a0b0a046c6f7373150000003f69f9315b";

  @TempDir Path folder;

  @Test
  void bytesAreThoseOfTensorBoardsOwnWriter() throws IOException {
    SortedMap<Long, Map<String, Double>> steps = new TreeMap<>(Map.of(300L, Map.of("loss", 0.5)));
    at(1500).write(steps);
    assertEquals(TENSORBOARDS, HexFormat.of().formatHex(bytes()));
  }

  @Test
  void stepsAreAddedAndTheOldOnesKeepTheirTimes() throws IOException {
    at(1000).write(steps(2));
    byte[] two = bytes();
    at(9000).write(steps(3));
    byte[] three = bytes();
    assertTrue(three.length > two.length);
    assertArrayEquals(two, Arrays.copyOf(three, two.length));
    at(9000).write(steps(3));
    assertArrayEquals(three, bytes(), "nothing to add");
  }

  @Test
  void aRunThatGoesOnFromAnOlderCheckpointHasNoStepTwice() throws IOException {
    at(1000).write(steps(3));
    byte[] three = bytes();
    at(1000).write(steps(5));
    at(1000).write(steps(2));
    at(1000).write(steps(3));
    assertArrayEquals(three, bytes());
  }

  @Test
  void whateverAKilledProcessLeavesIsFixed() throws IOException {
    at(1000).write(steps(3));
    byte[] whole = bytes();
    for (int length = 0; length < whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));
      at(1000).write(steps(3));
      assertArrayEquals(whole, bytes(), "cut at " + length);
    }
  }

  @Test
  void aDamagedByteIsFixed() throws IOException {
    at(1000).write(steps(3));
    byte[] whole = bytes();
    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 0x40;
      Files.write(file(), damaged);
      at(1000).write(steps(3));
      assertArrayEquals(whole, bytes(), "damaged at " + i);
    }
  }

  private static SortedMap<Long, Map<String, Double>> steps(int count) {
    SortedMap<Long, Map<String, Double>> steps = new TreeMap<>();
    for (long step = 1; step <= count; step++) {
      steps.put(step, Map.of("train/loss", 1.0 / step));
    }
    return steps;
  }

  private EventFile at(long milliseconds) {
    return new EventFile(folder, Clock.fixed(Instant.ofEpochMilli(milliseconds), ZoneOffset.UTC));
  }

  private byte[] bytes() throws IOException {
    return Files.readAllBytes(file());
  }

  private Path file() {
    return folder.resolve("events.out.tfevents.uniass");
  }
}
