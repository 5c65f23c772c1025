/* SPDX-License-Identifier: Apache-2.0 */
package org.example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import uniass.api.network.AnomalyNetwork;
import uniass.api.network.FeatureProcessing;
import uniass.api.network.LossTerm;
import uniass.api.network.MapFilter;
import uniass.api.network.MapFusion;
import uniass.api.network.NetworkPlan;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Configured;
import uniass.api.plugin.Part;
import uniass.api.plugin.Settings;
import uniass.model.network.AssembledNetworks;
import uniass.model.network.PlanBuilder;
import uniass.tensor.AdamW;
import uniass.tensor.EngineReady;
import uniass.tensor.Engines;
import uniass.tensor.Gradients;
import uniass.tensor.Init;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/** Somebody else's feature processing, loss, map filter and fusion own parameters, and learn. */
class LearningPartsTest {

  private final EngineReady engine = Engines.load();

  /** A gain per channel of each level. */
  private static final class GainedFeatures implements FeatureProcessing {

    @Override
    public int inputChannels(int channels, Settings settings) {
      return channels;
    }

    @Override
    public Layer create(ParameterScope scope, NetworkShape shape, Settings settings) {
      NDList gains = new NDList();
      for (int k = 0; k < shape.levels(); k++) {
        long channels = shape.channels().get(k);
        gains.add(
            scope.child("stride" + (16 >> k)).parameter("gain", Init.ones(), 1, channels, 1, 1));
      }
      return (features, stride, pass) ->
          new Processed(
              features, features.mul(gains.get(4 - Integer.numberOfTrailingZeros(stride))));
    }
  }

  /** An error weighted by its learned uncertainty: exp(-s) error + s. */
  private static final class UncertainError implements LossTerm {

    @Override
    public Layer create(ParameterScope scope, NetworkShape shape, Settings settings) {
      NDArray logVariance = scope.parameter("log_variance", Init.zeros(), 1);
      return (reconstruction, target, stride, pass) ->
          Ops.meanSquaredError(reconstruction, target)
              .mul(logVariance.neg().exp())
              .add(logVariance);
    }
  }

  private static final class GainedMaps implements MapFilter {

    @Override
    public Layer create(ParameterScope scope, NetworkShape shape, Settings settings) {
      NDArray gain = scope.parameter("gain", Init.ones(), 1);
      return (map, stride, pass) -> map.mul(gain);
    }
  }

  private static final class WeightedFusion implements MapFusion {

    @Override
    public Layer create(ParameterScope scope, NetworkShape shape, Settings settings) {
      NDArray weight = scope.parameter("weight", Init.ones(), shape.levels());
      return (maps, pass) -> {
        NDList weights = Ops.split(weight, 0, maps.size());
        NDArray sum = maps.get(0).mul(weights.get(0));
        for (int i = 1; i < maps.size(); i++) {
          sum = sum.add(maps.get(i).mul(weights.get(i)));
        }
        return sum;
      };
    }
  }

  private static <P extends Part> Configured<P> own(String name, P part) {
    return new Configured<>(name, part, new Settings(Map.of()));
  }

  private AnomalyNetwork network() {
    NetworkPlan plan =
        new PlanBuilder()
            .image(32, 32)
            .hidden(32)
            .backbone("efficientnet-lite0")
            .attention("spatial", Map.of("ffn", 32L, "neighbour-mask", 0L))
            .pixelDecoder("fpn", Map.of())
            .gatedCnn("conv1x1", Map.of())
            .build();
    NetworkPlan learning =
        new NetworkPlan(
            plan.imageHeight(),
            plan.imageWidth(),
            plan.network(),
            plan.hidden(),
            plan.backbone(),
            own("gained", new GainedFeatures()),
            plan.pixelDecoder(),
            plan.attention(),
            plan.gatedCnn(),
            plan.queryProjector(),
            plan.queryProcessor(),
            List.of(plan.loss().get(0), own("uncertain", new UncertainError())),
            plan.lossWeight(),
            plan.jitter(),
            own("gained", new GainedMaps()),
            own("weighted", new WeightedFusion()),
            Optional.empty());
    return new AssembledNetworks(engine).assemble(learning, Device.cpu(), 1);
  }

  private static float[] value(AnomalyNetwork network, String name) {
    return network.parameters().get(name).value().toFloatArray();
  }

  @Test
  void featuresAndLossLearnFromTheLoss() {
    try (AnomalyNetwork network = network();
        NDManager manager = engine.newManager(Device.cpu());
        AdamW optimizer = new AdamW(network.parameters(), AdamW.Settings.decay(0))) {
      NDArray images = manager.randomUniform(0, 1, new Shape(2, 3, 32, 32));
      Gradients gradients = new Gradients(network.parameters());
      gradients.accumulate(() -> network.loss(images, Pass.training(1)));
      optimizer.step(gradients, 1e-2);
      assertNotEquals(0, value(network, "loss.uncertain.log_variance")[0]);
      for (int stride = 2; stride <= 16; stride *= 2) {
        float[] gain = value(network, "features.stride" + stride + ".gain");
        assertNotEquals(1, gain[0], "stride " + stride);
      }
      assertArrayEquals(new float[] {1, 1, 1, 1}, value(network, "map_fusion.weight"));
    }
  }

  @Test
  void filterAndFusionLearnFromALossOfOnesOwn() {
    try (AnomalyNetwork network = network();
        NDManager manager = engine.newManager(Device.cpu())) {
      NDArray images = manager.randomUniform(0, 1, new Shape(2, 3, 32, 32));
      Gradients gradients = new Gradients(network.parameters());
      gradients.accumulate(() -> Ops.mean(network.forward(images, Pass.training(1)).anomalyMap()));
      float[] weight = gradients.of("map_fusion.weight");
      assertEquals(4, weight.length);
      for (float slope : weight) {
        assertTrue(slope > 0, "a map's mean is positive");
      }
      assertTrue(gradients.of("map_filter.gain")[0] > 0);
      assertEquals(1, manager.getManagedArrays().size(), "the images, nothing else");
    }
  }
}
