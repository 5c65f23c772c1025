/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import uniass.inference.testing.TinyDataset;

/** Files are neither left out nor mixed in silence, and few images are one line everywhere. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SilenceTest {

  private static final String LEFT_OUT =
      "4 files are left out by ending: 3 .heic, 1 .raw (dots/train/good/1.heic,"
          + " dots/train/good/2.HEIC, dots/train/good/3.heic, ...); these are read: ";
  private static final String FEW =
      "categories dots, lines: 4 normal images to calibrate with, and a false-alarm rate of 0.05 at"
          + " confidence 0.5 takes 19; expect a false alarm in 5 normal images (20 %), or take more"
          + " good images";

  private final Console console = new Console();
  private Path folder;
  private String model;

  @BeforeAll
  void train(@TempDir Path shared) throws IOException {
    folder = shared;
    TinyDataset.write(folder.resolve("data"), 4, 2, 32);
    for (String name : List.of("1.heic", "2.HEIC", "3.heic", "4.raw")) {
      Files.writeString(folder.resolve("data/dots/train/good").resolve(name), "phone");
    }
    Files.writeString(folder.resolve("tiny.yaml"), CommandsTest.TINY);
    run("train", "--out", path("run"));
    model = path("run/model.safetensors");
  }

  private String path(String below) {
    return folder.resolve(below).toString();
  }

  /** A command on the experiment, with the usual rate. */
  private void run(String command, String... more) {
    String[] words = {command, path("tiny.yaml"), "--set", "calibrate.false-alarm-rate=0.05"};
    String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    assertEquals(0, console.run(all), console.err());
  }

  private static List<String> about(String text, String part) {
    return text.lines().filter(line -> line.contains(part)).toList();
  }

  @Test
  void trainCheckAndEvaluateSayTheSameOfFewImagesAndOfFilesThatAreLeftOut() throws IOException {
    run("check");
    assertEquals(List.of("warning  " + FEW), about(console.out(), "calibrate"));
    assertEquals(1, about(console.out(), LEFT_OUT).size(), console.out());
    run("train", "--out", path("run"), "--force");
    assertEquals(List.of("warning: " + FEW), about(console.err(), "calibrate"));
    assertEquals(1, about(console.err(), "warning: " + LEFT_OUT).size(), console.err());
    run("evaluate", "--model", model, "--out", path("values"));
    assertEquals(List.of(FEW), about(console.err(), "calibrate"));
    assertTrue(Files.readString(folder.resolve("values/report.html")).contains(FEW));
  }

  @Test
  void predictNamesWhatItLeavesOutAndWhatAnEarlierOneLeft() {
    String good = path("data/dots/train/good");
    String[] words = {"predict", "--model", model, good, "--out", path("found"), "--batch", "2"};
    assertEquals(0, console.run(words), console.err());
    assertEquals(1, about(console.err(), "left out by ending: 3 .heic, 1 .raw (1.heic,").size());
    assertFalse(console.err().contains("earlier"), console.err());
    assertEquals(0, console.run(words), console.err());
    assertFalse(console.err().contains("earlier"), "all are replaced: " + console.err());
    words[3] = path("data/dots/train/good/000.png");
    assertEquals(0, console.run(words), console.err());
    assertEquals(
        List.of(
            "3 files of an earlier predict are left in "
                + path("found")
                + ", such as maps/001.png.npy; to have these results alone, delete the folder"
                + " before, or choose another --out"),
        about(console.err(), "earlier"));
  }

  @Test
  void aPathThatTheShellTookApartIsOneLine() throws IOException {
    Path spaced = Files.createDirectories(folder.resolve("good parts"));
    Files.copy(folder.resolve("data/dots/test/good/000.png"), spaced.resolve("a b.png"));
    String line = "put quotes around the path '" + spaced + "', which has a space";
    for (String before : List.of("", "--set=dataset.root=", "dataset.root=")) {
      assertEquals(
          2, console.run("predict", "--model", model, before + path("good"), "parts", "--batch=1"));
      assertEquals(line, console.err().strip());
    }
    assertEquals(2, console.run("predict", "--model", model, path("good"), "parts/a", "b.png"));
    assertTrue(console.err().contains("good parts/a b.png'"), console.err());
    Files.createDirectories(folder.resolve("good"));
    assertEquals(1, console.run("predict", "--model", model, path("good"), path("none")));
    assertTrue(console.err().startsWith(path("good") + " holds no images"), console.err());
    Files.delete(folder.resolve("good"));
    String out = path("my");
    assertEquals(1, console.run("predict", "--model", model, path("data"), "--out", out, "found"));
    assertEquals("no image or folder 'found'; a name with spaces needs quotes", one());
  }

  private String one() {
    return console.err().strip();
  }
}
