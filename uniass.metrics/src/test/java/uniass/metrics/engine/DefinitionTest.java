/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uniass.api.metric.EvaluationProtocol;
import uniass.api.metric.MetricAccumulator;
import uniass.api.metric.MetricContext;
import uniass.api.metric.MetricValue;
import uniass.api.metric.ScoredImage;
import uniass.api.metric.Scores;
import uniass.api.metric.ScoringOptions;
import uniass.metrics.AllMetrics;
import uniass.metrics.curves.Direct;
import uniass.metrics.curves.PixelEvidence;

/** Random images: figures against their definitions, and against themselves in other ways. */
class DefinitionTest {

  @TempDir Path scratch;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 16, 1000})
  void figuresAreThoseOfTheDefinitions(int levels) {
    for (long seed = 0; seed < 12; seed++) {
      List<ScoredImage> images = random(seed, 5, 7, 9, levels, 0.2);
      Map<String, MetricValue> values =
          Cases.score(Cases.metrics(AllMetrics.names()), images, Cases.options(scratch))
              .categories()
              .get(0)
              .values();
      Direct direct = new Direct(images);
      assertEquals(direct.auroc(), values.get("pixel-auroc").value(), 1e-13);
      assertEquals(direct.ap(), values.get("pixel-ap").value(), 1e-13);
      assertEquals(direct.f1(), values.get("pixel-f1-max").value(), 1e-13);
      assertEquals(direct.iou(), values.get("iou-max").value(), 1e-13);
      assertEquals(direct.dice(), values.get("dice").value(), 1e-13);
      assertEquals(direct.aupro(0.3), values.get("aupro").value(), 1e-12);
      assertEquals(direct.aupro(0.05), values.get("aupro-05").value(), 1e-12);
      assertTrue(Double.isNaN(values.get("aupimo").value()), "too few normal pixels");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7, 40, 1000})
  void aupimoIsThatOfTheDefinition(int levels) {
    for (long seed = 0; seed < 20; seed++) {
      List<ScoredImage> images = random(seed, 6, 8, 8, levels, 0.2);
      for (double[] rates : new double[][] {{0.01, 0.2}, {0.05, 0.9}, {0.02, 0.03}}) {
        PixelEvidence evidence = new PixelEvidence(new Alone());
        images.forEach(evidence::add);
        assertEquals(
            new Direct(images).aupimo(rates[0], rates[1]),
            evidence.aupimo(rates[0], rates[1]).value(),
            1e-12);
      }
    }
  }

  @Test
  void orderThreadsAndMemoryLeaveNoTrace() throws IOException {
    List<ScoredImage> images = new ArrayList<>(random(3, 90, 64, 64, 1 << 20, 0.3));
    images.addAll(clipped(random(4, 30, 64, 64, 500, 0.5), images.size()));
    Scores expected = score(images, 256L << 20, 1);
    Random random = new Random(1);
    for (int run = 0; run < 4; run++) {
      Collections.shuffle(images, random);
      long memory = run % 2 == 0 ? ScoringOptions.MINIMUM_MEMORY : 16L << 20;
      Scores scores = score(images, memory, 1 + run);
      assertEquals(expected.means(), scores.means());
      assertEquals(expected.images(), scores.images());
      for (int c = 0; c < expected.categories().size(); c++) {
        assertEquals(expected.categories().get(c).values(), scores.categories().get(c).values());
      }
      for (int d = 0; d < expected.defects().size(); d++) {
        assertEquals(expected.defects().get(d).values(), scores.defects().get(d).values());
      }
    }
    try (Stream<Path> left = Files.list(scratch)) {
      assertEquals(0, left.count(), "scratch files are gone");
    }
  }

  @Test
  void littleMemorySpills() {
    PixelEvidence evidence = new PixelEvidence(new Alone());
    random(5, 60, 64, 64, 1 << 20, 0.3).forEach(evidence::add);
    long before = evidence.spilledBytes();
    assertTrue(before > 0, "some keys lie on disk");
    evidence.close();
  }

  private Scores score(List<ScoredImage> images, long memory, int threads) {
    return Cases.score(
        Cases.metrics(AllMetrics.names()),
        images,
        new ScoringOptions(EvaluationProtocol.UNIASS, true, true, memory, scratch, threads));
  }

  /** Scores cut off at the top, so that one key has very many anomalous pixels. */
  private static List<ScoredImage> clipped(List<ScoredImage> images, int firstIndex) {
    List<ScoredImage> result = new ArrayList<>();
    for (ScoredImage p : images) {
      float[] map = p.map().values().clone();
      for (int i = 0; i < map.length; i++) {
        map[i] = Math.min(map[i], 0.5f);
      }
      result.add(
          Cases.image(
              "things",
              firstIndex + result.size(),
              p.map().height(),
              p.map().width(),
              map,
              p.mask().orElseThrow().values()));
    }
    return result;
  }

  /**
   * Every third image is normal; scores of anomalous pixels are a bit higher; zeros of both signs.
   */
  static List<ScoredImage> random(
      long seed, int n, int height, int width, int levels, double share) {
    Random random = new Random(seed);
    List<ScoredImage> images = new ArrayList<>();
    for (int p = 0; p < n; p++) {
      float[] map = new float[height * width];
      byte[] mask = new byte[height * width];
      for (int i = 0; i < map.length; i++) {
        mask[i] = (byte) (p % 3 != 0 && random.nextDouble() < share ? 1 : 0);
        double level = Math.floor((random.nextDouble() + 0.3 * mask[i]) * levels) / levels - 0.4;
        map[i] = (float) level;
        if (Math.abs(map[i]) < 0.05) {
          map[i] = random.nextBoolean() ? 0.0f : -0.0f;
        }
      }
      if (p % 3 != 0) {
        mask[random.nextInt(mask.length)] = 1;
      }
      images.add(Cases.image("things", p, height, width, map, mask));
    }
    return images;
  }

  /** A group of its own, with very little memory. */
  private final class Alone implements MetricContext {

    @Override
    public <A extends MetricAccumulator> A shared(
        Class<A> type, Function<MetricContext, A> factory) {
      return factory.apply(this);
    }

    @Override
    public EvaluationProtocol protocol() {
      return EvaluationProtocol.UNIASS;
    }

    @Override
    public long memoryLimit() {
      return 1 << 16;
    }

    @Override
    public long workingMemory() {
      return 1 << 16;
    }

    @Override
    public int threads() {
      return 2;
    }

    @Override
    public Path scratch() {
      return scratch;
    }
  }
}
