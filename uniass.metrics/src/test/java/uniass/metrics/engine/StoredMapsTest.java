/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Dataset;
import uniass.api.data.Image;
import uniass.api.data.ImageFormat;
import uniass.api.data.Images;
import uniass.api.data.Mask;
import uniass.api.data.Pixels;
import uniass.api.data.Split;
import uniass.api.metric.EvaluationProtocol;
import uniass.api.metric.Scores;
import uniass.api.metric.Scoring;
import uniass.io.Npy;

/** Maps that NumPy wrote, and the figures that scikit-learn has for them. */
class StoredMapsTest {

  private static final String[] NAMES = {
    "pixel-auroc", "pixel-ap", "pixel-f1-max", "image-auroc", "image-ap", "dice"
  };

  @TempDir Path folder;

  private final Map<String, byte[]> masks = new HashMap<>();
  private final List<Image> images = new ArrayList<>();
  private Path maps;
  private JsonObject expected;
  private int maskScale = 1;

  @BeforeEach
  void unpack() throws IOException {
    maps = folder.resolve("maps");
    try (InputStream in = StoredMapsTest.class.getResourceAsStream("/numpy-score.zip");
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        byte[] bytes = zip.readAllBytes();
        String name = e.getName();
        if (name.startsWith("maps/")) {
          Files.createDirectories(folder.resolve(name).getParent());
          Files.write(folder.resolve(name), bytes);
          announce(name.substring(5).replace(".npy", ".png"));
        } else if (name.startsWith("masks/")) {
          byte[] values = Arrays.copyOfRange(bytes, 128, bytes.length);
          masks.put(name.substring(6).replace(".npy", ".png"), values);
        } else {
          expected =
              JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8)).getAsJsonObject();
        }
      }
    }
  }

  private void announce(String path) {
    String[] parts = path.split("/");
    images.add(
        parts[2].equals(Image.GOOD)
            ? Image.normal(path, parts[0], Split.TEST)
            : Image.anomalous(path, parts[0], parts[2], List.of(path)));
  }

  @Test
  void figuresAreThoseOfScikitLearn() {
    Scores scores = score(EvaluationProtocol.UNIASS).get(0);
    for (Scores.Group group : scores.categories()) {
      JsonObject values = expected.getAsJsonObject(group.category());
      for (String name : NAMES) {
        assertEquals(values.get(name).getAsDouble(), group.values().get(name).value(), 1e-12, name);
      }
    }
    assertEquals(
        List.of("bolt bent", "bolt hole", "washer bent", "washer hole"),
        scores.defects().stream().map(d -> d.category() + " " + d.defect()).toList());
    assertEquals(6, scores.defects().get(0).images());
  }

  @Test
  void ruleSetsStandSideBySideInFiles() throws IOException {
    List<EvaluationProtocol> rules = EvaluationProtocols.ALL;
    List<Scores> scores = score(rules.toArray(EvaluationProtocol[]::new));
    new ScoringEngine(null).write(scores, folder.resolve("out"));
    List<CSVRecord> lines = csv("metrics.csv");
    assertEquals(rules.size() * 3 * NAMES.length, lines.size());
    CSVRecord first = lines.get(0);
    assertEquals("bolt", first.get("category"));
    assertEquals("pixel-auroc", first.get("metric"));
    assertEquals(
        scores.get(0).categories().get(0).values().get("pixel-auroc").value(),
        Double.parseDouble(first.get("value")));
    assertEquals(rules.size() * 3, csv("metrics-wide.csv").size());
    assertEquals(rules.size() * 4 * NAMES.length, csv("metrics-defects.csv").size());
    JsonObject json =
        JsonParser.parseString(Files.readString(folder.resolve("out/metrics.json")))
            .getAsJsonObject();
    JsonObject mean =
        json.getAsJsonArray("results").get(0).getAsJsonObject().getAsJsonObject("mean");
    assertEquals(
        scores.get(0).mean("dice"), mean.getAsJsonObject("dice").get("value").getAsDouble());
    assertEquals(2, mean.getAsJsonObject("dice").get("defined-over").getAsInt());
  }

  @Test
  void ruleSetsThatResizeTakeOtherSizes() {
    maskScale = 3;
    String refused = refusal(EvaluationProtocol.UNIASS);
    assertTrue(refused.contains("24 x 20") && refused.contains("72 x 60"), refused);
    Scores shrunk = score(EvaluationProtocols.named("anomalib")).get(0);
    assertEquals(
        expected.getAsJsonObject("bolt").get("pixel-ap").getAsDouble(),
        shrunk.categories().get(0).values().get("pixel-ap").value(),
        1e-12);
    Scores smooth = score(EvaluationProtocols.named("ader")).get(0);
    assertEquals(
        shrunk.categories().get(0).values().get("pixel-ap"),
        smooth.categories().get(0).values().get("pixel-ap"));
    Scores grown = score(EvaluationProtocols.named("mvtec")).get(0);
    assertEquals(8L * 72 * 60, grown.categories().get(0).pixels());
  }

  @Test
  void fullNamesAreTakenToo() throws IOException {
    Path stem = maps.resolve("bolt/test/good/000.npy");
    Files.move(stem, stem.resolveSibling("000.png.npy"));
    assertEquals(1, score(EvaluationProtocol.UNIASS).size());
  }

  @Test
  void badMapsAreNamed() throws IOException {
    Path map = maps.resolve("bolt/test/bent/004.npy");
    AnomalyMap good = Npy.read(map);
    float[] values = good.values().clone();
    values[20 * 2 + 7] = Float.NaN;
    Npy.write(map, new AnomalyMap(24, 20, values));
    assertNames(map.toString(), "NaN at row 2, column 7");
    values[20 * 2 + 7] = Float.NEGATIVE_INFINITY;
    Npy.write(map, new AnomalyMap(24, 20, values));
    assertNames(map.toString(), "-Infinity");
    Npy.write(map, new AnomalyMap(20, 24, good.values()));
    assertNames(map.toString(), "20 x 24", "24 x 20");
    Files.delete(map);
    assertNames("1 of 16 maps are missing", "bolt/test/bent/004.npy");
    Npy.write(map, good);
    Npy.write(maps.resolve("bolt/test/bent/099.npy"), good);
    assertNames("1 maps", "bolt/test/bent/099.npy");
  }

  @Test
  void categoriesWithoutTestImagesAndMissingFoldersAreNamed() {
    images.add(Image.normal("nut/train/good/1.png", "nut", Split.TRAIN));
    assertNames("category nut");
    images.remove(images.size() - 1);
    maps = folder.resolve("elsewhere");
    assertNames("no folder of maps", "elsewhere");
  }

  private void assertNames(String... parts) {
    String message = refusal(EvaluationProtocol.UNIASS);
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  private String refusal(EvaluationProtocol rules) {
    String message = assertThrows(UniassException.class, () -> score(rules)).getMessage();
    assertFalse(message.contains("\n"), message);
    return message;
  }

  private List<Scores> score(EvaluationProtocol... rules) {
    Scoring scoring = new ScoringEngine(maskReader());
    return scoring.score(
        new Scoring.MapFolder(maps, new Dataset(folder, images, List.of())),
        Cases.metrics(NAMES),
        List.of(rules),
        Cases.options(folder),
        Progress.NONE);
  }

  /**
   * Gives the fixture's masks, each pixel repeated {@code maskScale} times along both axes, and
   * shrinks them back to the pixels in the blocks' centers.
   */
  private Images maskReader() {
    return (Images)
        Proxy.newProxyInstance(
            Images.class.getClassLoader(),
            new Class<?>[] {Images.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("resize")) {
                return shrunk((Pixels) arguments[0], (ImageFormat) arguments[1]);
              }
              Image image = (Image) arguments[1];
              byte[] values = masks.get(image.path());
              int height = 24 * maskScale;
              int width = 20 * maskScale;
              return Optional.of(
                  new Mask(height, width, SizeChange.nearest(values, 24, 20, height, width)));
            });
  }

  private static Pixels shrunk(Pixels pixels, ImageFormat format) {
    byte[] rgb = new byte[3 * format.height() * format.width()];
    for (int i = 0; i < rgb.length / 3; i++) {
      int row = 3 * (i / format.width()) + 1;
      int column = 3 * (i % format.width()) + 1;
      System.arraycopy(pixels.rgb(), 3 * (row * pixels.width() + column), rgb, 3 * i, 3);
    }
    return new Pixels(format.height(), format.width(), rgb);
  }

  private List<CSVRecord> csv(String name) throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser =
        CSVParser.parse(folder.resolve("out").resolve(name), StandardCharsets.UTF_8, format)) {
      return parser.getRecords();
    }
  }
}
