/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import uniass.api.network.AnomalyNetwork;
import uniass.api.network.NetworkPlan;
import uniass.model.golden.Fill;
import uniass.tensor.AdamW;
import uniass.tensor.EngineReady;
import uniass.tensor.Engines;
import uniass.tensor.Gradients;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;

/** Inference in several threads, after training, and what it leaves behind. */
class InferenceTest {

  private static final int THREADS = 4;

  private final EngineReady engine = Engines.load();
  private final AnomalyNetwork network =
      new AssembledNetworks(engine)
          .assemble(
              new PlanBuilder()
                  .image(64, 128)
                  .hidden(64)
                  .backbone("efficientnet-lite0")
                  .attention("spatial-channel", Map.of("ffn", 64))
                  .pixelDecoder("transformer-fpn", Map.of("ffn", 64, "layers", 1))
                  .build(),
              Device.cpu(),
              3);

  @AfterEach
  void close() {
    network.close();
  }

  private float[] maps(NDManager parent, Execution execution) {
    try (NDManager manager = parent.newSubManager()) {
      NDArray images = Fill.input(manager, 1, 3, 64, 128);
      NDArray maps = network.anomalyMaps(images, Pass.inference().with(execution));
      assertEquals(manager, maps.getManager(), "the result belongs to the images' manager");
      assertEquals(2, manager.getManagedArrays().size(), "images and result, nothing else");
      return maps.toFloatArray();
    }
  }

  @Test
  void threadsShareOneNetwork() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try (NDManager manager = engine.newManager(Device.cpu())) {
      float[] alone = maps(manager, Execution.OPTIMIZED);
      network.parameters().allChanged();
      List<Future<float[]>> results = new ArrayList<>();
      for (int i = 0; i < 4 * THREADS; i++) {
        results.add(pool.submit(() -> maps(manager, Execution.OPTIMIZED)));
      }
      for (Future<float[]> result : results) {
        assertArrayEquals(alone, result.get(), 1e-5f);
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void derivedWeightsFollowTraining() {
    try (NDManager manager = engine.newManager(Device.cpu());
        AdamW optimizer = new AdamW(network.parameters(), AdamW.Settings.decay(1e-4))) {
      NDArray images = Fill.input(manager, 2, 3, 64, 128);
      float[] before = maps(manager, Execution.OPTIMIZED);
      Gradients gradients = new Gradients(network.parameters());
      gradients.accumulate(() -> network.loss(images, Pass.training(1)));
      optimizer.step(gradients, 1e-3);
      float[] after = maps(manager, Execution.OPTIMIZED);
      assertTrue(Math.abs(after[0] - before[0]) > 1e-6, "training changed the maps");
      assertArrayEquals(maps(manager, Execution.DIRECT), after, 2e-5f);
    }
  }

  @Test
  void aNetworkOutlivesTheScopeThatItWasAssembledIn() {
    NetworkPlan plan =
        new PlanBuilder()
            .image(64, 64)
            .hidden(32)
            .backbone("efficientnet-lite0")
            .attention("spatial-channel", Map.of("ffn", 32, "neighbour-mask", 1))
            .pixelDecoder("transformer-fpn", Map.of("ffn", 32, "layers", 1, "neighbour-mask", 1))
            .build();
    AnomalyNetwork scoped;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      scoped = new AssembledNetworks(engine).assemble(plan, Device.cpu(), 3);
    }
    try (NDManager manager = engine.newManager(Device.cpu())) {
      NDArray images = Fill.input(manager, 1, 3, 64, 64);
      for (Execution execution : Execution.values()) {
        scoped.anomalyMaps(images, Pass.inference().with(execution)).close();
      }
    } finally {
      scoped.close();
    }
  }
}
