/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command over maps of 23 x 29 whose masks have 64 x 50 pixels, which NumPy and Pillow wrote,
 * against figures of scikit-learn ({@code bench/rules_peer.py}).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScoreTest {

  private static final String FIGURES = "pixel-ap,pixel-auroc,pixel-f1-max";

  @TempDir Path folder;

  private final Console console = new Console();
  private JsonObject expected;

  @BeforeEach
  void unpack() throws IOException {
    try (InputStream in = ScoreTest.class.getResourceAsStream("/rules-peer.zip");
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        Path file = folder.resolve(e.getName());
        Files.createDirectories(file.getParent());
        Files.write(file, zip.readAllBytes());
      }
    }
    expected =
        JsonParser.parseString(Files.readString(folder.resolve("expected.json"))).getAsJsonObject();
  }

  private int score(String... more) {
    List<String> words = new ArrayList<>(List.of("score", "--maps", folder.resolve("maps") + ""));
    words.addAll(List.of("--dataset", "mvtec-ad", "--root", folder.resolve("data").toString()));
    words.addAll(Arrays.asList(more));
    return console.run(words.toArray(String[]::new));
  }

  private String path(String below) {
    return folder.resolve(below).toString();
  }

  @Test
  void ruleSetsResizeAsTheToolsDoWhoseNamesTheyBear() throws IOException {
    assertEquals(
        0,
        score("--rules", "anomalib,ader,mvtec", "--metrics", FIGURES, "--out", path("out")),
        console.err());
    JsonObject written =
        JsonParser.parseString(Files.readString(folder.resolve("out/metrics.json")))
            .getAsJsonObject();
    int compared = 0;
    for (var one : written.getAsJsonArray("results")) {
      JsonObject result = one.getAsJsonObject();
      String rules = result.getAsJsonObject("rules").get("name").getAsString();
      for (var group : result.getAsJsonArray("categories")) {
        JsonObject own = group.getAsJsonObject();
        String category = own.get("category").getAsString();
        JsonObject peer = expected.getAsJsonObject(rules).getAsJsonObject(category);
        for (String count : List.of("pixels", "anomalous-pixels")) {
          assertEquals(
              peer.get(count).getAsLong(), own.get(count).getAsLong(), rules + " " + category);
        }
        for (String figure : FIGURES.split(",")) {
          assertEquals(
              peer.get(figure).getAsDouble(),
              own.getAsJsonObject("values").get(figure).getAsDouble(),
              1e-9,
              rules + " " + category + " " + figure);
          compared++;
        }
      }
    }
    assertEquals(3 * 2 * 3, compared);
  }

  @Test
  void theMeanOfTheSevenIsPrinted() {
    assertEquals(0, score("--rules", "ader", "--metrics", "mad"), console.err());
    List<String> lines = console.out().lines().toList();
    assertTrue(lines.get(0).endsWith(" mad"), console.out());
    assertTrue(lines.get(0).contains("image-f1-max"), console.out());
    assertFalse(console.out().contains("not defined"), console.out());
    assertEquals(0, score("--rules", "ader", "--metrics", "mad", "--json"), console.err());
    JsonObject mean =
        console.json().getAsJsonArray("scores").get(0).getAsJsonObject().getAsJsonObject("mean");
    double seven =
        mean.entrySet().stream()
            .filter(e -> !e.getKey().equals("mad"))
            .mapToDouble(e -> e.getValue().getAsDouble())
            .average()
            .orElseThrow();
    assertEquals(8, mean.size());
    assertEquals(seven, mean.get("mad").getAsDouble(), 1e-15);
    assertEquals(0, score("--rules", "ader", "--metrics", "pixel-ap", "--json"), console.err());
    assertFalse(console.out().contains("mad"), console.out());
  }

  @Test
  void settingsOfMetricsStandBesideTheirNames() {
    String metrics = "image-auroc-std,{ name: aupro, limit: 0.1 },pixel-ap";
    assertEquals(0, score("--rules", "ader", "--metrics", metrics, "--json"), console.err());
    JsonObject mean =
        console.json().getAsJsonArray("scores").get(0).getAsJsonObject().getAsJsonObject("mean");
    assertEquals(Set.of("image-auroc-std", "aupro-0.1", "pixel-ap"), mean.keySet());
  }

  @Test
  void aMaskOfSeveralValuesIsNamed() throws IOException {
    String mask = "board/ground_truth/cut/003_mask.png";
    Path file = folder.resolve("data").resolve(mask);
    BufferedImage image = ImageIO.read(file.toFile());
    image.getRaster().setSample(0, 0, 0, 128);
    image.getRaster().setSample(1, 0, 0, 3);
    ImageIO.write(image, "png", file.toFile());
    assertEquals(0, score("--rules", "ader", "--json"), console.err());
    String note = mask + ": the mask has 4 values (0, 3, 128, 255); those above 0 count as";
    assertTrue(console.err().contains(note), console.err());
    assertTrue(console.json().getAsJsonArray("notes").get(0).getAsString().startsWith(note));
  }

  @Test
  void aNewFolderIsMadeForAFile() throws IOException {
    assertEquals(0, score("--rules", "ader", "--out", path("new/deep/scores.json")), console.err());
    assertTrue(Files.readString(folder.resolve("new/deep/scores.json")).contains("\"rules\""));
    Files.writeString(folder.resolve("file"), "");
    assertEquals(1, score("--rules", "ader", "--out", path("file/scores.csv")));
    assertEquals("", console.out());
    assertEquals(
        path("file") + " is a file, not a folder; choose another one", console.err().strip());
  }

  @Test
  void figuresAreShownThoughTheyCannotBeWritten() throws IOException {
    Files.createDirectories(folder.resolve("blocked/metrics.csv/inside"));
    assertEquals(1, score("--rules", "ader", "--out", path("blocked")));
    assertTrue(console.out().contains("mean "), console.out());
    String error = console.err().lines().reduce((a, b) -> b).orElseThrow();
    assertTrue(
        error.startsWith(path("blocked/metrics.csv") + ": cannot be written: "), console.err());
    try (Stream<Path> left = Files.list(folder.resolve("blocked"))) {
      assertEquals(1, left.count());
    }
  }

  @Test
  void memoryAndScratchAreSettings() throws IOException {
    assertEquals(0, score("--rules", "ader", "--json"), console.err());
    String figures = console.out();
    Path scratch = Files.createDirectories(folder.resolve("scratch"));
    assertEquals(
        0,
        score("--rules", "ader", "--json", "--memory", "1", "--scratch", scratch.toString()),
        console.err());
    assertEquals(figures, console.out());
    try (Stream<Path> left = Files.list(scratch)) {
      assertEquals(0, left.count(), "scratch files are deleted");
    }
    assertEquals(1, score("--memory", "0"));
    assertTrue(console.err().contains("UNIASS_HEAP sets the heap"), console.err());
    assertEquals(1, score("--scratch", path("nowhere")));
    assertEquals(
        "no folder " + path("nowhere") + "; give one that exists with --scratch",
        console.err().strip());
  }
}
