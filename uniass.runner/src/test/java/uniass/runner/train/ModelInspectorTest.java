/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.api.checkpoint.Checkpoint;
import uniass.api.checkpoint.TensorData;
import uniass.api.data.AnomalyMap;
import uniass.api.data.ImageFormat;
import uniass.api.data.Pixels;
import uniass.api.experiment.Experiments.TrainingOptions;
import uniass.api.inspection.InspectionOptions;
import uniass.api.inspection.Inspector;
import uniass.api.inspection.NormalImages;
import uniass.api.inspection.Prediction;
import uniass.api.inspection.SelfTest;
import uniass.api.inspection.UnreadableImageException;
import uniass.api.metric.ImageScore;
import uniass.api.metric.Threshold;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.model.CalibrationSummary;
import uniass.inference.model.ModelMetadata;
import uniass.inference.model.NormalJson;
import uniass.inference.model.Reference;
import uniass.inference.model.ThresholdJson;
import uniass.inference.testing.PlainPlugins;
import uniass.inference.testing.Rig;
import uniass.inference.testing.TinyDataset;
import uniass.runner.queue.RunQueue;
import uniass.runner.queue.Services;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelInspectorTest {

  private final Rig rig = new Rig(new PlainPlugins());
  private final Services services =
      new Services(rig.models(), rig.checkpoints(), rig.images(), rig.scoring(), rig.thresholds());
  private Path data;
  private Path model;

  @BeforeAll
  void train(@TempDir Path folder) throws IOException {
    data = TinyDataset.write(folder.resolve("data"), 4, 2, 48);
    ExperimentSpec spec =
        services
            .library()
            .parse(
                "tiny.yaml",
                """
                dataset: { image-size: 32 }
                model:
                  backbone: { name: efficientnet-lite0, weights: random }
                  hidden: 32
                  pixel-decoder: { name: transformer-fpn, layers: 1, ffn: 32 }
                  attention: { name: spatial-channel, ffn: 32, neighbour-mask: 1 }
                train: { epochs: 1, batch: 4, validate-every: 0 }
                """,
                folder,
                List.of("dataset.root=" + data));
    TrainingOptions options = new TrainingOptions(folder.resolve("run"), false, false);
    TrainingRun.prepare(options.out(), options);
    model =
        new RunQueue(event -> {})
            .run(
                "train",
                "tiny",
                Progress.NONE,
                c -> new TrainingRun(services, spec, options, c).run())
            .model();
  }

  private Inspector open(InspectionOptions options) {
    return rig.inspection().open(model, options);
  }

  private Path image(int number) {
    return data.resolve("lines/test/spot/00" + number + ".png");
  }

  @Test
  void aModelTestsItselfWithTheImagesThatItCarries() {
    try (Inspector inspector = open(InspectionOptions.defaults())) {
      SelfTest test = inspector.selfTest().orElseThrow();
      assertEquals(2, test.images());
      assertTrue(test.agrees(), test.toString());
      NormalImages lines = inspector.calibration().normal().get("lines");
      assertEquals(4, lines.scores().length);
      assertFalse(lines.unseen());
      assertEquals(4, lines.sharpness().length);
      assertEquals(Set.of("48x48"), lines.sizes());
      assertEquals(8, inspector.calibration().normal().get("*").brightness().length);
    }
    Checkpoint checkpoint = rig.checkpoints().read(model);
    try (Inspector damaged = rig.inspection().open(changed(checkpoint), cpu())) {
      assertFalse(damaged.selfTest().orElseThrow().agrees());
    }
    Map<String, String> older = new HashMap<>(checkpoint.metadata());
    older.keySet().removeAll(List.of(Reference.KEY, NormalJson.KEY));
    Path old = model.resolveSibling("old.safetensors");
    rig.checkpoints().write(old, checkpoint.tensors(), older);
    try (Inspector inspector = rig.inspection().open(old, cpu())) {
      assertTrue(inspector.selfTest().isEmpty());
      assertEquals(Map.of(), inspector.calibration().normal());
    }
  }

  /** The image's score decides, and the mask agrees with the verdict. */
  @Test
  void anotherImageScoreDecidesAndTheMaskAgreesWithIt() {
    Checkpoint checkpoint = rig.checkpoints().read(model);
    AnomalyMap map;
    try (Inspector inspector = open(cpu())) {
      assertEquals(ImageScore.MAX, inspector.calibration().imageScore());
      map = inspector.inspect(image(0)).map();
      assertEquals(map.max(), inspector.score(map));
    }
    double mean = ImageScore.TOP_1_PERCENT.of(map.values());
    assertTrue(mean < map.max(), mean + " against " + map.max());
    Prediction normal = byMean(checkpoint, (mean + map.max()) / 2);
    assertEquals(mean, normal.score(), 1e-4 * mean);
    assertEquals(Prediction.Verdict.NORMAL, normal.verdict());
    assertEquals(0, anomalous(normal), "a normal image has no anomalous pixels");
    Prediction anomalous = byMean(checkpoint, mean * 0.99);
    assertEquals(Prediction.Verdict.ANOMALOUS, anomalous.verdict());
    assertTrue(anomalous(anomalous) > 0, "an anomalous image has some");
  }

  private static int anomalous(Prediction prediction) {
    int count = 0;
    for (byte value : prediction.mask().orElseThrow().values()) {
      count += value;
    }
    return count;
  }

  private Prediction byMean(Checkpoint checkpoint, double threshold) {
    ModelMetadata metadata = new ModelMetadata(checkpoint.metadata());
    Map<String, Threshold> thresholds = new HashMap<>(metadata.thresholds());
    thresholds.replaceAll((category, t) -> t.withValue(threshold));
    Map<String, String> changed = new HashMap<>(checkpoint.metadata());
    changed.put(ThresholdJson.KEY, ThresholdJson.of(thresholds));
    changed.put(
        CalibrationSummary.KEY,
        checkpoint.metadata().get(CalibrationSummary.KEY).replace("\"max\"", "\"top-1-percent\""));
    Path file = model.resolveSibling("mean.safetensors");
    rig.checkpoints().write(file, checkpoint.tensors(), changed);
    try (Inspector inspector = rig.inspection().open(file, cpu())) {
      assertEquals(ImageScore.TOP_1_PERCENT, inspector.calibration().imageScore());
      return inspector.inspect(image(0));
    }
  }

  private static InspectionOptions cpu() {
    return InspectionOptions.defaults().withDevice("cpu");
  }

  /** The model with one tensor turned around: a whole file, and not the one that was trained. */
  private Path changed(Checkpoint checkpoint) {
    Map<String, TensorData> tensors = new LinkedHashMap<>(checkpoint.tensors());
    String convolution =
        tensors.keySet().stream().filter(n -> tensors.get(n).shape().length == 4).findFirst().get();
    TensorData tensor = tensors.get(convolution);
    ByteBuffer data = ByteBuffer.allocate(tensor.data().remaining());
    data.put(tensor.data().duplicate()).flip();
    ByteBuffer values = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < values.limit(); i += Float.BYTES) {
      values.putFloat(i, -values.getFloat(i));
    }
    tensors.put(convolution, new TensorData(tensor.type(), tensor.shape(), data));
    Path file = model.resolveSibling("changed.safetensors");
    rig.checkpoints().write(file, tensors, checkpoint.metadata());
    return file;
  }

  @Test
  void filesAndPixelsGiveTheSameMap() {
    try (Inspector inspector = open(InspectionOptions.defaults())) {
      Pixels pixels = services.images().decode(image(0), ImageFormat.of(1, 1));
      Prediction fromFile = inspector.inspect(image(0));
      assertArrayEquals(fromFile.map().values(), inspector.inspect("x", pixels).map().values());
      assertEquals(32 * 32, fromFile.map().values().length);
      assertTrue(inspector.model().calibrated());
      assertEquals(List.of("dots", "lines"), inspector.model().categories());
    }
  }

  @Test
  void theLossAndMetricsThatAModelWasMadeWithNeedNotBeThere() {
    PlainPlugins plugins = new PlainPlugins();
    List.of("cosine", "pixel-ap", "mvtec-ad").forEach(plugins::remove);
    try (Inspector whole = open(InspectionOptions.defaults());
        Inspector bare = new Rig(plugins).inspection().open(model, InspectionOptions.defaults())) {
      assertArrayEquals(
          whole.inspect(image(0)).map().values(), bare.inspect(image(0)).map().values());
      assertEquals(whole.model().yaml(), bare.model().yaml());
    }
    plugins.remove("mgg-cnn");
    UniassException e =
        assertThrows(
            UniassException.class,
            () -> new Rig(plugins).inspection().open(model, InspectionOptions.defaults()));
    assertTrue(e.getMessage().contains("no gated CNN 'mgg-cnn'"), e.getMessage());
  }

  @Test
  void severalThreadsShareOneModel() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Inspector inspector = open(InspectionOptions.defaults())) {
      float[] alone = inspector.inspect(image(1)).map().values();
      List<Callable<float[]>> calls = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        calls.add(() -> inspector.inspect(image(1)).map().values());
      }
      for (Future<float[]> map : threads.invokeAll(calls)) {
        assertArrayEquals(alone, map.get(), 1e-6f);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void tiledMapsHaveTheImagesSizeAndTheWholeMapWhereOneTileIsEnough() {
    InspectionOptions small = InspectionOptions.defaults().withBatch(3).withTiles(32, 8);
    InspectionOptions large = InspectionOptions.defaults().withTiles(64, 0);
    try (Inspector whole = open(InspectionOptions.defaults());
        Inspector four = open(small);
        Inspector one = open(large)) {
      assertEquals(48 * 48, four.inspect(image(0)).map().values().length);
      float[] map = whole.inspect(image(0)).map().values();
      float[] enlarged = one.inspect(image(0)).map().values();
      // pixel centers: 3 x 3 pixels of the image share 2 x 2 of the map, the middle one lies
      // between
      float middle = (map[0] + map[1] + map[32] + map[33]) / 4;
      assertEquals(middle, enlarged[48 + 1], 1e-5f);
    }
  }

  /** Memory outside the heap waits for the garbage collector, which may not come for long. */
  @Test
  void inspectionsUseTheSameMemoryOutsideTheHeap() throws InterruptedException {
    BufferPoolMXBean direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .findFirst()
            .orElseThrow();
    try (Inspector inspector = open(InspectionOptions.defaults())) {
      Pixels pixels = services.images().decode(image(0), ImageFormat.of(1, 1));
      inspector.inspect("first", pixels);
      for (int i = 0; i < 3; i++) {
        System.gc();
        Thread.sleep(50); // what is freed is freed by another thread
      }
      long before = direct.getCount();
      for (int i = 0; i < 20; i++) {
        inspector.inspect("again", pixels);
      }
      assertTrue(direct.getCount() < before + 10, before + " buffers, then " + direct.getCount());
    }
  }

  @Test
  @Timeout(60)
  void closingEndsAnInspectionOfManyFilesAtItsNextBatch() {
    Inspector inspector = open(InspectionOptions.defaults().withBatch(1).withoutTiles());
    List<Integer> taken = new ArrayList<>();
    Inspector.Results results =
        new Inspector.Results() {
          @Override
          public void accept(int index, Prediction result) {
            inspector.close();
            taken.add(index);
          }

          @Override
          public void failed(int index, UnreadableImageException failure) {
            throw new AssertionError(failure);
          }
        };
    List<Path> files = Collections.nCopies(50, image(0));
    assertThrows(IllegalStateException.class, () -> inspector.inspect(files, results));
    assertTrue(taken.size() >= 1 && taken.size() <= 4, "what was computed, and no more: " + taken);
  }

  @Test
  void aClosedModelSaysSoAndAnUnknownCategoryIsNamed() {
    Inspector inspector = open(InspectionOptions.defaults());
    inspector.close();
    inspector.close();
    assertThrows(IllegalStateException.class, () -> inspector.inspect(image(0)));
    UniassException e =
        assertThrows(
            UniassException.class, () -> open(InspectionOptions.defaults().withCategory("bottle")));
    assertTrue(e.getMessage().contains("'bottle'; it has: dots, lines"), e.getMessage());
  }
}
