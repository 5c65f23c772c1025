/* SPDX-License-Identifier: Apache-2.0 */
package uniass.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import uniass.api.UniassException;
import uniass.api.checkpoint.Checkpoints;
import uniass.api.data.ImageFormat;
import uniass.api.data.Images;
import uniass.api.data.Pixels;
import uniass.api.data.Resize;
import uniass.api.data.Tiling;
import uniass.api.export.Agreement;
import uniass.api.export.ExportOptions;
import uniass.api.export.ExportOptions.Size;
import uniass.api.export.ExportOptions.Stage;
import uniass.api.export.ModelExport;
import uniass.api.metric.Threshold;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.model.ModelLoader.LoadedModel;
import uniass.inference.model.ModelMetadata;
import uniass.inference.model.Models;
import uniass.inference.pipeline.Devices;
import uniass.io.AtomicFile;
import uniass.onnx.ModelDescription;
import uniass.onnx.OnnxInspection;
import uniass.onnx.OnnxModel;

/** Publishes {@link ModelExport}. */
@Component
public final class ModelExporter implements ModelExport {

  /** Key of the metadata that says under which terms the file is. */
  private static final String LICENSE = "uniass.license";

  private static final int THREADS = Runtime.getRuntime().availableProcessors();

  private final Models models;
  private final Images images;

  /** Creates the component. */
  @Activate
  public ModelExporter(@Reference Models models, @Reference Images images) {
    this.models = models;
    this.images = images;
  }

  @Override
  public Agreement export(Path model, ExportOptions options) {
    refuseOptions(options);
    Optional<ExperimentSpec> experiment =
        options.experiment().map(source -> models.library().read(source, List.of()));
    try (LoadedModel loaded =
        models.open(model, experiment, Devices.find(models.engine(), "cpu"))) {
      ImageFormat format = loaded.spec().dataset().wholeFormat();
      refuseSizes(loaded, format, options);
      Optional<Threshold> threshold =
          options.include().contains(Stage.THRESHOLD)
              ? Optional.of(threshold(model, loaded, options))
              : Optional.empty();
      ExportedGraph graph = ExportedGraph.of(loaded, models.engine(), format, threshold, options);
      return write(loaded, format, threshold, graph, options);
    }
  }

  private static void refuseOptions(ExportOptions options) {
    if (options.opset() < ExportOptions.OLDEST_OPSET
        || options.opset() > ExportOptions.NEWEST_OPSET) {
      throw new UniassException(
          "--opset %d: give %d to %d; older ones lack operators that the network needs, newer ones are unchecked"
              .formatted(options.opset(), ExportOptions.OLDEST_OPSET, ExportOptions.NEWEST_OPSET));
    }
    if (options.batch().isPresent() && options.batch().getAsInt() < 1) {
      throw new UniassException("--batch: give a number from 1 on, or dynamic");
    }
    if (!options.file().toString().endsWith(".onnx")) {
      throw new UniassException("--to " + options.file() + ": the name must end in .onnx");
    }
    if (Files.exists(options.file()) && !options.force()) {
      throw new UniassException(options.file() + " exists; give another name, or --force");
    }
  }

  private static void refuseSizes(LoadedModel model, ImageFormat format, ExportOptions options) {
    boolean pixels = options.include().contains(Stage.PREPROCESSING);
    Optional<Size> size = options.size();
    boolean own =
        size.isEmpty()
            || size.get().height() == format.height() && size.get().width() == format.width();
    if (!pixels && (!own || options.anySize())) {
      throw new UniassException(
          "--size: the network's queries belong to %d x %d px; images of other sizes need --include preprocessing"
              .formatted(format.height(), format.width()));
    }
    if (!pixels) {
      return;
    }
    if (model.spec().dataset().tiling().isPresent()) {
      throw new UniassException(
          "--include preprocessing: the model cuts images into tiles, which a graph cannot do;"
              + " export it without, and cut and normalize before");
    }
    if (format.resize() == Resize.NONE && (!own || options.anySize())) {
      throw new UniassException(
          "--size: the model's images are not resized (resize: none), so they have %d x %d px"
              .formatted(format.height(), format.width()));
    }
    if (format.resize() != Resize.NONE && format.resize() != Resize.PIL_BILINEAR) {
      throw new UniassException(
          "--include preprocessing: 'resize: "
              + format.resize().name().toLowerCase(Locale.ROOT)
              + "' cannot be exported, pil-bilinear and none can; export without, and resize before");
    }
  }

  private static Threshold threshold(Path file, LoadedModel model, ExportOptions options) {
    return model
        .metadata()
        .threshold(options.category())
        .orElseThrow(
            () ->
                new UniassException(
                    file + " has no thresholds: export without --include threshold"));
  }

