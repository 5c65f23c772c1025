/* SPDX-License-Identifier: Apache-2.0 */
package uniass.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uniass.api.data.AnomalyMap;
import uniass.api.data.ImageFormat;
import uniass.api.data.Images;
import uniass.api.data.Pixels;
import uniass.inference.model.ModelLoader.LoadedModel;
import uniass.inference.pipeline.NetworkMaps;
import uniass.onnx.OnnxModel;
import uniass.tensor.EngineReady;
import uniass.tensor.Pass;

/** The network, computed by PyTorch. */
final class NetworkReference implements Comparison.Reference {

  /** From here on a stage counts as another one: rounding stays far below. */
  private static final double DEPARTED = 1e-3;

  private final EngineReady engine;
  private final Images images;
  private final LoadedModel model;
  private final ImageFormat format;

  NetworkReference(EngineReady engine, Images images, LoadedModel model, ImageFormat format) {
    this.engine = engine;
    this.images = images;
    this.model = model;
    this.format = format;
  }

  @Override
  public int height() {
    return format.height();
  }

  @Override
  public int width() {
    return format.width();
  }

  @Override
  public AnomalyMap map(Pixels image) {
    return new NetworkMaps(engine, model.device(), model.network()).maps(input(image), 1).get(0);
  }

  private ByteBuffer input(Pixels image) {
    ByteBuffer values =
        ByteBuffer.allocateDirect(3 * height() * width() * Float.BYTES)
            .order(ByteOrder.nativeOrder());
    images.normalize(
        images.resize(image, format), model.network().normalization(), values.asFloatBuffer(), 0);
    return values;
  }

  @Override
  public float[] normalized(Pixels image) {
    FloatBuffer floats = input(image).asFloatBuffer();
    float[] values = new float[floats.remaining()];
    floats.get(values);
    return values;
  }

  /**
   * Finds the first stage at which a graph computes something else.
   *
   * @param stages a graph that gives them as outputs, by the network's names for them
   */
  Optional<String> departure(OnnxModel graph, Map<String, String> stages, Pixels image) {
    Map<String, float[]> found =
        Runs.normalized(graph, List.of(normalized(image)), height(), width());
    Map<String, float[]> expected = new HashMap<>();
    try (NDManager manager = engine.newManager(model.device())) {
      NDArray input =
          manager.create(input(image), new Shape(1, 3, height(), width()), DataType.FLOAT32);
      Pass pass =
          Pass.inference()
              .with(Pass.Execution.DIRECT)
              .withProbe(
                  (stage, value) -> {
                    if (stages.containsKey(stage)) {
                      expected.putIfAbsent(stage, value.toFloatArray());
                    }
                  });
      model.network().anomalyMaps(input, pass).close();
    }
    return stages.keySet().stream()
        .filter(expected::containsKey)
        .filter(stage -> departs(found.get(stages.get(stage)), expected.get(stage)))
        .findFirst();
  }

  private static boolean departs(float[] found, float[] expected) {
    if (found.length != expected.length) {
      return true;
    }
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    return !(Comparison.difference(found, expected) <= DEPARTED * largest);
  }
}
