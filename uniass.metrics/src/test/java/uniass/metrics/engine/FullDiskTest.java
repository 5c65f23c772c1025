/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uniass.api.UniassException;
import uniass.api.data.AnomalyMap;
import uniass.api.metric.EvaluationProtocol;
import uniass.api.metric.MetricValue;
import uniass.api.metric.Scores;
import uniass.io.Npy;

/** Files on a disk that has no space left. */
class FullDiskTest {

  private static final int BLOCK = 512;
  private static final int BLOCKS = 64;

  private FileSystem disk;
  private Path folder;

  @BeforeEach
  void mount() throws IOException {
    disk =
        Jimfs.newFileSystem(
            Configuration.unix().toBuilder()
                .setBlockSize(BLOCK)
                .setMaxSize((long) BLOCKS * BLOCK)
                .build());
    folder = Files.createDirectory(disk.getPath("/out"));
  }

  @AfterEach
  void unmount() throws IOException {
    disk.close();
  }

  /** Leaves so many blocks. */
  private void fill(int left) throws IOException {
    int free = (int) (disk.getFileStores().iterator().next().getUsableSpace() / BLOCK);
    Files.write(folder.resolve("filler"), new byte[(free - left) * BLOCK]);
  }

  @Test
  void anOldTableStaysWhole() throws IOException {
    ScoringEngine engine = new ScoringEngine(null);
    engine.write(List.of(scores(1)), folder);
    String csv = Files.readString(folder.resolve("metrics.csv"));
    String json = Files.readString(folder.resolve("metrics.json"));
    fill(2);

    UniassException e =
        assertThrows(UniassException.class, () -> engine.write(List.of(scores(60)), folder));
    assertTrue(e.getMessage().startsWith("/out/metrics.csv: cannot be written: "), e.getMessage());
    assertFalse(e.getMessage().contains("\n"), e.getMessage());
    assertEquals(csv, Files.readString(folder.resolve("metrics.csv")));
    assertEquals(json, Files.readString(folder.resolve("metrics.json")));
    assertNothingIsLeft();
  }

  @Test
  void anOldMapStaysWhole() throws IOException {
    Path file = folder.resolve("maps/a.npy");
    float[] old = {1, 2, 3, 4, 5, 6};
    Npy.write(file, new AnomalyMap(2, 3, old));
    fill(1);
    UniassException e =
        assertThrows(
            UniassException.class,
            () -> Npy.write(file, new AnomalyMap(40, 50, new float[40 * 50])));
    assertTrue(e.getMessage().startsWith(file + ": cannot be written: "), e.getMessage());
    assertArrayEquals(old, Npy.read(file).values());
    assertNothingIsLeft();
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      assertEquals(List.of(), all.filter(f -> f.getFileName().toString().startsWith(".")).toList());
    }
  }

  /** One figure of so many categories. */
  private static Scores scores(int categories) {
    List<Scores.Group> groups = new ArrayList<>();
    for (int i = 0; i < categories; i++) {
      groups.add(
          new Scores.Group(
              "category-" + i,
              "",
              2,
              1,
              100,
              3,
              Map.of("pixel-ap", MetricValue.of(1.0 / (i + 3))),
              List.of(),
              null));
    }
    return new Scores(
        EvaluationProtocol.UNIASS,
        List.of("pixel-ap"),
        groups,
        List.of(),
        List.of(new Scores.Mean("pixel-ap", 0.5, categories, categories)),
        Double.NaN,
        List.of());
  }
}
