/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uniass.api.network.AnomalyNetwork;
import uniass.model.golden.Fill;
import uniass.model.golden.Golden;
import uniass.tensor.Engines;
import uniass.tensor.Parameter;

/**
 * Names and shapes of parameters against the released network's, configuration by configuration.
 */
class KeysTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "default",
        "conv3",
        "convx3",
        "plain",
        "selffirst",
        "prenorm",
        "fpn",
        "encmask",
        "nopost",
        "proj1x1",
        "proj3"
      })
  void nothingIsMissingAndNothingLeftOver(String configuration) {
    Map<String, String> expected = new TreeMap<>();
    for (JsonElement entry : Golden.json("keys/" + configuration + ".json").getAsJsonArray()) {
      JsonArray fields = entry.getAsJsonArray();
      if (needed(fields.get(0).getAsString())) {
        expected.put(fields.get(0).getAsString(), fields.get(1).toString());
      }
    }
    try (AnomalyNetwork network = network(plan(configuration))) {
      Map<String, String> actual = new TreeMap<>();
      for (Parameter parameter : network.parameters().parameters()) {
        long[] shape = parameter.value().getShape().getShape();
        actual.put(parameter.name(), new Gson().toJson(shape));
      }
      assertEquals(expected, actual);
    }
  }

  /** Blocks after the last level, the classifier and counters that nothing reads. */
  private static boolean needed(String name) {
    return !name.endsWith("num_batches_tracked")
        && !name.matches("backbone\\.(_conv_head|_bn1|_fc|_blocks\\.(2[2-9]|3\\d))\\..*");
  }

  private static PlanBuilder plan(String configuration) {
    PlanBuilder plan = new PlanBuilder();
    return switch (configuration) {
      case "default" -> plan;
      case "conv3" -> plan.gatedCnn("conv3x3", Map.of());
      case "convx3" -> plan.gatedCnn("conv3x3x3", Map.of());
      case "plain" -> plan.gatedCnn("identity", Map.of());
      case "selffirst" -> plan.attention("spatial-channel", Map.of("order", "self-first"));
      case "prenorm" ->
          plan.attention("spatial-channel", Map.of("norm", "pre"))
              .pixelDecoder("transformer-fpn", Map.of("norm", "pre"));
      case "fpn" -> plan.pixelDecoder("fpn", Map.of());
      case "encmask" -> plan.pixelDecoder("transformer-fpn", Map.of("neighbour-mask", 7));
      case "nopost" -> plan.maps("none", "product");
      case "proj1x1" -> plan.query("conv1x1", "re-weighted");
      case "proj3" -> plan.query("conv3x3x3", "re-weighted");
      default -> throw new IllegalArgumentException(configuration);
    };
  }

  private static AnomalyNetwork network(PlanBuilder plan) {
    return new AssembledNetworks(Engines.load()).assemble(plan.build(), Device.cpu(), 1);
  }

  @Test
  void fillReproducesTheStoredSums() {
    Map<String, JsonArray> stored = new TreeMap<>();
    for (JsonElement entry : Golden.json("golden/parameters.json").getAsJsonArray()) {
      stored.put(entry.getAsJsonArray().get(0).getAsString(), entry.getAsJsonArray());
    }
    try (AnomalyNetwork network = network(new PlanBuilder())) {
      for (Parameter parameter : network.parameters().parameters()) {
        JsonArray fields = stored.get(parameter.name());
        long[] shape = new Gson().fromJson(fields.get(1), long[].class);
        assertArrayEquals(shape, parameter.value().getShape().getShape());
        double sum = 0;
        double sizes = 0;
        for (float value : Fill.parameter(parameter.name(), shape)) {
          sum += value;
          sizes += Math.abs(value);
        }
        assertEquals(fields.get(2).getAsDouble(), sum, 1e-9 * sizes, parameter.name());
        assertEquals(fields.get(3).getAsDouble(), sizes, 1e-9 * sizes, parameter.name());
        boolean frozen = parameter.name().startsWith("backbone.");
        assertEquals(!frozen, parameter.trainable(), parameter.name());
      }
    }
  }
}
