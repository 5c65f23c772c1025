/* SPDX-License-Identifier: Apache-2.0 */
package uniass.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uniass.api.UniassException;
import uniass.api.data.ImageFormat;
import uniass.api.data.Resize;
import uniass.api.export.ExportOptions;
import uniass.api.export.ExportOptions.Stage;
import uniass.api.metric.ImageScore;
import uniass.api.metric.Threshold;
import uniass.api.network.AnomalyNetwork;
import uniass.inference.model.ModelLoader.LoadedModel;
import uniass.tensor.EngineReady;
import uniass.tensor.Pass;
import uniass.tensor.Recording;
import uniass.tensor.Scopes;
import uniass.tensor.UnrecordableException;

/**
 * A network as a graph.
 *
 * @param graph what is written
 * @param stages names of tensors by the names of the network's stages, in the order of computation
 * @param input the input's name
 */
record ExportedGraph(GraphProto graph, Map<String, String> stages, String input) {

  static final String IMAGE = "image";
  static final String PIXELS = "pixels";
  static final String MAP = "anomaly_map";
  static final String SCORE = "score";
  static final String THRESHOLD = "threshold";
  static final String VERDICT = "verdict";

  /** Records a model. */
  static ExportedGraph of(
      LoadedModel model,
      EngineReady engine,
      ImageFormat format,
      Optional<Threshold> threshold,
      ExportOptions options) {
    Graph graph = new Graph();
    AnomalyNetwork network = model.network();
    Object images = options.batch().isPresent() ? (Object) options.batch().getAsInt() : "images";
    boolean pixels = options.include().contains(Stage.PREPROCESSING);
    String normalized = IMAGE;
    if (pixels) {
      graph.input(
          PIXELS, DataType.UINT8, images, height(format, options), width(format, options), 3);
      normalized = new PixelInput(graph).image(PIXELS, format, network.normalization());
    } else {
      graph.input(IMAGE, DataType.FLOAT, images, 3, format.height(), format.width());
    }
    Map<String, String> stages = new LinkedHashMap<>();
    NetworkGraph recorder = new NetworkGraph(graph, options.opset(), network.parameters());
    String map = record(model, engine, normalized, recorder, stages);
    graph.output(MAP, map, DataType.FLOAT, images, 1, format.height(), format.width());
    String score = score(graph, map, model.metadata().imageScore(), format);
    graph.output(SCORE, score, DataType.FLOAT, images);
    threshold.ifPresent(
        t -> {
          String value = graph.floats("limit", new float[] {asFloat(t.value())}, 1);
          graph.output(THRESHOLD, value, DataType.FLOAT, 1);
          String verdict = graph.node("GreaterOrEqual", List.of(score, value));
          graph.output(VERDICT, verdict, DataType.BOOL, images);
        });
    return new ExportedGraph(graph.build(), stages, pixels ? PIXELS : IMAGE);
  }

  private static String score(Graph graph, String map, ImageScore score, ImageFormat format) {
    return switch (score) {
      case MAX -> graph.node("ReduceMax", List.of(map, graph.longs(1, 2, 3)), "keepdims", 0);
      case TOP_1_PERCENT -> {
        String pixels = graph.node("Flatten", List.of(map));
        String largest = graph.largest(pixels, Math.max(1, format.height() * format.width() / 100));
        yield graph.node("ReduceMean", List.of(largest, graph.longs(1)), "keepdims", 0);
      }
      default ->
          throw new UniassException(
              "the model cannot be exported: its image score '"
                  + score.key()
                  + "' has no form in ONNX here; train with calibrate.image-score: max");
    };
  }

  private static Object height(ImageFormat format, ExportOptions options) {
    return options.size().isPresent()
        ? (Object) options.size().get().height()
        : fixed(format) ? (Object) format.height() : "height";
  }

  private static Object width(ImageFormat format, ExportOptions options) {
    return options.size().isPresent()
        ? (Object) options.size().get().width()
        : fixed(format) ? (Object) format.width() : "width";
  }

  private static boolean fixed(ImageFormat format) {
    return format.resize() == Resize.NONE;
  }

  /** The smallest float that is not below: scores, which are floats, compare with it alike. */
  private static float asFloat(double threshold) {
    float near = (float) threshold;
    return near < threshold ? Math.nextUp(near) : near;
  }

  private static String record(
      LoadedModel model,
      EngineReady engine,
      String input,
      NetworkGraph recorder,
      Map<String, String> stages) {
    AnomalyNetwork network = model.network();
    Pass pass =
        Pass.inference()
            .with(Pass.Execution.DIRECT)
            .withProbe(
                (stage, value) -> {
                  if (Recording.isOn(value)) {
                    stages.putIfAbsent(stage, name(value));
                  }
                });
    try (NDManager manager = engine.newManager(model.device())) {
      NDArray zeros =
          manager.zeros(
              new Shape(1, 3, network.shape().imageHeight(), network.shape().imageWidth()));
      NDArray map =
          Scopes.withoutGradients(
              () -> network.anomalyMaps(Recording.of(zeros, input, recorder), pass));
      if (!Recording.isOn(map)) {
        throw new UniassException("the network's map does not depend on its image");
      }
      return name(map);
    } catch (UnrecordableException e) {
      throw new UniassException(
          "the model cannot be exported: "
              + where(e)
              + " uses "
              + e.getMessage()
              + ", which has no"
              + " form in ONNX here; write it with other operations of uniass.tensor.Ops",
          e);
    }
  }

  private static String name(NDArray recorded) {
    return (String) Recording.reference(recorded).name();
  }

  /** The part that computes so: the first class above the recording. */
  private static String where(UnrecordableException e) {
    for (StackTraceElement frame : e.getStackTrace()) {
      String name = frame.getClassName();
      boolean below =
          name.startsWith("uniass.tensor.")
              || name.startsWith("uniass.export.")
              || name.startsWith("java.")
              || name.startsWith("jdk.")
              || name.startsWith("ai.djl.")
              || name.contains("$Proxy");
      if (!below) {
        return name + " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")";
      }
    }
    return "a plug-in";
  }
}
