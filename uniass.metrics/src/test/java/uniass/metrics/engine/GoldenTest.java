/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.metric.Metric;
import uniass.api.metric.MetricValue;
import uniass.api.metric.ScoredImage;
import uniass.api.metric.Scores;
import uniass.api.plugin.Configured;
import uniass.metrics.AllMetrics;

/** The cases that the official classes and scikit-learn were run on. */
class GoldenTest {

  private static final double EXACT = 1e-12;
  private static final Map<String, byte[]> FILES = new HashMap<>();
  private static JsonObject golden;

  @TempDir Path scratch;

  @BeforeAll
  static void read() throws IOException {
    try (InputStream in = GoldenTest.class.getResourceAsStream("/golden-metrics.zip");
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        FILES.put(e.getName(), zip.readAllBytes());
      }
    }
    String text = new String(FILES.get("metrics.json"), StandardCharsets.UTF_8);
    golden = JsonParser.parseString(text).getAsJsonObject();
  }

  @TestFactory
  Stream<DynamicTest> everyCase() {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonElement element : golden.getAsJsonArray("cases")) {
      JsonObject c = element.getAsJsonObject();
      tests.add(dynamicTest(c.get("name").getAsString(), () -> check(c)));
    }
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicTest> officialMeans() {
    List<ScoredImage> images = new ArrayList<>(images("basic", "alpha", 6, 32, 32));
    images.addAll(images("ties8", "beta", 6, 32, 32));
    Scores scores =
        Cases.score(
            withScore("std", "pixel-ap", "dice", "iou", "image-auroc", "pixel-auroc"),
            images,
            Cases.options(scratch));
    JsonObject values =
        golden.getAsJsonObject("official_performances_two_classes").getAsJsonObject("values");
    Map<String, String> names =
        Map.of(
            "ap_auc", "pixel-ap",
            "dice_auc", "dice",
            "iou_auc", "iou",
            "max_auc", "image-auroc",
            "pixel_auc", "pixel-auroc",
            "std_auc", "image-auroc-std");
    return names.entrySet().stream()
        .map(
            n ->
                dynamicTest(
                    n.getValue(),
                    () ->
                        assertEquals(
                            values.get("mean_" + n.getKey()).getAsDouble(),
                            scores.mean(n.getValue()),
                            EXACT)));
  }

  /** Metrics, and those of images by another score, too. */
  private static List<Configured<Metric>> withScore(String score, String... names) {
    List<Configured<Metric>> metrics = Cases.metrics(names);
    for (String name : names) {
      if (name.startsWith("image-")) {
        metrics.add(Cases.metric(name, Map.of("score", score)));
      }
    }
    return metrics;
  }

  private void check(JsonObject c) {
    var shape = c.getAsJsonArray("shape");
    List<ScoredImage> images =
        images(
            c.get("name").getAsString(),
            "things",
            shape.get(0).getAsInt(),
            shape.get(1).getAsInt(),
            shape.get(2).getAsInt());
    Scores scores =
        Cases.score(withScore("std", AllMetrics.names()), images, Cases.options(scratch));
    Scores.Group group = scores.categories().get(0);
    Map<String, MetricValue> values = group.values();
    JsonObject expected = c.getAsJsonObject("expected");
    boolean anomalies = expected.get("pixel_positive").getAsLong() > 0;

    assertEquals(expected.get("pixel_total").getAsLong(), group.pixels());
    assertEquals(expected.get("pixel_positive").getAsLong(), group.anomalousPixels());
    same(expected, "pixel_auroc", values.get("pixel-auroc"));
    same(expected, "aupro_30_exact_rational_check", values.get("aupro"));
    assertEquals(number(expected, "aupro_30"), values.get("aupro").value(), 1e-9);
    same(expected, "image_auroc_max", values.get("image-auroc"));
    same(expected, "image_auroc_std_float64", values.get("image-auroc-std"));
    if (expected.has("image_ap_max")) {
      same(expected, "image_ap_max", values.get("image-ap"));
      same(expected, "image_ap_std_float64", values.get("image-ap-std"));
    }
    if (anomalies) {
      same(expected, "official_pixel_ap", values.get("pixel-ap"));
      same(expected, "official_dice", values.get("dice"));
      same(expected, "official_iou", values.get("iou"));
      same(expected, "max_f1", values.get("pixel-f1-max"));
      detail(expected, "official_best_threshold", values.get("dice"), "threshold");
      detail(expected, "max_f1_threshold", values.get("pixel-f1-max"), "threshold");
      if (!Double.isNaN(number(expected, "aupro_30"))) {
        detail(expected, "components_8", values.get("aupro"), "components");
      }
    } else {
      List.of("pixel-ap", "pixel-f1-max", "dice", "iou", "aupro", "aupimo", "iou-max")
          .forEach(name -> assertEquals(Double.NaN, values.get(name).value(), name));
      detail(expected, "official_dice", values.get("dice"), "reference-value");
      detail(expected, "official_iou", values.get("iou"), "reference-value");
      detail(expected, "official_best_threshold", values.get("dice"), "threshold");
    }
    imageScores(expected, scores);
  }

  private static void imageScores(JsonObject expected, Scores scores) {
    Map<String, Double> byPath = new HashMap<>();
    scores.images().forEach(p -> byPath.put(p.path(), p.score()));
    var maxima = expected.getAsJsonArray("image_score_max");
    for (int i = 0; i < maxima.size(); i++) {
      String file = "/" + i + ".png";
      double score =
          byPath.entrySet().stream()
              .filter(e -> e.getKey().endsWith(file))
              .findFirst()
              .orElseThrow()
              .getValue();
      assertEquals(maxima.get(i).getAsDouble(), score);
    }
  }

  private static void same(JsonObject expected, String name, MetricValue value) {
    assertEquals(number(expected, name), value.value(), EXACT, name);
  }

  private static void detail(JsonObject expected, String name, MetricValue value, String key) {
    assertEquals(number(expected, name), value.details().get(key), EXACT, name);
  }

  private static double number(JsonObject object, String name) {
    JsonElement value = object.get(name);
    return value.isJsonNull() ? Double.NaN : value.getAsDouble();
  }

  private static List<ScoredImage> images(
      String name, String category, int n, int height, int width) {
    ByteBuffer maps = array(name + "_preds.npy");
    ByteBuffer masks = array(name + "_masks.npy");
    boolean soft = masks.remaining() == maps.remaining();
    List<ScoredImage> images = new ArrayList<>();
    for (int p = 0; p < n; p++) {
      float[] map = new float[height * width];
      byte[] mask = new byte[height * width];
      for (int i = 0; i < map.length; i++) {
        map[i] = maps.getFloat();
        mask[i] = (byte) ((soft ? masks.getFloat() : masks.get()) > 0 ? 1 : 0);
      }
      images.add(Cases.image(category, p, height, width, map, mask));
    }
    return images;
  }

  private static ByteBuffer array(String file) {
    ByteBuffer bytes = ByteBuffer.wrap(FILES.get(file)).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.position(10 + bytes.getShort(8));
  }
}
