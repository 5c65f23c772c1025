/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import uniass.api.network.NetworkShape;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Scopes;

/** The top-down path of the feature pyramid below its coarsest level. */
final class Pyramid {

  private final List<Merge> levels;

  Pyramid(ParameterScope scope, NetworkShape shape) {
    List<Merge> created = new ArrayList<>();
    for (int k = 1; k < shape.levels(); k++) {
      int inputs = shape.inputChannels().get(shape.levels() - k);
      String name = "adapter_" + k;
      NormedConvolution adapter =
          new NormedConvolution(scope.child(name), inputs, shape.hidden(), 1);
      NormedConvolution layer =
          new NormedConvolution(scope.child("layer_" + k), shape.hidden(), shape.hidden(), 3);
      created.add(0, scope.faster(Merge.class, new PyramidLevel(name, adapter, layer)));
    }
    levels = List.copyOf(created);
  }

  /**
   * Decodes the finer levels.
   *
   * @param inputs coarse to fine, the coarsest included
   * @param coarsest decoded map (N,D,h,w)
   * @return all levels, coarse to fine, {@code coarsest} first
   */
  NDList forward(NDList inputs, NDArray coarsest, Pass pass) {
    NDList decoded = new NDList(coarsest);
    for (int i = 1; i < inputs.size(); i++) {
      NDArray input = inputs.get(i);
      NDArray coarser = decoded.get(i - 1);
      Merge level = levels.get(i - 1);
      NDArray y = Scopes.keepOne(() -> level.forward(input, coarser, pass));
      decoded.add(pass.probe("fpn_y" + (inputs.size() - i), y));
    }
    return decoded;
  }
}
