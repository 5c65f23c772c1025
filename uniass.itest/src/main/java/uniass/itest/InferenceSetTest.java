/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import uniass.api.checkpoint.Checkpoints;
import uniass.api.inspection.Inspection;
import uniass.api.inspection.InspectionOptions;
import uniass.api.inspection.Inspector;
import uniass.api.inspection.Prediction;
import uniass.api.inspection.Prediction.Verdict;
import uniass.inference.model.Models;

/**
 * What a gateway installs inspects images, without a trainer, a report or a shell. Runs in the
 * inference set alone.
 */
@EnabledIfSystemProperty(named = "uniass.itest.set", matches = "inference")
class InferenceSetTest {

  /** What tests bring along. */
  private static final List<String> OF_TESTS =
      List.of(
          "uniass.itest",
          "junit",
          "org.opentest4j",
          "org.apiguardian",
          "biz.aQute",
          "org.osgi.test",
          "assertj");

  @InjectBundleContext BundleContext context;

  @InjectService(timeout = Patience.MILLISECONDS)
  Models models;

  @InjectService(timeout = Patience.MILLISECONDS)
  Checkpoints checkpoints;

  @InjectService(timeout = Patience.MILLISECONDS)
  Inspection inspection;

  @TempDir Path folder;

  @Test
  void onlyWhatInspectsIsInstalled() {
    List<String> ours =
        installed().stream()
            .map(Bundle::getSymbolicName)
            .filter(n -> n.startsWith("uniass."))
            .toList();
    assertEquals(
        List.of(
            "uniass.api",
            "uniass.checkpoint",
            "uniass.datasets",
            "uniass.djl",
            "uniass.inference",
            "uniass.io",
            "uniass.metrics",
            "uniass.model",
            "uniass.tensor"),
        ours.stream().filter(name -> !name.startsWith("uniass.djl.")).sorted().toList());
    assertEquals(10, ours.size(), "and one fragment with libraries: " + ours);
    for (Bundle bundle : installed()) {
      String name = bundle.getSymbolicName();
      assertTrue(
          !name.contains("picocli") && !name.contains("gogo") && !name.contains("jline"),
          name + " is not for a gateway");
    }
  }

  @Test
  void anImageIsInspected() throws Exception {
    Path image = files().image("part.png", Color.LIGHT_GRAY);
    Path other = files().image("other.png", Color.RED);
    double score;
    try (Inspector inspector = open(files().model(Map.of()))) {
      Prediction undecided = inspector.inspect(image);
      assertEquals(Verdict.UNDECIDED, undecided.verdict(), "a model without thresholds");
      score = Math.max(undecided.score(), inspector.inspect(other).score());
    }
    try (Inspector inspector = open(files().model(Untrained.threshold(score)))) {
      Prediction first = inspector.inspect(image);
      Prediction second = inspector.inspect(other);
      assertEquals(Untrained.SIZE, first.map().height());
      assertEquals(Untrained.SIZE, first.map().width());
      float[] values = first.map().values();
      for (float value : values) {
        assertTrue(Float.isFinite(value) && value >= 0, "a value of the map: " + value);
      }
      assertArrayEquals(values, inspector.inspect(image).map().values(), "the same image again");
      assertEquals(
          List.of(Verdict.NORMAL, Verdict.ANOMALOUS),
          List.of(first, second).stream().map(Prediction::verdict).sorted().toList());
    }
  }

  /** What docs/integrator.md says about size and memory comes from the line that this prints. */
  @Test
  void memoryDoesNotGrowWithTheImages() throws Exception {
    Path image = files().image("part.png", Color.LIGHT_GRAY);
    Path model = files().model(Map.of());
    System.gc(); // making the model took a part of the heap that inspecting does not need
    try (Inspector inspector = open(model)) {
      inspect(inspector, image, 20);
      long early = resident("RssAnon:");
      System.out.printf(
          "[INFO] inference set: %d bundles, %.1f MB on disk; resident after 20 images: %.0f MB,"
              + " and %.0f MB of files%n",
          installed().size(), sizeOnDisk() / 1e6, early / 1e6, resident("RssFile:") / 1e6);
      inspect(inspector, image, 10);
      long late = resident("RssAnon:");
      assertTrue(late < early + 150_000_000, "resident memory: " + early + ", then " + late);
    }
  }

  private Untrained files() {
    return new Untrained(models, checkpoints, folder);
  }

  private static void inspect(Inspector inspector, Path image, int times) {
    for (int i = 0; i < times; i++) {
      assertEquals(Untrained.SIZE, inspector.inspect(image).map().width());
    }
  }

  private Inspector open(Path model) {
    return inspection.open(model, InspectionOptions.defaults().withDevice("cpu").withBatch(1));
  }

  private TreeSet<Bundle> installed() {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getBundleId() != 0)
        .filter(bundle -> OF_TESTS.stream().noneMatch(bundle.getSymbolicName()::startsWith))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private long sizeOnDisk() throws IOException {
    long bytes = 0;
    for (Bundle bundle : installed()) {
      String file = bundle.getLocation().replaceFirst("^(reference:)?", "");
      bytes += Files.size(Path.of(URI.create(file)));
    }
    return bytes;
  }

  /**
   * Bytes of this process in memory.
   *
   * @param kind its own, or pages of files, which Linux takes back when it needs them
   */
  private static long resident(String kind) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(kind)) {
        return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IllegalStateException("Linux says how much memory a process has");
  }
}
