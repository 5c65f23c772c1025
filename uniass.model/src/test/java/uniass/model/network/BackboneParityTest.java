/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uniass.api.network.Backbone;
import uniass.api.network.NetworkPlan;
import uniass.api.network.NetworkShape;
import uniass.model.golden.Fill;
import uniass.model.golden.Golden;
import uniass.tensor.Engines;
import uniass.tensor.Parameter;
import uniass.tensor.ParameterStore;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;

/** The backbones' levels against an independent computation with deterministic weights. */
class BackboneParityTest {

  @ParameterizedTest
  @ValueSource(strings = {"b0", "b1", "b2", "b3", "b4", "b5", "b6", "lite0"})
  void levelsAgree(String size) {
    String name = "efficientnet-" + size;
    JsonObject stored = Golden.json("backbones/" + name + ".json").getAsJsonObject();
    NetworkPlan plan = new PlanBuilder().backbone(name).build();
    Backbone backbone = plan.backbone().part();
    try (NDManager manager = Engines.load().newManager(Device.cpu());
        ParameterStore store = new ParameterStore(manager.newSubManager(), 1)) {
      List<Integer> sizes = backbone.channels(plan.backbone().settings());
      NetworkShape shape = new NetworkShape(224, 224, 256, sizes, sizes);
      Backbone.Layer extractor =
          backbone.create(store.root().child("backbone"), shape, plan.backbone().settings());
      assertNames(stored, store);
      Fill.apply(store);
      for (JsonElement run : stored.getAsJsonArray("runs")) {
        JsonObject fields = run.getAsJsonObject();
        NDArray images =
            Fill.input(manager, new Gson().fromJson(fields.get("input"), long[].class));
        for (Execution execution : Execution.values()) {
          NDList levels = extractor.forward(images, Pass.inference().with(execution));
          for (int k = 0; k < levels.size(); k++) {
            JsonElement level = fields.getAsJsonArray("levels").get(k);
            double noise = level.getAsJsonObject().get("noise").getAsDouble();
            Summary summary = new Gson().fromJson(level, Summary.class);
            double tolerance = Math.max(10 * noise, 2e-5 * summary.std());
            summary.assertEqual(execution + ", level " + k, levels.get(k), tolerance);
            assertEquals((long) sizes.get(k), levels.get(k).getShape().get(1));
          }
        }
      }
    }
  }

  private static void assertNames(JsonObject stored, ParameterStore store) {
    Set<String> expected = new TreeSet<>();
    for (JsonElement entry : stored.getAsJsonArray("entries")) {
      expected.add(entry.getAsJsonArray().get(0).getAsString());
    }
    expected.removeIf(entry -> entry.endsWith("num_batches_tracked"));
    Set<String> actual = new TreeSet<>();
    store.parameters().stream().map(Parameter::name).forEach(actual::add);
    assertEquals(expected, actual);
  }
}
