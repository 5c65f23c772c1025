/* SPDX-License-Identifier: Apache-2.0 */
package uniass.io.events;

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

  /**
   * A file that TensorBoard 2.21 was seen to show (its answers to {@code hparams/experiment} and
   * {@code hparams/session_groups}, November 2026).
   */
  private static final String HPARAMS =
      "1800000000000000a37f4b220900000000000000001a0d627261696e2e4576656e743a32eedf28a3"
          + "6700000000000000baadcdd40900000000000000002a5c0a5a0a1c5f68706172616d735f2f736573"
          + "73696f6e5f73746172745f696e666f42060801120212004a320a300a0768706172616d7312251a23"
          + "0a110a0473656564120911000000000000f03f220e67617465733d6964656e74697479d61670ec1e"
          + "00000000000000d9dc123209000000000000000010002a110a0f0a08706978656c2d617015000000"
          + "3f9a6db46f440000000000000043592e9a0900000000000000002a390a370a1a5f68706172616d73"
          + "5f2f73657373696f6e5f656e645f696e666f42060801120212004a110a0f0a0768706172616d7312"
          + "04220208018abc303a";

  @Test
  void aTrainingForTheHparamsViewHasTheBytesThatTensorBoardShows() throws IOException {
    at(9000).write("gates=identity", Map.of("seed", "1"), Map.of("pixel-ap", 0.5));
    assertEquals(HPARAMS, HexFormat.of().formatHex(bytes()));
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
