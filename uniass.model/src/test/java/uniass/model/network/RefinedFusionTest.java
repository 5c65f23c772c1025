/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uniass.api.network.AnomalyNetwork;
import uniass.api.network.AnomalyNetwork.Painted;
import uniass.tensor.AdamW;
import uniass.tensor.EngineReady;
import uniass.tensor.Engines;
import uniass.tensor.Gradients;
import uniass.tensor.Parameter;
import uniass.tensor.Pass;
import uniass.tensor.TensorValues;

class RefinedFusionTest {

  private static final int SIDE = 64;
  private static final String HEAD = "map_fusion.";

  private final EngineReady engine = Engines.load();

  private AnomalyNetwork network(String fusion, Map<String, Object> settings) {
    return new AssembledNetworks(engine)
        .assemble(
            new PlanBuilder()
                .image(SIDE, SIDE)
                .hidden(32)
                .backbone("efficientnet-lite0")
                .attention("spatial", Map.of("ffn", 32L, "neighbour-mask", 0L))
                .pixelDecoder("fpn", Map.of())
                .gatedCnn("conv1x1", Map.of())
                .fusion(fusion, settings)
                .build(),
            Device.cpu(),
            1);
  }

  /** Noise, and the same with a bright square. */
  private static NDArray images(NDManager manager, boolean square) {
    Random random = new Random(1);
    float[] values = new float[2 * 3 * SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() + (square && inSquare(i) ? 3 : 0);
    }
    return TensorValues.create(manager, values, 2, 3, SIDE, SIDE);
  }

  private static Painted painted(NDManager manager) {
    float[] masks = new float[2 * SIDE * SIDE];
    for (int i = 0; i < masks.length; i++) {
      masks[i] = inSquare(i) ? 1 : 0;
    }
    return new Painted(
        images(manager, true), TensorValues.create(manager, masks, 2, 1, SIDE, SIDE));
  }

  private static boolean inSquare(int i) {
    int x = i % SIDE;
    int y = i / SIDE % SIDE;
    return x >= 16 && x < 32 && y >= 32 && y < 48;
  }

  private static Gradients gradients(
      AnomalyNetwork network, NDArray images, Optional<Painted> painted) {
    Gradients gradients = new Gradients(network.parameters());
    gradients.accumulate(() -> network.trainingLoss(images, painted, Pass.training(1)));
    return gradients;
  }

  @ParameterizedTest
  @CsvSource({"images,4", "features,4", "both,2"})
  void theHeadLearnsAndTheReconstructionDoesNotNotice(String defects, String stride) {
    try (AnomalyNetwork plain = network("product", Map.of());
        AnomalyNetwork refined = network("refined", Map.of("defects", defects, "stride", stride));
        NDManager manager = engine.newManager(Device.cpu())) {
      NDArray images = images(manager, false);
      assertEquals(defects.equals("features") ? 0 : 0.5, refined.paintedShare());
      Gradients without = gradients(plain, images, Optional.empty());
      Gradients with = gradients(refined, images, Optional.of(painted(manager)));
      for (Parameter parameter : refined.parameters().parameters()) {
        if (!parameter.trainable()) {
          continue;
        }
        float[] gradient = with.of(parameter.name());
        if (parameter.name().startsWith(HEAD)) {
          assertTrue(norm(gradient) > 0, parameter.name());
        } else {
          assertArrayEquals(without.of(parameter.name()), gradient, parameter.name());
        }
      }
    }
  }

  @Test
  void jointlyTheReconstructionLearnsFromTheHead() {
    try (AnomalyNetwork plain = network("product", Map.of());
        AnomalyNetwork refined = network("refined", Map.of("joint", true));
        NDManager manager = engine.newManager(Device.cpu())) {
      NDArray images = images(manager, false);
      String name = "sem_seg_head.predictor.out_agg.3.2.weight";
      float[] without = gradients(plain, images, Optional.empty()).of(name);
      float[] with = gradients(refined, images, Optional.of(painted(manager))).of(name);
      for (int i = 0; i < with.length; i++) {
        with[i] -= without[i];
      }
      assertTrue(norm(with) > 0);
    }
  }

  @Test
  void withoutWeightTheMapIsTheProduct() {
    try (AnomalyNetwork plain = network("product", Map.of());
        AnomalyNetwork refined = network("refined", Map.of("weight", 0.0));
        NDManager manager = engine.newManager(Device.cpu())) {
      NDArray images = images(manager, true);
      assertArrayEquals(
          plain.anomalyMaps(images, Pass.inference()).toFloatArray(),
          refined.anomalyMaps(images, Pass.inference()).toFloatArray());
    }
  }

  @Test
  void aFewStepsTeachItThePaintedSquare() {
    try (AnomalyNetwork network = network("refined", Map.of());
        NDManager manager = engine.newManager(Device.cpu());
        AdamW optimizer = new AdamW(network.parameters(), AdamW.Settings.decay(0))) {
      NDArray images = images(manager, false);
      Painted painted = painted(manager);
      Gradients gradients = new Gradients(network.parameters());
      for (int step = 0; step < 20; step++) {
        int seed = step;
        gradients.accumulate(
            () -> network.trainingLoss(images, Optional.of(painted), Pass.training(seed)));
        gradients.clip(1);
        optimizer.step(gradients, 1e-3);
        gradients.zero();
      }
      float[] map = network.anomalyMaps(painted.images(), Pass.inference()).toFloatArray();
      double inside = 0;
      double outside = 0;
      for (int i = 0; i < map.length; i++) {
        inside += inSquare(i) ? map[i] / 512 : 0;
        outside += inSquare(i) ? 0 : map[i] / (map.length - 512);
      }
      assertTrue(inside > 5 * outside, inside + " inside, " + outside + " outside");
      assertEquals(new Shape(2, 1, SIDE, SIDE), painted.masks().getShape());
    }
  }

  private static double norm(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }
}
