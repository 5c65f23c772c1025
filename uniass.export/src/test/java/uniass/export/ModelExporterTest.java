/* SPDX-License-Identifier: Apache-2.0 */
package uniass.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uniass.api.UniassException;
import uniass.api.checkpoint.Checkpoint;
import uniass.api.export.Agreement;
import uniass.api.export.ExportOptions;
import uniass.api.export.ExportOptions.Size;
import uniass.api.export.ExportOptions.Stage;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.model.CalibrationSummary;
import uniass.inference.model.ModelMetadata;
import uniass.inference.plugin.PartsInUse;
import uniass.inference.testing.PlainPlugins;
import uniass.inference.testing.Rig;

class ModelExporterTest {

  /** Small, so that every variant is quick. */
  private static final String TINY =
      "{ name: tiny, dataset: { root: /nowhere, image-size: %s }, model: { hidden: 32, backbone: {"
          + " name: efficientnet-lite0, weights: random }%s } }";

  private static final PlainPlugins PLUGINS = new PlainPlugins();
  private static final Rig RIG = new Rig(PLUGINS);

  @TempDir Path folder;
  private final ModelExporter exporter = new ModelExporter(RIG.models(), RIG.images());
  private Path onnx;

  @BeforeEach
  void names() {
    onnx = folder.resolve("model.onnx");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "attention: spatial, gated-cnn: mgg-cnn-light, query: { projector: conv1x1 }",
        "attention: { name: spatial-channel, order: self-first, norm: pre, heads: 2, ffn: 64 }",
        "attention: { name: spatial, neighbour-mask: 0 }, gated-cnn: conv3x3x3",
        "pixel-decoder: fpn, gated-cnn: conv3x3, query: { projector: conv3x3x3 }",
        "pixel-decoder: { name: transformer-fpn, norm: pre, layers: 1, neighbour-mask: 3 }",
        "gated-cnn: { name: mgg-cnn, branches: [1x1, 3x3-2] }, query: { projector: mlp1 }",
        "gated-cnn: conv1x1, query: { projector: mlp3 }, features: gaussian",
        "gated-cnn: mlp, query: { projector: identity }, features: none",
        "gated-cnn: identity, query: { processor: plain }, map-filter: none",
        "fusion: mean"
      })
  void everyVariantIsExportedAndAgrees(String variant) {
    Path model = model("[128, 128]", variant);
    Agreement found = exporter.export(model, ExportOptions.to(onnx));
    assertTrue(found.deviation() <= 2e-5, () -> "deviation " + found.deviation());
    Agreement again = exporter.verify(onnx);
    assertEquals(found.bytes(), again.bytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"b0", "b4"})
  void everyKindOfBackboneIsExported(String size) {
    Path model =
        file(
            "{ name: b, dataset: { root: /nowhere, image-size: 128 }, model: { hidden: 32,"
                + " backbone: { name: efficientnet-"
                + size
                + ", weights: random } } }");
    assertTrue(exporter.export(model, ExportOptions.to(onnx)).deviation() <= 2e-5);
  }

  @Test
  void wideConvolutionsOfLargeMapsAreFiltered() throws IOException {
    Path wide = file(TINY.replace("hidden: 32", "hidden: 128").formatted("[128, 128]", ""));
    Agreement found = exporter.export(wide, ExportOptions.to(onnx));
    assertTrue(found.deviation() <= 2e-5, () -> "deviation " + found.deviation());
    long filtered =
        ModelProto.parseFrom(Files.readAllBytes(onnx)).getGraph().getNodeList().stream()
            .filter(node -> node.getOpType().equals("ConvTranspose"))
            .count();
    assertEquals(2, filtered, "the strips of the one map of 3136 pixels or more");
  }

  @Test
  void takesPixelsOfAnySize() {
    Path model = model("[128, 160]", "attention: { name: spatial-channel, heads: 2 }");
    ExportOptions options = ExportOptions.to(onnx).withStages(Set.of(Stage.PREPROCESSING));
    Agreement found = exporter.export(model, options);
    assertEquals(5, found.images());
    assertEquals(5, exporter.verify(onnx).images());
  }

  @Test
  void writesForOneBatchAndTheNewestOpset() {
    Path model = model("[128, 128]", "");
    ExportOptions options =
        new ExportOptions(
            onnx,
            ExportOptions.NEWEST_OPSET,
            OptionalInt.of(2),
            Optional.of(new Size(128, 128)),
            false,
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            false);
    assertEquals(1, exporter.export(model, options).images());
    assertEquals(ExportOptions.NEWEST_OPSET, exporter.verify(onnx).opset());
  }

  @Test
  void equalModelsGiveEqualBytes() throws IOException {
    Path model = model("[128, 128]", "");
    exporter.export(model, ExportOptions.to(onnx));
    Path again = folder.resolve("again.onnx");
    exporter.export(model, ExportOptions.to(again));
    assertArrayEquals(Files.readAllBytes(onnx), Files.readAllBytes(again));
  }

  @Test
  void refusesWhatItCannotWrite() {
    Path model = model("[128, 128]", "");
    assertRefused(
        "no thresholds", model, ExportOptions.to(onnx).withStages(Set.of(Stage.THRESHOLD)));
    assertRefused("must end in .onnx", model, ExportOptions.to(folder.resolve("model.bin")));
    assertRefused("--opset 13", model, options(13, null));
    assertRefused(
        "the network's queries belong to 128 x 128 px", model, options(18, new Size(64, 64)));
    assertTrue(Files.notExists(onnx));
  }

  private static ExportOptions options(Path onnx, int opset, Size size) {
    return new ExportOptions(
        onnx,
        opset,
        OptionalInt.empty(),
        Optional.ofNullable(size),
        false,
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private ExportOptions options(int opset, Size size) {
    return options(onnx, opset, size);
  }

  private void assertRefused(String words, Path model, ExportOptions options) {
    UniassException e = assertThrows(UniassException.class, () -> exporter.export(model, options));
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  @Test
  void verifyingFindsAnotherNetworkAndForeignFiles() throws IOException {
    Path model = model("[128, 128]", "");
    exporter.export(model, ExportOptions.to(onnx));
    byte[] bytes = Files.readAllBytes(onnx);
    bytes[bytes.length / 2] ^= 1;
    Files.write(onnx, bytes);
    assertThrows(UniassException.class, () -> exporter.verify(onnx));
    Files.writeString(onnx, "not ONNX");
    UniassException e = assertThrows(UniassException.class, () -> exporter.verify(onnx));
    assertTrue(e.getMessage().contains("ONNX"), e.getMessage());
  }

  @Test
  void theImageScoreGoesAlongOrIsRefusedByName() {
    Path model = scoredBy(model("[128, 128]", "gated-cnn: identity"), "top-1-percent");
    Agreement found = exporter.export(model, ExportOptions.to(onnx));
    assertTrue(found.scoreDeviation() <= 1e-4, () -> "deviation " + found.scoreDeviation());
    Agreement again = exporter.verify(onnx);
    assertTrue(again.scoreDeviation() <= 1e-4, () -> "deviation " + again.scoreDeviation());
    Path other = folder.resolve("other.onnx");
    assertRefused("image score 'std'", scoredBy(model, "std"), ExportOptions.to(other));
    assertTrue(Files.notExists(other));
  }

  private static Path scoredBy(Path file, String score) {
    Checkpoint checkpoint = RIG.checkpoints().read(file);
    Map<String, String> metadata = new HashMap<>(checkpoint.metadata());
    metadata.put(CalibrationSummary.KEY, "{\"imageScore\": \"" + score + "\"}");
    RIG.checkpoints().write(file, checkpoint.tensors(), metadata);
    return file;
  }

  private Path model(String size, String variant) {
    return file(TINY.formatted(size, variant.isEmpty() ? "" : ", " + variant));
  }

  private Path file(String yaml) {
    ExperimentSpec spec = RIG.models().library().describing("test", yaml);
    Path file = folder.resolve("model.safetensors");
    PartsInUse parts = new PartsInUse(PLUGINS);
    try (parts;
        var network = RIG.models().composer().untrained(spec, parts, Device.cpu())) {
      RIG.checkpoints()
          .write(
              file,
              RIG.checkpoints().save(network.parameters()),
              ModelMetadata.of(
                  spec.portableYaml(), List.of("one"), network.normalization(), "last", ""));
    }
    return file;
  }
}
