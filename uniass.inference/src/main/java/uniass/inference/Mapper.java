package uniass.inference;

import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.DataType;
import uniass.io.BufferPool;
import java.nio.ByteBuffer;
import uniass.api.data.AnomalyMap;
import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import uniass.api.data.ImageFormat;
import uniass.api.data.Images;
import uniass.api.data.Pixels;
import uniass.api.network.AnomalyNetwork;
import uniass.tensor.EngineReady;
import uniass.tensor.Pass;

/** Images of any size, and normalized inputs, to maps of the model's size. */
final class Mapper {

  private final EngineReady engine;
  private final Device device;
  private final Images images;
  private final AnomalyNetwork network;
  private final ImageFormat format;
  private final BufferPool memory = new BufferPool();

  Mapper(
      EngineReady engine,
      Device device,
      Images images,
      AnomalyNetwork network,
      ImageFormat format) {
    this.engine = engine;
    this.device = device;
    this.images = images;
    this.network = network;
    this.format = format;
  }

  /** Computes the maps of a batch in one forward pass. */
  List<AnomalyMap> maps(List<? extends Input> batch) {
    int n = batch.size();
    int size = format.height() * format.width();
    List<AnomalyMap> maps = new ArrayList<>(n);
    ByteBuffer block = memory.take(3L * Float.BYTES * n * size);
    try (NDManager manager = engine.newManager(device)) {
      for (int i = 0; i < n; i++) {
        put(batch.get(i), block.asFloatBuffer(), i * 3 * size);
      }
      NDArray input =
          manager.create(block, new Shape(n, 3, format.height(), format.width()), DataType.FLOAT32);
      float[] values = network.anomalyMaps(input, Pass.inference()).toFloatArray();
      for (int i = 0; i < n; i++) {
        maps.add(
            new AnomalyMap(
                format.height(),
                format.width(),
                Arrays.copyOfRange(values, i * size, (i + 1) * size)));
      }
    } finally {
      memory.give(block);
    }
    return maps;
  }

  private void put(Input input, FloatBuffer target, int at) {
    if (input instanceof Input.Normalized normalized) {
      target.put(at, normalized.values());
    } else if (input instanceof Input.Image image) {
      Pixels resized = images.resize(image.pixels(), format);
      images.normalize(resized, network.normalization(), target, at);
    }
  }
}
