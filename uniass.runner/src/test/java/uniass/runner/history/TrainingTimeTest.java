/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTimeTest {

  private static final List<Map<String, Double>> ONE = List.of(Map.of(History.LOSS, 0.5));
  private static final List<Map<String, Double>> TWO =
      List.of(Map.of(History.LOSS, 0.5), Map.of(History.LOSS, 1 / 3.0));

  @TempDir Path folder;

  private Duration noted(List<Map<String, Double>> rows) {
    return TrainingTime.of(folder, rows).orElseThrow();
  }

  @Test
  void partsOfARunAddUp() throws IOException {
    Files.writeString(
        folder.resolve(TrainingTime.FILE), "{\"epochs\":1,\"loss\":0.5,\"seconds\":3600.25}");
    assertEquals(Duration.ofMillis(3600250), noted(ONE));
    TrainingTime resumed = new TrainingTime(folder);
    resumed.start();
    resumed.write(TWO);
    Duration all = noted(TWO);
    assertTrue(all.compareTo(Duration.ofMillis(3600250)) >= 0, all.toString());
    assertTrue(all.compareTo(Duration.ofMillis(3660250)) < 0, all.toString());
    resumed.delete();
    TrainingTime afresh = new TrainingTime(folder);
    afresh.start();
    afresh.write(ONE);
    assertTrue(noted(ONE).compareTo(Duration.ofMinutes(1)) < 0, "a training afresh");
  }

  @Test
  void itIsTheTimeOfNoOtherTraining() {
    assertEquals(Optional.empty(), TrainingTime.of(folder, TWO), "there is no file");
    TrainingTime time = new TrainingTime(folder);
    time.start();
    time.write(List.of());
    assertTrue(Files.notExists(folder.resolve(TrainingTime.FILE)), "there is no epoch yet");
    time.write(TWO);
    assertTrue(TrainingTime.of(folder, TWO).isPresent());
    assertEquals(Optional.empty(), TrainingTime.of(folder, ONE));
    assertEquals(
        Optional.empty(),
        TrainingTime.of(folder, List.of(ONE.get(0), Map.of(History.LOSS, 0.333))));
    assertEquals(Optional.empty(), TrainingTime.of(folder, List.of()));
  }

  @Test
  void aDamagedFileIsNoFile() throws IOException {
    for (String text : List.of("", "{", "[]", "{\"epochs\":\"many\"}", "{}")) {
      Files.writeString(folder.resolve(TrainingTime.FILE), text);
      assertEquals(Optional.empty(), TrainingTime.of(folder, TWO), text);
    }
  }
}
