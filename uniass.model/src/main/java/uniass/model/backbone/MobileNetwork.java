/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import uniass.api.network.Backbone;
import uniass.model.backbone.Architecture.BlockShape;
import uniass.tensor.Layer;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Scopes;

/**
 * EfficientNet up to its last needed block.
 *
 * @param levels indices of the blocks whose outputs are the levels
 */
record MobileNetwork(Layer stem, List<Layer> blocks, List<Integer> levels)
    implements Backbone.Layer {

  static MobileNetwork create(ParameterScope scope, Architecture architecture) {
    boolean lite = architecture.lite();
    int width = architecture.stemWidth();
    NormedKernel convolution =
        new NormedKernel(
            NormedKernel.weight(scope.child("_conv_stem"), width, 3, MobileStem.KERNEL),
            MobileBlock.norm(scope.child("_bn0"), width));
    SamePadding padding =
        SamePadding.of(architecture.nativeSize(), MobileStem.KERNEL, MobileStem.STRIDE);
    Layer stem = scope.faster(Layer.class, new MobileStem(convolution, padding, lite));
    List<Layer> blocks = new ArrayList<>();
    for (BlockShape shape : architecture.blocks()) {
      String name = "block%02d".formatted(blocks.size());
      ParameterScope child = scope.child("_blocks." + blocks.size());
      blocks.add(scope.faster(Layer.class, new MobileBlock(child, name, shape, lite)));
    }
    return new MobileNetwork(stem, List.copyOf(blocks), architecture.levels());
  }

  @Override
  public NDList forward(NDArray images, Pass pass) {
    NDList found = new NDList();
    NDArray x = Scopes.keepOne(() -> stem.forward(images, pass));
    for (int i = 0; i < blocks.size(); i++) {
      Layer block = blocks.get(i);
      NDArray input = x;
      x = Scopes.keepOne(() -> block.forward(input, pass));
      if (!levels.contains(i - 1)) {
        input.close();
      }
      if (levels.contains(i)) {
        found.add(x);
      }
    }
    return found;
  }
}
