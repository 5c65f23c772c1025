package uniass.model.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import uniass.api.network.AnomalyNetwork;
import uniass.tensor.AdamW;
import uniass.tensor.EngineReady;
import uniass.tensor.Engines;
import uniass.tensor.Gradients;
import uniass.tensor.Pass;

/** What only many steps show: lost memory, and gradients that depend on the garbage collector. */
class LongTrainingTest {

  private static final long MEGABYTE = 1 << 20;

  private final EngineReady engine = Engines.load();

  private AnomalyNetwork tiny() {
    Map<String, Object> small = Map.of("ffn", 32, "neighbour-mask", 0, "heads", 2);
    var plan =
        new PlanBuilder()
            .gatedCnn("mgg-cnn", Map.of("branches", List.of("1x1", "3x3-2")))
            .image(32, 32)
            .hidden(32)
            .backbone("efficientnet-lite0")
            .attention("spatial-channel", small)
            .pixelDecoder("transformer-fpn", Map.of("ffn", 32, "layers", 1))
            .build();
    return new AssembledNetworks(engine).assemble(plan, Device.cpu(), 7);
  }

  /** One step; jitter and dropout are on. */
  private static double step(
      AnomalyNetwork network, NDArray images, Gradients gradients, AdamW optimizer, int step) {
    double loss = gradients.accumulate(() -> network.loss(images, Pass.training(step)));
    gradients.clip(0.1);
    optimizer.step(gradients, 1e-3);
    gradients.zero();
    return loss;
  }

  private double[] losses(int steps) {
    double[] losses = new double[steps];
    try (AnomalyNetwork network = tiny();
        NDManager manager = engine.newManager(Device.cpu());
        AdamW optimizer = new AdamW(network.parameters(), AdamW.Settings.decay(1e-4))) {
      NDArray images = Fill.input(manager, 2, 3, 32, 32);
      Gradients gradients = new Gradients(network.parameters());
      for (int i = 0; i < steps; i++) {
        losses[i] = step(network, images, gradients, optimizer, i);
      }
    }
    return losses;
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void garbageCollectionChangesNothing() throws InterruptedException {
    double[] undisturbed = losses(12);
    assertTrue(undisturbed[11] < undisturbed[0], "the loss falls");
    AtomicBoolean stop = new AtomicBoolean();
    Thread collector =
        new Thread(
            () -> {
              while (!stop.get()) {
                System.gc();
                pause();
              }
            });
    collector.start();
    try {
      assertArrayEquals(undisturbed, losses(12));
    } finally {
      stop.set(true);
      collector.join();
    }
  }

  @Test
  void thousandStepsLoseNoMemory() throws IOException {
    try (AnomalyNetwork network = tiny();
        NDManager manager = engine.newManager(Device.cpu());
        AdamW optimizer = new AdamW(network.parameters(), AdamW.Settings.decay(1e-4))) {
      NDArray images = Fill.input(manager, 1, 3, 32, 32);
      Gradients gradients = new Gradients(network.parameters());
      int owned = 0;
      long memory = 0;
      for (int i = 0; i < 1000; i++) {
        step(network, images, gradients, optimizer, i);
        network.anomalyMaps(images, Pass.inference()).close();
        if (i == 99) {
          owned = arrays(network, manager);
          memory = nativeMemory();
        }
      }
      assertEquals(owned, arrays(network, manager), "tensors that someone still holds");
      long grown = nativeMemory() - memory;
      System.out.println("native memory grew by " + grown / MEGABYTE + " MB in 900 steps");
      assertTrue(grown < 48 * MEGABYTE, "native memory grew by " + grown);
    }
  }

  private static int arrays(AnomalyNetwork network, NDManager manager) {
    return manager.getManagedArrays().size()
        + network.parameters().manager().getManagedArrays().size();
  }

  /** Resident memory without the Java heap. */
  private static long nativeMemory() throws IOException {
    System.gc();
    String line =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(l -> l.startsWith("VmRSS:"))
            .findFirst()
            .orElseThrow();
    long resident = Long.parseLong(line.replaceAll("\\D", "")) * 1024;
    return resident - Runtime.getRuntime().totalMemory();
  }
}
