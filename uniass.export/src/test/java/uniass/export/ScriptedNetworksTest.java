/* SPDX-License-Identifier: Apache-2.0 */
package uniass.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uniass.api.Progress;
import uniass.api.export.Agreement;
import uniass.api.export.ExportOptions;
import uniass.api.network.AnomalyNetwork;
import uniass.api.network.Fit;
import uniass.api.network.MapFit;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.model.ModelMetadata;
import uniass.inference.plugin.PartsInUse;
import uniass.inference.testing.PlainPlugins;
import uniass.inference.testing.Rig;
import uniass.tensor.EngineReady;
import uniass.tensor.Ops;
import uniass.tensor.ParameterStore;
import uniass.tensor.Recording;
import uniass.tensor.Script;
import uniass.tensor.UnrecordableException;

/** Networks and backbones that compute with scripts are exported too, and agree. */
class ScriptedNetworksTest {

  private static final PlainPlugins PLUGINS = new PlainPlugins();
  private static final Rig RIG = new Rig(PLUGINS);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "128 | network: { name: memory-bank, size: 200, levels: [2, 3, 4] }, backbone: { name:"
            + " efficientnet-lite0, weights: random }",
        "128 | network: { name: memory-bank, size: 50, flips: both }, backbone: { name:"
            + " efficientnet-lite0, weights: random }",
        "128 | network: { name: memory-bank, size: 200, search: category }, backbone: { name:"
            + " efficientnet-lite0, weights: random }",
        "128 | network: { name: memory-bank, size: 60, search: category, scales: [1, 0.5],"
            + " neighbors: 3 }, backbone: { name: efficientnet-lite0, weights: random }",
        "128 | network: { name: memory-bank, size: 50, flips: both }, map-filter: per-location,"
            + " backbone: { name: efficientnet-lite0, weights: random }",
        "128 | hidden: 32, map-filter: { name: per-location, grid: 5 }, backbone: { name:"
            + " efficientnet-lite0, weights: random }",
        "128 | hidden: 32, backbone: { name: resnet18, weights: random }",
        "128 | hidden: 32, backbone: { name: resnet50, weights: random }",
        "112 | network: dinomaly, backbone: { name: dinov2-s14, weights: random }",
        "112 | network: dinomaly, backbone: { name: dinov3-s16, weights: random }"
      })
  void isExportedAndAgrees(int size, String model) {
    Path onnx = folder.resolve("model.onnx");
    ModelExporter exporter = new ModelExporter(RIG.models(), RIG.images());
    Agreement found = exporter.export(file(size, model), ExportOptions.to(onnx));
    assertTrue(found.deviation() <= 2e-5, () -> "deviation " + found.deviation());
    assertEquals(found.bytes(), exporter.verify(onnx).bytes());
  }

  private Path file(int size, String model) {
    ExperimentSpec spec =
        RIG.models()
            .library()
            .describing(
                "test",
                "{ name: tiny, dataset: { root: /nowhere, image-size: "
                    + size
                    + " }, model: { "
                    + model
                    + " } }");
    Path file = folder.resolve("model.safetensors");
    try (PartsInUse parts = new PartsInUse(PLUGINS);
        AnomalyNetwork network = RIG.models().composer().untrained(spec, parts, Device.cpu())) {
      network.fitting().ifPresent(fitting -> fit(size, fitting.begin(4, 1)));
      network.mapFitting().ifPresent(fitting -> fit(size, network, fitting.begin()));
      RIG.checkpoints()
          .write(
              file,
              RIG.checkpoints().save(network.parameters()),
              ModelMetadata.of(
                  spec.portableYaml(), List.of("one"), network.normalization(), "last", ""));
    }
    return file;
  }

  private static void fit(int size, Fit fit) {
    try (fit;
        NDManager manager = RIG.models().engine().newManager(Device.cpu())) {
      fit.add(manager.randomNormal(new Shape(4, 3, size, size)), List.of("a", "b", "c", "a"));
      fit.finish(Progress.NONE);
    }
  }

  /** Two categories, whose images hardly differ from one another, so that each has its pattern. */
  private static void fit(int size, AnomalyNetwork network, MapFit fit) {
    try (NDManager manager = RIG.models().engine().newManager(Device.cpu())) {
      for (String category : List.of("one", "two")) {
        NDArray same = manager.randomNormal(new Shape(1, 3, size, size));
        NDArray noise = Ops.mul(manager.randomNormal(new Shape(4, 3, size, size)), 0.1);
        NDArray images = noise.add(same);
        List<String> categories = Collections.nCopies(4, category);
        fit.add(images, categories);
        network.anomalyMaps(images, fit.watching(categories));
      }
      fit.finish();
      NDArray grids = network.parameters().get("map_filter.grids").value();
      NDArray gains = grids.get(":,::3");
      assertTrue(gains.abs().max().getFloat() > 0.1, "else the filter does nothing");
    }
  }

  @Test
  void aScriptOfAnotherIsRefusedByName() {
    Script script =
        Script.compile("org.example.Mish", "def mish(self, x: Tensor) -> Tensor:\n  return x\n");
    EngineReady engine = RIG.models().engine();
    try (NDManager manager = engine.newManager(Device.cpu());
        ParameterStore store = new ParameterStore(engine.newManager(Device.cpu()), 1)) {
      NetworkGraph recorder = new NetworkGraph(new Graph(), 18, store);
      var x = Recording.of(manager.ones(new Shape(1)), "x", recorder);
      UnrecordableException refused =
          assertThrows(UnrecordableException.class, () -> script.apply("mish", x));
      assertEquals("the script method 'org.example.Mish.mish'", refused.getMessage());
    }
  }
}
