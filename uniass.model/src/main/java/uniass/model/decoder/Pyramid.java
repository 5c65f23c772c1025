package uniass.model.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import uniass.api.network.NetworkShape;
import uniass.model.layer.Intermediates;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/** The top-down path of the feature pyramid below its coarsest level. */
final class Pyramid {

  private final List<NormedConvolution> adapters;
  private final List<NormedConvolution> layers;

  Pyramid(ParameterScope scope, NetworkShape shape) {
    List<NormedConvolution> createdAdapters = new ArrayList<>();
    List<NormedConvolution> createdLayers = new ArrayList<>();
    int hidden = shape.hidden();
    for (int k = 1; k < shape.levels(); k++) {
      int inputs = shape.inputChannels().get(k - 1);
      createdAdapters.add(new NormedConvolution(scope.child("adapter_" + k), inputs, hidden, 1));
      createdLayers.add(new NormedConvolution(scope.child("layer_" + k), hidden, hidden, 3));
    }
    adapters = List.copyOf(createdAdapters);
    layers = List.copyOf(createdLayers);
  }

  /**
   * Decodes the finer levels.
   *
   * @param inputs fine to coarse
   * @param coarsest decoded map (N,D,h,w)
   * @return all levels, coarse to fine, {@code coarsest} first
   */
  NDList forward(NDList inputs, NDArray coarsest, Pass pass) {
    NDList decoded = new NDList(coarsest);
    NDArray y = coarsest;
    for (int k = adapters.size() - 1; k >= 0; k--) {
      int level = k;
      NDArray coarser = y;
      y = Intermediates.freed(() -> level(level, inputs.get(level), coarser, pass));
      decoded.add(y);
    }
    return decoded;
  }

  private NDArray level(int k, NDArray input, NDArray coarser, Pass pass) {
    NDArray lateral = pass.probe("adapter_" + (k + 1), adapters.get(k).forward(input, pass));
    int height = (int) input.getShape().get(2);
    int width = (int) input.getShape().get(3);
    NDArray sum = lateral.add(Ops.resizeBilinear(coarser, height, width, false));
    return pass.probe("fpn_y" + (k + 1), Ops.relu(layers.get(k).forward(sum, pass)));
  }
}
