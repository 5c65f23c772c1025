/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import uniass.api.data.Normalization;
import uniass.api.network.AnomalyNetwork;
import uniass.api.network.Backbone;
import uniass.api.network.NetworkPlan;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Configured;
import uniass.api.plugin.Settings;
import uniass.model.golden.Fill;
import uniass.tensor.AdamW;
import uniass.tensor.EngineReady;
import uniass.tensor.Engines;
import uniass.tensor.Gradients;
import uniass.tensor.Init;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/** What only many steps show: lost memory, and gradients that depend on the garbage collector. */
class LongTrainingTest {

  private static final long MEGABYTE = 1 << 20;

  private final EngineReady engine = Engines.load();

  private static PlanBuilder tiny() {
    return new PlanBuilder()
        .image(32, 32)
        .hidden(32)
        .backbone("efficientnet-lite0")
        .attention("spatial-channel", Map.of("ffn", 32, "neighbour-mask", 0, "heads", 2))
        .pixelDecoder("transformer-fpn", Map.of("ffn", 32, "layers", 1));
  }

  /** A network of few operations a step: no encoder, no branches, four convolutions as backbone. */
  private static NetworkPlan tiniest() {
    NetworkPlan plan =
        tiny()
            .gatedCnn("conv1x1", Map.of())
            .pixelDecoder("fpn", Map.of())
            .attention("spatial", Map.of("ffn", 32, "neighbour-mask", 0, "heads", 2))
            .build();
    Backbone backbone = new FourConvolutions();
    return new NetworkPlan(
        plan.imageHeight(),
        plan.imageWidth(),
        plan.network(),
        plan.hidden(),
        new Configured<>("four-convolutions", backbone, Settings.defaults(backbone)),
        plan.features(),
        plan.pixelDecoder(),
        plan.attention(),
        plan.gatedCnn(),
        plan.queryProjector(),
        plan.queryProcessor(),
        plan.loss(),
        plan.lossWeight(),
        plan.jitter(),
        plan.mapFilter(),
        plan.fusion(),
        plan.normalization());
  }

  private AnomalyNetwork assembled(NetworkPlan plan) {
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
    try (AnomalyNetwork network = assembled(tiny().build());
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

  /** In one thread, which such small tensors take least time in; with a prediction every tenth. */
  @Test
  void thousandStepsLoseNoMemory() throws IOException {
    int threads = JniUtils.getNumThreads();
    JniUtils.setNumThreads(1);
    try {
      trainThousandSteps();
    } finally {
      JniUtils.setNumThreads(threads);
    }
  }

  private void trainThousandSteps() throws IOException {
    try (AnomalyNetwork network = assembled(tiniest());
        NDManager manager = engine.newManager(Device.cpu());
        AdamW optimizer = new AdamW(network.parameters(), AdamW.Settings.decay(1e-4))) {
      NDArray images = Fill.input(manager, 1, 3, 32, 32);
      Gradients gradients = new Gradients(network.parameters());
      int owned = 0;
      long memory = 0;
      for (int i = 0; i < 1000; i++) {
        step(network, images, gradients, optimizer, i);
        if (i % 10 == 9) {
          network.anomalyMaps(images, Pass.inference()).close();
        }
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

  /** A frozen backbone of one convolution and norm a level. */
  private static final class FourConvolutions implements Backbone {

    private static final int CHANNELS = 8;

    @Override
    public List<Integer> channels(Settings settings) {
      return List.of(CHANNELS, CHANNELS, CHANNELS, CHANNELS);
    }

    @Override
    public Normalization normalization(Settings settings) {
      return Normalization.IMAGENET;
    }

    @Override
    public Layer create(ParameterScope scope, NetworkShape shape, Settings settings) {
      NDList weights = new NDList();
      for (int k = 0; k < 4; k++) {
        int inputs = k == 0 ? 3 : CHANNELS;
        weights.add(
            scope.frozen().parameter("weight" + k, Init.xavierUniform(), CHANNELS, inputs, 3, 3));
      }
      return (images, pass) -> {
        NDList levels = new NDList();
        NDArray x = images;
        for (NDArray weight : weights) {
          x = Ops.swish(Ops.conv2d(x, weight, null, 2, 1, 1));
          levels.add(x);
        }
        return levels;
      };
    }
  }
}
