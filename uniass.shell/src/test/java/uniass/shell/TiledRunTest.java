/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.data.AnomalyMap;
import uniass.inference.testing.TinyDataset;
import uniass.io.Npy;

/** Images of 80 x 80 pixels on tiles of 32: nine each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TiledRunTest {

  private static final String TINY =
      """
      name: tiled
      dataset: { root: data, image-size: 32, resize: none, tiles: { overlap: 8 } }
      model:
        backbone: { name: efficientnet-lite0, weights: random }
        hidden: 32
        pixel-decoder: { name: transformer-fpn, layers: 1, ffn: 32 }
        attention: { name: spatial-channel, ffn: 32, neighbour-mask: 1 }
      train: { epochs: 1, batch: 8, learning-rate: 1e-3, validate-every: 1, select: normal-split }
      calibrate: { false-alarm-rate: 0.2 }
      """;

  private static final String IMAGE = "dots/test/spot/000.png";

  private Path folder;
  private Console console;

  @BeforeAll
  void train(@TempDir Path shared) throws IOException {
    folder = shared;
    console = new Console();
    TinyDataset.write(folder.resolve("data"), 3, 1, 80);
    Files.writeString(folder.resolve("tiled.yaml"), TINY);
    assertEquals(0, console.run("check", path("tiled.yaml")), console.out() + console.err());
    assertEquals(
        0, console.run("train", path("tiled.yaml"), "--out", path("run"), "--json"), console.err());
    // two of three images of each category are learned from: 2 * 2 * 9 tiles, 8 a batch
    assertEquals(5, console.json().get("steps").getAsInt());
  }

  private String path(String below) {
    return folder.resolve(below).toString();
  }

  private void evaluate(String out, String... more) {
    String[] words = {
      "evaluate",
      path("tiled.yaml"),
      "--model",
      path("run/model.safetensors"),
      "--maps",
      "--json",
      "--out",
      path(out)
    };
    List<String> all = new java.util.ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    assertEquals(0, console.run(all.toArray(String[]::new)), console.err());
  }

  private AnomalyMap map(String folderName) {
    return Npy.read(folder.resolve(folderName).resolve("maps").resolve(IMAGE + ".npy"));
  }

  @Test
  void figuresAndMapsAreThoseOfTheImagesOwnSize() throws IOException {
    evaluate("figures", "--baselines");
    JsonObject result = console.json();
    AnomalyMap map = map("figures");
    assertEquals(80, map.height());
    assertEquals(80, map.width());
    assertTrue(result.getAsJsonObject("baselines").has("mean-picture"));
    String report = Files.readString(folder.resolve("figures/report.html"));
    assertTrue(report.contains("tiles of 32 that share 8"));
    String[] score = {
      "score", "--maps", path("figures/maps"), "--dataset", "mvtec-ad", "--root", path("data")
    };
    List<String> words = new java.util.ArrayList<>(List.of(score));
    words.add("--json");
    assertEquals(0, console.run(words.toArray(String[]::new)), console.err());
    JsonObject scored = console.json().getAsJsonArray("scores").get(0).getAsJsonObject();
    assertEquals(result.getAsJsonObject("mean"), scored.getAsJsonObject("mean"));
  }

  private void predict(String out, String... more) {
    List<String> words =
        new java.util.ArrayList<>(
            List.of(
                "predict",
                "--model",
                path("run/model.safetensors"),
                path("data"),
                "--out",
                path(out)));
    words.addAll(List.of(more));
    assertEquals(0, console.run(words.toArray(String[]::new)), console.err());
  }

  @Test
  void theModelPredictsOnTilesUnlessToldOtherwise() throws IOException {
    evaluate("judged");
    predict("found", "--batch", "2");
    assertArrayEquals(map("judged").values(), map("found").values(), 1e-6f);
    predict("whole", "--tile", "0");
    assertEquals(32, map("whole").height());
    predict("larger", "--tile", "64");
    assertEquals(80, map("larger").height());
    assertEquals(
        1,
        console.run(
            "predict", "--model", path("run/model.safetensors"), path("data"), "--overlap=4"));
    assertTrue(console.err().contains("--overlap goes with a size"), console.err());
  }

  /** Batches hold tiles of several images, or a part of one image's. */
  @Test
  void aVerdictDependsOnTheImageAlone() throws IOException {
    List<String> alone = verdicts("1");
    assertTrue(alone.size() > 5, alone.toString());
    for (String batch : List.of("2", "5", "8")) {
      assertEquals(alone, verdicts(batch), "batches of " + batch);
    }
  }

  private List<String> verdicts(String batch) throws IOException {
    predict("batches-" + batch, "--batch", batch);
    List<String> lines =
        Files.readAllLines(folder.resolve("batches-" + batch + "/predictions.csv"));
    int column = List.of(lines.get(0).split(",")).indexOf("verdict");
    return lines.stream()
        .skip(1)
        .map(line -> line.split(","))
        .map(values -> values[0] + " " + values[column])
        .toList();
  }

  @Test
  void imagesAndMasksThatCannotBeReadAreLeftOutIfAskedTo() throws IOException {
    Path data = TinyDataset.write(folder.resolve("broken"), 3, 2, 80);
    Files.write(data.resolve("dots/test/good/000.png"), new byte[] {1});
    Files.write(data.resolve("dots/ground_truth/spot/001_mask.png"), new byte[] {1});
    for (String tiles : List.of("{overlap: 8}", "")) {
      evaluate(
          "left" + tiles.length(),
          "--set",
          "dataset.root=" + data,
          "--set",
          "dataset.skip-unreadable=true",
          "--set",
          "dataset.resize=area",
          "--set",
          "dataset.tiles=" + tiles);
      Path maps = folder.resolve("left" + tiles.length()).resolve("maps/dots/test");
      assertTrue(Files.exists(maps.resolve("spot/000.png.npy")));
      assertTrue(Files.notExists(maps.resolve("spot/001.png.npy")));
      assertTrue(Files.notExists(maps.resolve("good/000.png.npy")));
    }
  }

  @Test
  void aMaskOfAnotherSizeIsNamed() throws IOException {
    Path data = TinyDataset.write(folder.resolve("other"), 3, 1, 80);
    Path small = TinyDataset.write(folder.resolve("small"), 1, 1, 64);
    String mask = "dots/ground_truth/spot/000_mask.png";
    Files.copy(
        small.resolve(mask), data.resolve(mask), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    String root = "dataset.root=" + data;
    assertEquals(1, console.run("check", path("tiled.yaml"), "--set", root));
    String expected = "the mask is 64 x 64 pixels (width x height), but its image is 80 x 80";
    assertTrue(console.out().contains(mask + ": " + expected), console.out());
    assertEquals(
        1,
        console.run(
            "evaluate",
            path("tiled.yaml"),
            "--model",
            path("run/model.safetensors"),
            "--out",
            path("never"),
            "--set",
            root));
    assertTrue(console.err().contains("but its mask is 64 x 64"), console.err());
  }
}
