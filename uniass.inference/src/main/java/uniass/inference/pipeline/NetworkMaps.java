/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.pipeline;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import uniass.api.data.AnomalyMap;
import uniass.api.network.AnomalyNetwork;
import uniass.tensor.EngineReady;
import uniass.tensor.Pass;

/** A network on a device. Several threads may compute at once. */
public final class NetworkMaps implements Pipeline.Network {

  private final EngineReady engine;
  private final Device device;
  private final AnomalyNetwork network;

  /** Computes with a network, which stays the caller's. */
  public NetworkMaps(EngineReady engine, Device device, AnomalyNetwork network) {
    this.engine = engine;
    this.device = device;
    this.network = network;
  }

  @Override
  public List<AnomalyMap> maps(ByteBuffer values, int n) {
    int height = network.shape().imageHeight();
    int width = network.shape().imageWidth();
    int size = height * width;
    List<AnomalyMap> maps = new ArrayList<>(n);
    try (NDManager manager = engine.newManager(device)) {
      // on the CPU not a copy: the tensor is the buffer
      NDArray input = manager.create(values, new Shape(n, 3, height, width), DataType.FLOAT32);
      float[] all = network.anomalyMaps(input, Pass.inference()).toFloatArray();
      for (int i = 0; i < n; i++) {
        maps.add(new AnomalyMap(height, width, Arrays.copyOfRange(all, i * size, (i + 1) * size)));
      }
    }
    return maps;
  }
}
