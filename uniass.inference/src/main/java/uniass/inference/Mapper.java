package uniass.inference;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import uniass.api.data.PictureFormat;
import uniass.api.data.Pictures;
import uniass.api.data.Pixels;
import uniass.api.network.AnomalyNetwork;
import uniass.inference.pipeline.InputMemory;
import uniass.inference.pipeline.InputMemory.Images;
import uniass.tensor.EngineReady;
import uniass.tensor.Pass;

/** Pictures of any size, and normalised inputs, to maps of the model's size. */
final class Mapper {

  private final EngineReady engine;
  private final Device device;
  private final Pictures pictures;
  private final AnomalyNetwork network;
  private final PictureFormat format;
  private final InputMemory memory = new InputMemory();

  Mapper(
      EngineReady engine,
      Device device,
      Pictures pictures,
      AnomalyNetwork network,
      PictureFormat format) {
    this.engine = engine;
    this.device = device;
    this.pictures = pictures;
    this.network = network;
    this.format = format;
  }

  /** Computes the maps of a batch in one forward pass. */
  List<AnomalyMap> maps(List<? extends Input> batch) {
    int n = batch.size();
    int size = format.height() * format.width();
    List<AnomalyMap> maps = new ArrayList<>(n);
    try (Images images = memory.take(n, format.height(), format.width());
        NDManager manager = engine.newManager(device)) {
      for (int i = 0; i < n; i++) {
        put(batch.get(i), images.values(), i * 3 * size);
      }
      NDArray input = images.tensor(manager);
      float[] values = network.anomalyMaps(input, Pass.inference()).toFloatArray();
      for (int i = 0; i < n; i++) {
        maps.add(
            new AnomalyMap(
                format.height(),
                format.width(),
                Arrays.copyOfRange(values, i * size, (i + 1) * size)));
      }
    }
    return maps;
  }

  private void put(Input input, FloatBuffer images, int at) {
    if (input instanceof Input.Normalised normalised) {
      images.put(at, normalised.values());
    } else if (input instanceof Input.Picture picture) {
      Pixels resized = pictures.resize(picture.pixels(), format);
      pictures.normalise(resized, network.normalisation(), images, at);
    }
  }
}
