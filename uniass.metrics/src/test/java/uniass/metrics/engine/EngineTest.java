/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.UniassException;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Image;
import uniass.api.data.Mask;
import uniass.api.data.Split;
import uniass.api.metric.Metric;
import uniass.api.metric.MetricAccumulator;
import uniass.api.metric.MetricValue;
import uniass.api.metric.ScoredImage;
import uniass.api.metric.Scores;
import uniass.api.metric.ScoringRun;
import uniass.api.plugin.Configured;
import uniass.api.plugin.Settings;

class EngineTest {

  @TempDir Path scratch;

  @Test
  void categoriesWithoutAnomaliesAreNotDefinedAndTheMeanSaysSo() {
    List<ScoredImage> images = new ArrayList<>();
    images.add(image("bolt", 0, 0.1f, 0));
    images.add(image("bolt", 1, 0.2f, 4));
    images.add(image("washer", 0, 0.3f, 0));
    Scores scores = score(images, "pixel-ap", "image-auroc", "dice");
    for (Scores.Mean mean : scores.means()) {
      assertEquals(1, mean.defined(), mean.metric());
      assertEquals(2, mean.categories(), mean.metric());
      assertEquals(scores.categories().get(0).values().get(mean.metric()).value(), mean.value());
      assertFalse(scores.categories().get(1).values().get(mean.metric()).defined());
    }
    assertTrue(Double.isNaN(scores.mad()));
    Scores none = score(images.subList(2, 3), "pixel-ap");
    assertTrue(Double.isNaN(none.mean("pixel-ap")));
    assertEquals(0, none.means().get(0).defined());
  }

  @Test
  void madIsTheMeanOfTheUsualSeven() {
    List<ScoredImage> images = List.of(image("bolt", 0, 0.3f, 0), image("bolt", 1, 0.2f, 4));
    Scores scores = score(images, Scores.USUAL_SEVEN.toArray(String[]::new));
    assertEquals(
        scores.means().stream().mapToDouble(Scores.Mean::value).average().orElseThrow(),
        scores.mad(),
        1e-15);
  }

  @Test
  void settingsOtherThanDefaultsShowInNames() {
    List<Configured<Metric>> metrics =
        List.of(
            Cases.metric("aupro", Map.of("limit", 0.30)),
            Cases.metric("aupro", Map.of("limit", 0.05)),
            Cases.metric("image-auroc", Map.of("score", "mean")));
    Scores scores =
        Cases.score(
            metrics,
            List.of(image("bolt", 0, 0.3f, 0), image("bolt", 1, 0.2f, 4)),
            Cases.options(scratch));
    assertEquals(List.of("aupro", "aupro-0.05", "image-auroc-mean"), scores.metrics());
    assertThrows(UniassException.class, () -> NamedMetric.of(Cases.metrics("dice", "dice")));
  }

  @Test
  void imagesWithoutMasksCountForImagesOnly() {
    ScoredImage masked = image("bolt", 0, 0.1f, 0);
    ScoredImage bare =
        new ScoredImage(
            "bolt/test/hole/9.png", "bolt", "hole", true, map(ramp(0.4f)), Optional.empty());
    Scores scores = score(List.of(masked, bare), "pixel-auroc", "image-auroc");
    assertEquals(1, scores.mean("image-auroc"));
    assertFalse(scores.categories().get(0).values().get("pixel-auroc").defined());
    assertEquals(12, scores.categories().get(0).pixels());
  }

  @Test
  void foreignMetricsAreFedWithWhatConcernsTheirGroup() {
    Metric counting = (context, settings) -> new Counting();
    List<ScoredImage> images = new ArrayList<>();
    images.add(image("bolt", 0, 0.1f, 0));
    images.add(image("bolt", 1, 0.2f, 4));
    ScoredImage p = image("bolt", 2, 0.2f, 3);
    images.add(new ScoredImage("bolt/test/bent/2.png", "bolt", "bent", true, p.map(), p.mask()));
    Scores scores =
        Cases.score(
            List.of(new Configured<>("counting", counting, new Settings(Map.of()))),
            images,
            Cases.options(scratch));
    assertEquals(3, scores.mean("counting"));
    assertEquals(
        List.of(2.0, 2.0),
        scores.defects().stream().map(d -> d.values().get("counting").value()).toList());
  }

