/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.dinomaly;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import uniass.api.data.Normalization;
import uniass.api.network.AnomalyNetwork;
import uniass.api.network.Backbone;
import uniass.api.network.NetworkPlan;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Settings;
import uniass.model.golden.Fill;
import uniass.model.network.AssembledNetworks;
import uniass.model.network.PlanBuilder;
import uniass.tensor.EngineReady;
import uniass.tensor.Engines;
import uniass.tensor.Gradients;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.TensorValues;

/** Dinomaly's decoder, loss and gradients against an independent implementation. */
class DinomalyTest {

  private static final int WIDTH = 32;
  private static final int DEPTH = 4;

  private static final Map<String, Object> SMALL =
      Map.of("head-width", 16L, "dropout", 0.0, "warm-up", 0L, "easy", 0.75);

  private final EngineReady engine = Engines.load();

  /** Four levels of 16 px patches that do not depend on the images. */
  private static final class GivenLevels implements Backbone {

    @Override
    public List<Integer> channels(Settings settings) {
      return List.of(WIDTH, WIDTH, WIDTH, WIDTH);
    }

    @Override
    public List<Integer> strides(Settings settings) {
      return List.of(16, 16, 16, 16);
    }

    @Override
    public Normalization normalization(Settings settings) {
      return Normalization.IMAGENET;
    }

    @Override
    public Layer create(ParameterScope scope, NetworkShape shape, Settings settings) {
      return (images, pass) -> {
        long[] size = {images.getShape().get(0), WIDTH, 4, 6};
        NDList levels = new NDList();
        for (int k = 0; k < DEPTH; k++) {
          float[] values = Fill.scaled("level" + k, size[0] * WIDTH * 24, 2);
          levels.add(TensorValues.create(images.getManager(), values, size));
        }
        return levels;
      };
    }
  }

  private static NetworkPlan plan(Map<String, Object> settings) {
    return new PlanBuilder()
        .image(64, 96)
        .network("dinomaly", settings)
        .backbone("given", new GivenLevels(), Map.of())
        .build();
  }

  private AnomalyNetwork network(Map<String, Object> settings) {
    return new AssembledNetworks(engine).assemble(plan(settings), Device.cpu(), 1);
  }

  private static Map<String, Object> small(String name, Object value) {
    Map<String, Object> settings = new HashMap<>(SMALL);
    settings.put(name, value);
    return settings;
  }

  private static JsonObject stored() throws IOException {
    try (Reader reader =
        new InputStreamReader(
            new GZIPInputStream(DinomalyTest.class.getResourceAsStream("/dinomaly/parity.json.gz")),
            StandardCharsets.UTF_8)) {
      return new Gson().fromJson(reader, JsonObject.class);
    }
  }

  private static void same(JsonObject stored, String name, float[] found) {
    JsonObject fields = stored.getAsJsonObject(name);
    assertNotNull(fields, name);
    assertEquals(fields.get("size").getAsInt(), found.length, name);
    double tolerance =
        Math.max(10 * fields.get("noise").getAsDouble(), 2e-5 * fields.get("std").getAsDouble());
    double sum = 0;
    for (float value : found) {
      sum += value;
    }
    assertEquals(fields.get("sum").getAsDouble(), sum, tolerance * found.length, name);
    int[] index = new Gson().fromJson(fields.get("index"), int[].class);
    double[] value = new Gson().fromJson(fields.get("value"), double[].class);
    for (int i = 0; i < index.length; i++) {
      assertEquals(value[i], found[index[i]], tolerance, name + ", element " + index[i]);
    }
  }

  @Test
  void agreesWithAnIndependentImplementation() throws IOException {
    JsonObject stored = stored();
    try (AnomalyNetwork network = network(SMALL);
        NDManager manager = engine.newManager(Device.cpu())) {
      Fill.apply(network.parameters());
      AnomalyNetwork.Output output =
          network.forward(Fill.input(manager, 2, 3, 64, 96), Pass.inference());
      same(stored, "reconstruction0", output.reconstructions().get(0).toFloatArray());
      same(stored, "reconstruction1", output.reconstructions().get(1).toFloatArray());
      same(
          stored,
          "distances",
          Ops.concat(0, output.maps().get(0), output.maps().get(1)).toFloatArray());
      same(stored, "loss", output.loss().toFloatArray());
      Gradients gradients = new Gradients(network.parameters());
      gradients.accumulate(() -> network.loss(Fill.input(manager, 2, 3, 64, 96), Pass.training(1)));
      for (Map.Entry<String, JsonElement> entry : stored.entrySet()) {
        String name = entry.getKey();
        if (name.startsWith("gradient.")) {
          same(stored, name, gradients.of(name.substring("gradient.".length())));
        }
      }
    }
  }

  /** The gradient norm of three batches in a row. */
  private double[] norms(Map<String, Object> settings) {
    double[] norms = new double[3];
    try (AnomalyNetwork network = network(settings);
        NDManager manager = engine.newManager(Device.cpu())) {
      Gradients gradients = new Gradients(network.parameters());
      for (int i = 0; i < norms.length; i++) {
        gradients.zero();
        gradients.accumulate(
            () -> network.loss(Fill.input(manager, 2, 3, 64, 96), Pass.training(1)));
        norms[i] = gradients.norm();
      }
      float[] batches = network.parameters().get("dinomaly.batches").value().toFloatArray();
      assertArrayEquals(new float[] {3}, batches);
    }
    return norms;
  }

  @Test
  void easyCellsCountLessFromBatchToBatchUntilTheWarmUpEnds() {
    double[] all = norms(small("easy", 0.0));
    double[] warm = norms(small("warm-up", 2L));
    double[] full = norms(SMALL);
    assertEquals(all[0], warm[0], 1e-9, "the first batch has no easy cells");
    assertTrue(warm[1] != all[0] && warm[1] != full[0], "the second has half of them");
    assertEquals(full[0], warm[2], 1e-9, "the third has all");
  }

  @Test
  void noiseActsInTrainingAlone() {
    try (AnomalyNetwork network = network(small("dropout", 0.5));
        NDManager manager = engine.newManager(Device.cpu())) {
      float[] once =
          network.anomalyMaps(Fill.input(manager, 1, 3, 64, 96), Pass.inference()).toFloatArray();
      float[] again =
          network.anomalyMaps(Fill.input(manager, 1, 3, 64, 96), Pass.inference()).toFloatArray();
      assertEquals(64 * 96, once.length);
      assertArrayEquals(once, again);
      double one =
          TensorValues.scalar(network.loss(Fill.input(manager, 1, 3, 64, 96), Pass.training(1)));
      double two =
          TensorValues.scalar(network.loss(Fill.input(manager, 1, 3, 64, 96), Pass.training(2)));
      assertTrue(one != two);
    }
  }

  private List<String> refusals(NetworkPlan plan) {
    return new AssembledNetworks(engine).refusals(plan);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertEquals(List.of(), refusals(plan(SMALL)));
    assertEquals(
        List.of("dinomaly: the backbone's 4 levels do not make 3 equal groups"),
        refusals(plan(small("groups", 3L))));
    assertEquals(
        List.of("dinomaly: the backbone's 32 channels are not a multiple of the head-width 64"),
        refusals(plan(Map.of())));
    assertEquals(
        List.of(
            "dinomaly needs levels on one grid, as vision transformers without pyramid have them;"
                + " backbone 'efficientnet-b4' has strides 2, 4, 8, 16"),
        refusals(new PlanBuilder().network("dinomaly", Map.of()).build()));
  }
}
