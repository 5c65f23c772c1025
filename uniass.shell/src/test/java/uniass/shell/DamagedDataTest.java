/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uniass.inference.testing.TinyDataset;

/** What commands say about data sets with something missing, and disks that are full. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamagedDataTest {

  private final Console console = new Console();
  private Path folder;
  private String experiment;
  private String model;

  @BeforeAll
  void train(@TempDir Path shared) throws IOException {
    folder = shared;
    TinyDataset.write(folder.resolve("data"), 3, 3, 32);
    Path file = folder.resolve("tiny.yaml");
    Files.writeString(file, CommandsTest.TINY);
    experiment = file.toString();
    model = folder.resolve("run/model.safetensors").toString();
    assertEquals(
        0, console.run("train", experiment, "--out", folder.resolve("run").toString()), err());
  }

  private String err() {
    return console.err();
  }

  /** A data set of its own: a missing mask, and whatever the test does to it. */
  private Path withoutMask(String name) throws IOException {
    Path data = TinyDataset.write(folder.resolve(name), 3, 3, 32);
    Files.delete(data.resolve("dots/ground_truth/spot/001_mask.png"));
    return data;
  }

  @Test
  void aMissingMaskIsNamedBeforeAnyWork() throws IOException {
    Path data = withoutMask("unmasked");
    Path maps = Files.createDirectories(folder.resolve("maps"));
    String root = "dataset.root=" + data;
    Path out = folder.resolve("nothing");
    for (List<String> words :
        List.of(
            List.of("train", experiment, "--set", root, "--out", out.toString()),
            List.of("evaluate", experiment, "--set", root, "--model", model, "--out", "" + out),
            List.of("score", "--maps", "" + maps, "--dataset", "mvtec-ad", "--root", "" + data))) {
      assertEquals(1, console.run(words.toArray(String[]::new)), words + console.out());
      String line = err().lines().filter(l -> !l.startsWith("reading")).findFirst().orElse("");
      assertTrue(
          line.startsWith("dots/test/spot/001.png: its mask ") && line.contains("is missing; "),
          err());
      assertFalse(Files.exists(out), "a refused run leaves nothing behind");
    }
    assertEquals(1, console.run("check", experiment, "--set", root));
    assertTrue(
        console.out().endsWith("1 error, 4 warnings" + System.lineSeparator()), console.out());
  }

  @Test
  void whatIsLeftOutIsCountedAndNamed() throws IOException {
    Path data = withoutMask("skipped");
    Files.write(data.resolve("dots/train/good/001.png"), new byte[0]);
    Files.write(data.resolve("lines/test/good/002.png"), new byte[0]);
    Path out = folder.resolve("left-out");
    assertEquals(
        0,
        console.run(
            "evaluate",
            experiment,
            "--set",
            "dataset.root=" + data,
            "--set",
            "dataset.skip-unreadable=true",
            "--model",
            model,
            "--out",
            out.toString(),
            "--baselines",
            "--json"),
        err());
    JsonObject result = console.json();
    assertEquals(11, result.get("images").getAsInt());
    assertTrue(result.getAsJsonObject("baselines").has("mean-picture"));
    String notes = result.getAsJsonArray("notes").toString();
    String leftOut = "1 of 12 test images were left out because they or their masks cannot be";
    assertTrue(notes.contains(leftOut) && notes.contains("lines/test/good/002.png"), notes);
    assertTrue(notes.contains("1 of 11 test images have no mask"), notes);
    String report = Files.readString(out.resolve("report.html"));
    assertTrue(report.contains(leftOut), "the report says so, too");
    assertTrue(report.contains("the last epoch, 2"), "the report says how the state was chosen");
  }

  @Test
  void figuresAreWrittenBeforeABaselineFails() throws IOException {
    Path data = TinyDataset.write(folder.resolve("no-mean"), 3, 3, 32);
    Files.write(data.resolve("dots/train/good/001.png"), new byte[0]);
    Path out = folder.resolve("early");
    assertEquals(
        1,
        console.run(
            "evaluate",
            experiment,
            "--set",
            "dataset.root=" + data,
            "--model",
            model,
            "--out",
            out.toString(),
            "--baselines"));
    assertTrue(err().contains("dots/train/good/001.png"), err());
    assertTrue(Files.size(out.resolve("metrics.csv")) > 0);
  }

  /** What training will open is opened by check: the weights of the backbone. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          | there is no such file or folder
          version https://git-lfs.github.com/spec/v1 | a Git LFS pointer; fetch the file itself with 'git lfs pull'
          <!DOCTYPE html><html>                      | a web page; the download failed or wants a login
          """)
  void checkOpensTheWeights(String content, String reason) throws IOException {
    Path weights = folder.resolve("weights.pth");
    Files.deleteIfExists(weights);
    if (content != null) {
      Files.writeString(weights, content);
    }
    assertEquals(
        1,
        console.run(
            "check",
            experiment,
            "--set",
            "model.backbone={name: efficientnet-lite0, weights: %s}".formatted(weights)));
    String line =
        console.out().lines().filter(l -> l.contains("weights.pth")).findFirst().orElse("");
    assertTrue(line.contains("model.backbone: " + weights + ": "), console.out());
    assertTrue(line.contains(reason), line);
    assertTrue(console.out().contains("1 error"), console.out());
  }

  @Test
  void rulesThatThereAreNotAreFoundBeforeAnyWork() {
    assertEquals(1, console.run("check", experiment, "--set", "evaluate.rules=foo"));
    assertEquals(
        "--set evaluate.rules: no 'foo'; there are: uniass, ader, anomalib, mvtec", err().strip());
  }

  @Test
  void aMapThatCannotBeWrittenLosesNoPrediction() throws IOException {
    Path out = folder.resolve("half");
    // a folder in a map's place, because a test has no disk to fill
    Files.createDirectories(out.resolve("maps/002.png.npy/in-the-way"));
    assertEquals(
        1,
        console.run(
            "predict",
            "--model",
            model,
            folder.resolve("data/dots/test/good").toString(),
            "--out",
            out.toString(),
            "--batch",
            "1"));
    assertTrue(err().contains("002.png.npy: cannot be written: "), err());
    assertTrue(err().contains("stopped after 2 of 3 images"), err());
    assertFalse(err().contains("unexpected"), err());
    assertEquals(3, Files.readAllLines(out.resolve("predictions.csv")).size());
  }

  @Test
  void aMapOfAnEvaluationThatCannotBeWrittenIsNamedAndTheFiguresShown() throws IOException {
    Path out = folder.resolve("no-room");
    Files.createDirectories(out.resolve("maps/lines/test/spot/001.png.npy/in-the-way"));
    assertEquals(
        1,
        console.run("evaluate", experiment, "--model", model, "--out", out.toString(), "--maps"));
    String last = err().lines().reduce("", (a, b) -> b);
    assertTrue(last.contains("lines/test/spot/001.png.npy: cannot be written: "), err());
    assertFalse(last.contains("unexpected"), err());
    assertTrue(console.out().contains("mean "), console.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"metrics.csv", "report.html"})
  void figuresAreShownThoughTheyCannotBeWritten(String blocked) throws IOException {
    List<String> words =
        List.of("evaluate", experiment, "--model", model, "--baselines", "--json", "--out");
    Path fine = folder.resolve("fine-" + blocked);
    assertEquals(0, run(words, fine), err());
    JsonObject expected = console.json();
    Path out = folder.resolve("blocked-" + blocked);
    Files.createDirectories(out.resolve(blocked + "/in-the-way"));
    assertEquals(1, run(words, out), console.out());
    String last = err().lines().reduce("", (a, b) -> b);
    assertTrue(last.startsWith(out.resolve(blocked) + ": cannot be written: "), err());
    JsonObject shown = console.json();
    for (String figures : List.of("categories", "mean", "baselines")) {
      assertEquals(expected.get(figures), shown.get(figures), figures);
    }
    assertTrue(expected.getAsJsonObject("files").has(blocked));
    assertFalse(shown.getAsJsonObject("files").has(blocked), "only what was written is listed");
  }

  private int run(List<String> words, Path out) {
    List<String> line = new ArrayList<>(words);
    line.add(out.toString());
    return console.run(line.toArray(String[]::new));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskLosesNoPrediction() throws IOException {
    Path out = Files.createDirectories(folder.resolve("full"));
    Files.createSymbolicLink(out.resolve("predictions.csv"), Path.of("/dev/full"));
    assertEquals(
        1,
        console.run(
            "predict",
            "--model",
            model,
            folder.resolve("data/dots/test/good").toString(),
            "--out",
            out.toString()));
    assertTrue(err().contains("predictions.csv: cannot be written: No space left"), err());
    assertTrue(console.out().contains("002.png"), console.out());
  }
}