  @Test
  void curvesEndWhereTheyShould() {
    List<ScoredImage> images = DefinitionTest.random(1, 9, 40, 40, 1 << 20, 0.3);
    Scores.Group group = score(images, "pixel-auroc", "aupro").categories().get(0);
    assertEquals(
        List.of("pixel-roc", "pixel-pr", "pro", "image-roc", "image-pr"),
        group.curves().stream().map(Scores.Curve::name).toList());
    for (Scores.Curve curve : group.curves()) {
      int last = curve.x().length - 1;
      assertTrue(last < 2500, curve.name() + " has " + last);
      assertEquals(1, curve.x()[last], curve.name());
      double area = 0;
      for (int i = 0; i < last; i++) {
        assertTrue(curve.x()[i] <= curve.x()[i + 1]);
        assertTrue(curve.threshold()[i] >= curve.threshold()[i + 1]);
        area += (curve.x()[i + 1] - curve.x()[i]) * (curve.y()[i] + curve.y()[i + 1]) / 2;
      }
      if (curve.name().equals("pixel-roc")) {
        assertEquals(group.values().get("pixel-auroc").value(), area, 2e-3);
        assertEquals(1, curve.y()[last]);
      }
    }
    long counted =
        Arrays.stream(group.histogram().normal()).sum()
            + Arrays.stream(group.histogram().anomalous()).sum();
    assertEquals(9, counted);
  }

  @Test
  void badImagesAreNamed() {
    ScoredImage good = image("bolt", 0, 0.1f, 2);
    float[] infinite = good.map().values().clone();
    infinite[5] = Float.POSITIVE_INFINITY;
    byte[] gray = good.mask().orElseThrow().values().clone();
    gray[11] = (byte) 128;
    refused(with(good, map(infinite), good.mask()), "Infinity at row 1, column 1");
    refused(
        with(good, good.map(), Optional.of(new Mask(3, 4, gray))),
        "not binary: 128 at row 2, column 3");
    refused(
        with(good, new AnomalyMap(1, 7, new float[7]), good.mask()),
        "is 3 x 4 pixels, but its map is 1 x 7");
    refused(
        with(good, good.map(), Optional.of(new Mask(5, 1, new byte[5]))),
        "is 5 x 1 pixels, but its map is 3 x 4");
    refused(image("washer", 3, 0.1f, 0), "not among the images");
    try (ScoringRun run = open(good)) {
      assertTrue(message(run::result).contains(good.path()));
      run.add(good);
      assertTrue(message(() -> run.add(good)).contains("came twice"));
    }
    assertTrue(
        message(() -> new ScoringEngine(null).open(List.of(), List.of(), Cases.options(scratch)))
            .contains("no images"));
    Image twice = Image.normal("a.png", "a", Split.TEST);
    assertTrue(
        message(
                () ->
                    new ScoringEngine(null)
                        .open(List.of(), List.of(twice, twice), Cases.options(scratch)))
            .contains("twice"));
    assertTrue(message(() -> EvaluationProtocols.named("aderr")).contains("uniass, ader"));
  }

  @Test
  void aMapOrMaskHasOneValuePerPixel() {
    assertEquals(
        "7 values for an anomaly map of 3 x 4 pixels",
        assertThrows(IllegalArgumentException.class, () -> map(new float[7])).getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Mask(3, 4, new byte[5]));
    assertThrows(IllegalArgumentException.class, () -> new Mask(0, 0, new byte[0]));
    AnomalyMap map = map(ramp(0.1f));
    assertEquals(map.values()[11], map.max());
    assertEquals(map.values()[6], map.at(1, 2));
    Mask high = map.atLeast(map.at(2, 1));
    assertTrue(high.fits(map) && high.at(2, 1) && !high.at(2, 0));
    assertFalse(map.atLeast(map.max() + 1).any());
  }

  private void refused(ScoredImage bad, String expected) {
    try (ScoringRun run = open(image("bolt", 0, 0.1f, 2))) {
      String message = message(() -> run.add(bad));
      assertTrue(message.contains(expected) && message.contains(bad.path()), message);
    }
  }

  private static String message(Runnable wrong) {
    String message = assertThrows(UniassException.class, wrong::run).getMessage();
    assertFalse(message.contains("\n"), message);
    return message;
  }

  private ScoringRun open(ScoredImage image) {
    return new ScoringEngine(null)
        .open(Cases.metrics("pixel-auroc"), Cases.announce(List.of(image)), Cases.options(scratch));
  }

  private Scores score(List<ScoredImage> images, String... names) {
    return Cases.score(Cases.metrics(names), images, Cases.options(scratch));
  }

  private static ScoredImage with(ScoredImage p, AnomalyMap map, Optional<Mask> mask) {
    return new ScoredImage(p.path(), p.category(), p.defect(), p.anomalous(), map, mask);
  }

  private static AnomalyMap map(float[] values) {
    return new AnomalyMap(3, 4, values);
  }

  private static ScoredImage image(String category, int index, float low, int anomalies) {
    byte[] mask = new byte[12];
    Arrays.fill(mask, 12 - anomalies, 12, (byte) 1);
    return Cases.image(category, index, 3, 4, ramp(low), mask);
  }

  private static float[] ramp(float low) {
    float[] map = new float[12];
    for (int i = 0; i < 12; i++) {
      map[i] = low + i * 0.05f;
    }
    return map;
  }

  /** Counts the images it is fed. */
  private static final class Counting implements MetricAccumulator {
    private int count;

    @Override
    public void add(ScoredImage image) {
      count++;
    }

    @Override
    public MetricValue result() {
      return MetricValue.of(count);
    }
  }
}
