/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uniass.api.data.Normalization;
import uniass.api.network.Backbone;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Settings;
import uniass.model.backbone.Architecture.BlockShape;
import uniass.model.layer.Derived;
import uniass.model.layer.Intermediates;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;

/** EfficientNet up to its last needed block, frozen, under the names of the usual PyTorch port. */
abstract class EfficientNet implements Backbone {

  private static final int STEM_KERNEL = 3;
  private static final int STEM_STRIDE = 2;

  private final Architecture architecture;

  EfficientNet(Architecture architecture) {
    this.architecture = architecture;
  }

  @Override
  public List<Integer> channels(Settings settings) {
    List<BlockShape> blocks = architecture.blocks();
    return architecture.levels().stream().map(index -> blocks.get(index).outputs()).toList();
  }

  /** ImageNet's statistics; weights that were trained otherwise bring their own. */
  @Override
  public Normalization normalization(Settings settings) {
    return Normalization.IMAGENET;
  }

  @Override
  public Optional<String> architecture(Settings settings) {
    return Optional.of(architecture.id());
  }

  @Override
  public Layer create(ParameterScope scope, NetworkShape network, Settings settings) {
    ParameterScope frozen = scope.frozen();
    NDArray stem =
        MobileBlock.weight(frozen.child("_conv_stem"), architecture.stemWidth(), 3, STEM_KERNEL);
    FrozenNorm stemNorm =
        new FrozenNorm(frozen.child("_bn0"), architecture.stemWidth(), Architecture.NORM_EPS);
    List<MobileBlock> blocks = new ArrayList<>();
    for (BlockShape shape : architecture.blocks()) {
      ParameterScope child = frozen.child("_blocks." + blocks.size());
      blocks.add(new MobileBlock(child, shape, architecture.lite()));
    }
    return new Network(frozen, stem, stemNorm, List.copyOf(blocks));
  }

  private final class Network implements Layer {

    private final NDArray stem;
    private final FrozenNorm stemNorm;
    private final List<MobileBlock> blocks;
    private final SamePadding stemPadding =
        SamePadding.of(architecture.nativeSize(), STEM_KERNEL, STEM_STRIDE);

    private final Derived foldedStem;

    Network(ParameterScope scope, NDArray stem, FrozenNorm stemNorm, List<MobileBlock> blocks) {
      foldedStem =
          Derived.ofFrozen(
              scope, () -> new NDList(stemNorm.foldedWeight(stem), stemNorm.foldedBias()));
      this.stem = stem;
      this.stemNorm = stemNorm;
      this.blocks = blocks;
    }

    @Override
    public NDList forward(NDArray images, Pass pass) {
      boolean direct = pass.execution() == Execution.DIRECT;
      NDList levels = new NDList();
      NDArray x = Intermediates.freed(() -> stem(images, pass));
      for (int i = 0; i < blocks.size(); i++) {
        MobileBlock block = blocks.get(i);
        String name = "block%02d".formatted(i);
        NDArray input = x;
        x =
            Intermediates.freed(
                () -> direct ? block.forward(input, name, pass) : block.folded(input, pass));
        boolean level = architecture.levels().contains(i);
        boolean inputIsLevel = i > 0 && architecture.levels().contains(i - 1);
        if (!inputIsLevel) {
          input.close();
        }
        if (level) {
          levels.add(x);
        }
      }
      return levels;
    }

    private NDArray stem(NDArray images, Pass pass) {
      if (pass.execution() == Execution.OPTIMIZED) {
        return FoldedBlock.stem(
            images, foldedStem.get(pass), STEM_STRIDE, stemPadding, architecture.lite());
      }
      NDArray x = stemPadding.convolve(images, stem, null, STEM_STRIDE, 1);
      x = stemNorm.forward(pass.probe("conv_stem", x));
      return MobileBlock.activate(pass.probe("bn0", x), architecture.lite());
    }
  }
}
