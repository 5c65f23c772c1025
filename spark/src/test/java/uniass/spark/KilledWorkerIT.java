/* SPDX-License-Identifier: Apache-2.0 */
package uniass.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A study and a scoring on a cluster of two workers, one of which is killed in mid-work: the study
 * ends with the bytes of one that ran on a single machine, and every image has one row.
 */
class KilledWorkerIT {

  private static final String HOME = TinyStudy.HOME;
  private static final Pattern FINISHED = Pattern.compile("Finished task [0-9.]+ in stage 0");

  @TempDir Path folder;

  private TinyStudy study;

  @Test
  void whatAKilledWorkerHadIsDoneByTheOther() throws Exception {
    study = new TinyStudy(folder);
    write();
    study.uniass("sweep", "gates.yaml", "--out", "alone");
    try (LocalCluster cluster = new LocalCluster(folder)) {
      cluster.worker("one");
      Process second = cluster.worker("two");
      Process sweep =
          cluster.submit("sweep", "sweep", "gates.yaml", "--home", HOME, "--out", "shared");
      LocalCluster.await(() -> checkpoints() > 1, sweep);
      LocalCluster.kill(second);
      assertEquals(0, sweep.waitFor(), () -> cluster.log("sweep"));
      same("study.json", "trials.csv", "table.csv");
      assertTrue(cluster.log("sweep").contains("base_seed-1  done"), cluster.log("sweep"));

      Process third = cluster.worker("three");
      String model = "shared/trials/base_seed-1/model.safetensors";
      String[] words = {
        "score", "--home", HOME, "--model", model, "--out", "scores", "--task-images", "8", "images/cap", "images/wood", "more.tar"
      };
      Process score = cluster.submit("score", words);
      LocalCluster.await(() -> FINISHED.matcher(cluster.log("score")).results().count() > 3, score);
      LocalCluster.kill(third);
      assertEquals(1, score.waitFor(), "an entry of the archive is not an image");
      assertTrue(cluster.log("score").contains("unreadable  1"), cluster.log("score"));
    }
    oneRowPerImage();
  }

  private long checkpoints() {
    Path trials = folder.resolve("shared/trials");
    if (Files.notExists(trials)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(trials)) {
      return files.filter(f -> f.getFileName().toString().startsWith("epoch-")).count();
    } catch (IOException | java.io.UncheckedIOException e) {
      return 0; // one was just replaced
    }
  }

  private void same(String... files) throws IOException {
    for (String file : files) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("alone").resolve(file)),
          Files.readAllBytes(folder.resolve("shared").resolve(file)),
          file);
    }
  }

  private void oneRowPerImage() throws IOException {
    TreeSet<String> expected = new TreeSet<>();
    for (String category : List.of("cap", "wood")) {
      try (Stream<Path> files = Files.walk(folder.resolve("images/" + category))) {
        files
            .filter(f -> f.toString().endsWith(".png"))
            .forEach(f -> expected.add(f.toString()));
      }
    }
    try (SparkSession session =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
            .getOrCreate()) {
      List<Row> rows =
          session.read().parquet(folder.resolve("scores").toString()).select("image").collectAsList();
      List<String> names =
          rows.stream().map(r -> r.getString(0)).filter(n -> !n.contains("!")).sorted().toList();
      assertEquals(List.copyOf(expected), names);
      assertEquals(expected.size() + 2, rows.size(), "one good and one bad entry of the archive");
    }
  }

  private void write() throws Exception {
    study.write(6);
    Path parts = Files.createDirectories(folder.resolve("parts"));
    Files.copy(folder.resolve("images/cap/test/good/000.png"), parts.resolve("good.png"));
    Files.writeString(parts.resolve("bad.png"), "not an image");
    assertEquals(0, new ProcessBuilder("tar", "-cf", "more.tar", "parts").directory(folder.toFile()).start().waitFor());
  }
}
