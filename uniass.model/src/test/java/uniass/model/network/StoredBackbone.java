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
import java.util.function.Consumer;
import uniass.api.network.Backbone;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Configured;
import uniass.model.fast.FastLayers;
import uniass.model.golden.Fill;
import uniass.model.golden.Golden;
import uniass.model.golden.Summary;
import uniass.tensor.Engines;
import uniass.tensor.Parameter;
import uniass.tensor.ParameterStore;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;

/** A backbone's levels, computed elsewhere with deterministic weights. */
public final class StoredBackbone {

  private StoredBackbone() {}

  /**
   * Compares names, channels and levels with a stored run, in both executions.
   *
   * @param file below {@code backbones/}
   * @param change made to the filled parameters
   */
  public static void assertAgrees(
      String file, Configured<Backbone> configured, Consumer<ParameterStore> change) {
    JsonObject stored = Golden.json("backbones/" + file + ".json").getAsJsonObject();
    Backbone backbone = configured.part();
    List<Integer> channels = backbone.channels(configured.settings());
    assertEquals(channels.size(), backbone.strides(configured.settings()).size());
    for (JsonElement run : stored.getAsJsonArray("runs")) {
      JsonObject fields = run.getAsJsonObject();
      long[] input = new Gson().fromJson(fields.get("input"), long[].class);
      NetworkShape shape =
          new NetworkShape((int) input[2], (int) input[3], 256, channels, channels);
      try (NDManager manager = Engines.load().newManager(Device.cpu());
          ParameterStore store = new ParameterStore(manager.newSubManager(), 1, new FastLayers())) {
        Backbone.Layer layer =
            backbone.create(store.root().child("backbone"), shape, configured.settings());
        assertNames(stored, store);
        Fill.apply(store);
        change.accept(store);
        NDArray images = Fill.input(manager, input);
        for (Execution execution : Execution.values()) {
          NDList levels = layer.forward(images, Pass.inference().with(execution));
          assertEquals(channels.size(), levels.size());
          for (int k = 0; k < levels.size(); k++) {
            JsonElement level = fields.getAsJsonArray("levels").get(k);
            double noise = level.getAsJsonObject().get("noise").getAsDouble();
            Summary summary = new Gson().fromJson(level, Summary.class);
            double tolerance = Math.max(10 * noise, 2e-5 * summary.std());
            summary.assertEqual(execution + ", level " + k, levels.get(k), tolerance);
            assertEquals((long) channels.get(k), levels.get(k).getShape().get(1));
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
