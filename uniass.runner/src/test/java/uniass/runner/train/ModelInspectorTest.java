package uniass.runner.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
import uniass.api.data.ImageFormat;
import uniass.api.data.Pixels;
import uniass.api.experiment.Experiments.TrainingOptions;
import uniass.api.inspection.InspectionOptions;
import uniass.api.inspection.Inspector;
import uniass.api.inspection.Prediction;
import uniass.inference.ModelInspector;
import uniass.inference.Services;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.testing.PlainPlugins;
import uniass.inference.testing.Rig;
import uniass.inference.testing.TinyDataset;
import uniass.runner.queue.RunQueue;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelInspectorTest {

  private final Services services = Rig.services(new PlainPlugins());
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
    return ModelInspector.open(services, model, options);
  }

  private Path image(int number) {
    return data.resolve("lines/test/spot/00" + number + ".png");
  }

  @Test
  void filesAndPixelsGiveTheSameMap() {
    try (Inspector inspector = open(InspectionOptions.defaults())) {
      Pixels pixels = services.images().decode(image(0), ImageFormat.of(1, 1));
      Prediction fromFile = inspector.inspect(image(0));
      assertArrayEquals(fromFile.map(), inspector.inspect("x", pixels).map());
      assertEquals(32 * 32, fromFile.map().length);
      assertTrue(inspector.model().calibrated());
      assertEquals(List.of("dots", "lines"), inspector.model().categories());
    }
  }

  @Test
  void theLossAndMetricsThatAModelWasMadeWithNeedNotBeThere() {
    PlainPlugins plugins = new PlainPlugins();
    List.of("cosine", "pixel-ap", "mvtec-ad").forEach(plugins::remove);
    try (Inspector whole = open(InspectionOptions.defaults());
        Inspector bare =
            ModelInspector.open(Rig.services(plugins), model, InspectionOptions.defaults())) {
      assertArrayEquals(whole.inspect(image(0)).map(), bare.inspect(image(0)).map());
      assertEquals(whole.model().yaml(), bare.model().yaml());
    }
    plugins.remove("mgg-cnn");
    UniassException e =
        assertThrows(
            UniassException.class,
            () -> ModelInspector.open(Rig.services(plugins), model, InspectionOptions.defaults()));
    assertTrue(e.getMessage().contains("no gated CNN 'mgg-cnn'"), e.getMessage());
  }

  @Test
  void severalThreadsShareOneModel() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Inspector inspector = open(InspectionOptions.defaults())) {
      float[] alone = inspector.inspect(image(1)).map();
      List<Callable<float[]>> calls = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        calls.add(() -> inspector.inspect(image(1)).map());
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
    InspectionOptions small = new InspectionOptions(null, "cpu", 3, 32, 8, null);
    InspectionOptions large = new InspectionOptions(null, "cpu", 8, 64, 0, null);
    try (Inspector whole = open(InspectionOptions.defaults());
        Inspector four = open(small);
        Inspector one = open(large)) {
      assertEquals(48 * 48, four.inspect(image(0)).map().length);
      float[] map = whole.inspect(image(0)).map();
      float[] enlarged = one.inspect(image(0)).map();
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
    Inspector inspector = open(new InspectionOptions(null, "cpu", 1, 0, 0, null));
    List<Integer> taken = new ArrayList<>();
    Inspector.Results results =
        new Inspector.Results() {
          @Override
          public void accept(int index, Prediction result) {
            inspector.close();
            taken.add(index);
          }

          @Override
          public void failed(int index, Path file, String why) {
            throw new AssertionError(why);
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
            UniassException.class,
            () -> open(new InspectionOptions(null, "cpu", 8, 0, 0, "bottle")));
    assertTrue(e.getMessage().contains("'bottle'; it has: dots, lines"), e.getMessage());
  }
}