  private Agreement write(
      LoadedModel model,
      ImageFormat format,
      Optional<Threshold> threshold,
      ExportedGraph graph,
      ExportOptions options) {
    Map<String, String> metadata = metadata(model, options);
    byte[] draft = OnnxFile.of(graph.graph(), options.opset(), metadata).toByteArray();
    boolean pixels = options.include().contains(Stage.PREPROCESSING);
    NetworkReference reference = new NetworkReference(models.engine(), images, model, format);
    CheckRecord record;
    try (OnnxModel running = OnnxModel.of("the exported model", draft, THREADS)) {
      Comparison comparison =
          new Comparison(reference, running, pixels, threshold, model.metadata().imageScore());
      List<CheckImage> drawn = checkImages(format, pixels, options);
      List<CheckRecord.Result> results = comparison.compare(drawn, options.batch().orElse(0));
      if (!(comparison.deviation() <= Comparison.TOLERANCE)) {
        throw refused(reference, graph, comparison, options);
      }
      Pixels first = drawn.get(0).pixels();
      record =
          new CheckRecord(
              first.height(),
              first.width(),
              Comparison.TOLERANCE,
              comparison.deviation(),
              comparison.scoreDeviation(),
              results);
    }
    metadata.put(CheckRecord.KEY, record.toJson());
    byte[] file = OnnxFile.of(graph.graph(), options.opset(), metadata).toByteArray();
    AtomicFile.write(options.file(), file);
    return record.agreement(options.opset(), file.length);
  }

  /** What the model says of itself, and how images become its input. */
  private static Map<String, String> metadata(LoadedModel model, ExportOptions options) {
    Map<String, String> metadata =
        new HashMap<>(
            ModelMetadata.described(model.spec().portableYaml(), model.network().normalization()));
    metadata.putAll(model.metadata().values());
    metadata.keySet().removeAll(List.of(Checkpoints.FORMAT_VERSION, ModelMetadata.HISTORY));
    var dataset = model.spec().dataset();
    ModelDescription description =
        new ModelDescription(
            model.spec().name(),
            dataset.format(),
            dataset.wholeFormat(),
            dataset.tiling().map(Tiling::size).orElse(0),
            dataset.tiling().map(Tiling::overlap).orElse(0),
            model.network().normalization(),
            options.include().contains(Stage.PREPROCESSING),
            options.batch().orElse(0));
    metadata.put(ModelDescription.KEY, description.toJson());
    if (metadata.containsKey(Checkpoints.CHECKSUM)) {
      metadata.put(OnnxInspection.SOURCE, metadata.get(Checkpoints.CHECKSUM));
    }
    metadata.put(LICENSE, "the weights' own; the form is UniAS on OSGi's, Apache-2.0");
    return metadata;
  }

  private static List<CheckImage> checkImages(
      ImageFormat format, boolean pixels, ExportOptions options) {
    Size size = options.size().orElse(new Size(format.height(), format.width()));
    boolean any = pixels && options.size().isEmpty() && format.resize() != Resize.NONE;
    return CheckImage.draw(size.height(), size.width(), any);
  }

  private static UniassException refused(
      NetworkReference reference,
      ExportedGraph graph,
      Comparison comparison,
      ExportOptions options) {
    GraphProto.Builder open = graph.graph().toBuilder();
    graph.stages().values().stream()
        .distinct()
        .filter(name -> isComputed(graph.graph(), name))
        .forEach(name -> open.addOutput(ValueInfoProto.newBuilder().setName(name)));
    String layer = "its pixels' way to the network";
    if (graph.input().equals(ExportedGraph.IMAGE)) {
      byte[] bytes = OnnxFile.of(open.build(), options.opset(), Map.of()).toByteArray();
      try (OnnxModel running = OnnxModel.of("the exported model", bytes, THREADS)) {
        layer =
            reference
                .departure(running, graph.stages(), comparison.worst().pixels())
                .map(stage -> "'" + stage + "'")
                .orElse("the anomaly map itself");
      }
    }
    return new UniassException(
        "not written: the exported model's map differs by %.2g of its range (image '%s'), and %.2g is allowed; it departs at %s"
            .formatted(
                comparison.deviation(), comparison.worst().name(), Comparison.TOLERANCE, layer));
  }

  private static boolean isComputed(GraphProto graph, String name) {
    return graph.getNodeList().stream().anyMatch(node -> node.getOutputList().contains(name));
  }

  @Override
  public Agreement verify(Path file) {
    ModelProto model = OnnxFile.read(file);
    Map<String, String> metadata = OnnxFile.metadata(model);
    CheckRecord record = CheckRecord.of(metadata.getOrDefault(CheckRecord.KEY, "null"));
    if (record == null) {
      throw new UniassException(file + ": records no check: export the model again");
    }
    byte[] bytes = model.toByteArray();
    ModelDescription description = ModelDescription.of(file.toString(), metadata);
    try (OnnxModel running = OnnxModel.of(file.toString(), bytes, THREADS)) {
      CheckRecord again = new Repetition(images, running, description).of(record);
      if (!(again.deviation() <= record.tolerance())) {
        throw new UniassException(
            "%s: its maps differ by %.2g of their range from what was recorded, and %.2g is allowed: ONNX Runtime computes otherwise here"
                .formatted(file, again.deviation(), record.tolerance()));
      }
      int opset = (int) model.getOpsetImport(0).getVersion();
      return again.agreement(opset, bytes.length);
    }
  }
}
