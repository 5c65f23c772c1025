/* SPDX-License-Identifier: Apache-2.0 */
package uniass.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.UniassException;
import uniass.api.data.Pixels;
import uniass.api.export.ExportOptions;
import uniass.api.export.ExportOptions.Stage;
import uniass.api.inspection.Inspection;
import uniass.api.inspection.InspectionOptions;
import uniass.api.inspection.Inspector;
import uniass.api.inspection.Prediction;
import uniass.api.metric.Threshold;
import uniass.api.metric.ThresholdCalibrator;
import uniass.inference.InspectionComponent;
import uniass.inference.model.ModelMetadata;
import uniass.inference.model.ThresholdJson;
import uniass.inference.plugin.PartsInUse;
import uniass.inference.testing.PlainPlugins;
import uniass.inference.testing.Rig;
import uniass.onnx.OnnxInspection;

class ExportedModelsTest {

  private static final PlainPlugins PLUGINS = new PlainPlugins();
  private static final Rig RIG = new Rig(PLUGINS);
  private static final InspectionOptions OPTIONS = InspectionOptions.defaults();

  @TempDir Path folder;
  private final Map<String, String> settings = new HashMap<>();
  private final Inspection inspection =
      new InspectionComponent(
          RIG.models(), RIG.images(), RIG.checkpoints(), new OnnxInspection(settings::get));
  private final ModelExporter exporter = new ModelExporter(RIG.models(), RIG.images());
  private Path model;
  private Path onnx;

  @BeforeEach
  void exported() {
    model = folder.resolve("model.safetensors");
    onnx = folder.resolve("model.onnx");
    write(1);
    exporter.export(model, ExportOptions.to(onnx));
  }

  /** Writes a model of these first values, whose threshold all scores reach. */
  private void write(int seed) {
    var spec =
        RIG.models()
            .library()
            .describing(
                "test",
                "{ name: tiny, dataset: { root: /nowhere, image-size: 128 }, train: { seed: "
                    + seed
                    + " }, model: { hidden: 32, backbone: { name: efficientnet-lite0, weights:"
                    + " random } } }");
    try (PartsInUse parts = new PartsInUse(PLUGINS);
        var network = RIG.models().composer().untrained(spec, parts, Device.cpu())) {
      Map<String, String> metadata =
          new HashMap<>(
              ModelMetadata.of(
                  spec.portableYaml(), List.of("one"), network.normalization(), "last", ""));
      Threshold threshold = new Threshold(1e-9, 0.01, 0.95, 10, 0, 0.1, false, 300);
      metadata.put(ThresholdJson.KEY, ThresholdJson.of(Map.of(ThresholdCalibrator.ALL, threshold)));
      RIG.checkpoints().write(model, RIG.checkpoints().save(network.parameters()), metadata);
    }
  }

  private Prediction inspect(Path file, InspectionOptions options) {
    Pixels image = CheckImage.draw(100, 140, false).get(1).pixels();
    try (Inspector inspector = inspection.open(file, options)) {
      return inspector.inspect("shapes", image);
    }
  }

  @Test
  void bothEnginesGiveOneMapAndVerdict() {
    Prediction pytorch = inspect(model, OPTIONS);
    for (Prediction other :
        List.of(inspect(onnx, OPTIONS), inspect(model, OPTIONS.withEngine("onnx")))) {
      float range = pytorch.map().max();
      assertArrayEquals(pytorch.map().values(), other.map().values(), 2e-5f * range);
      assertEquals(Prediction.Verdict.ANOMALOUS, other.verdict());
      assertEquals(pytorch.threshold(), other.threshold());
    }
  }

  @Test
  void memoryThatIsGivenBackChangesNoDigit() {
    Prediction kept = inspect(onnx, OPTIONS);
    settings.put("uniass.allocator", "frugal");
    settings.put("uniass.threads", "1");
    assertArrayEquals(kept.map().values(), inspect(onnx, OPTIONS).map().values());
  }

  @Test
  void aWrongNumberOfThreadsIsOneLine() {
    settings.put("uniass.threads", "many");
    assertRefused("uniass.threads) is 'many'; write a number", onnx, OPTIONS);
  }

  @Test
  void runsAFileForBatchesOfTwo() {
    Path two = folder.resolve("two.onnx");
    ExportOptions any = ExportOptions.to(two);
    exporter.export(
        model,
        new ExportOptions(
            two,
            any.opset(),
            OptionalInt.of(2),
            any.size(),
            false,
            Set.of(),
            any.experiment(),
            any.category(),
            false));
    assertArrayEquals(
        inspect(onnx, OPTIONS).map().values(), inspect(two, OPTIONS).map().values(), 1e-5f);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertRefused("ONNX Runtime alone", onnx, OPTIONS.withEngine("pytorch"));
    assertRefused("engines: pytorch, onnx", onnx, OPTIONS.withEngine("tflite"));
    assertRefused("not on cuda:0", onnx, OPTIONS.withDevice("cuda:0"));
    assertRefused("no threshold for category 'two'", onnx, OPTIONS.withCategory("two"));
    write(2);
    assertRefused("was made of another model", model, OPTIONS.withEngine("onnx"));
    Path pixels = folder.resolve("pixels.onnx");
    exporter.export(
        model, ExportOptions.to(pixels).withStages(Set.of(Stage.PREPROCESSING, Stage.THRESHOLD)));
    assertRefused("without --include preprocessing", pixels, OPTIONS);
  }

  private void assertRefused(String words, Path file, InspectionOptions options) {
    UniassException e =
        assertThrows(UniassException.class, () -> inspection.open(file, options).close());
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }
}
