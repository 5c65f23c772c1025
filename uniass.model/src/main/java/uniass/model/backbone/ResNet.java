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
import uniass.model.layer.Derived;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Scopes;
import uniass.tensor.Script;

/**
 * ResNet (He et al. 2016) and its wide form (Zagoruyko and Komodakis 2016), frozen, under
 * torchvision's names. Levels: the stem before pooling and the first three stages, strides 2, 4, 8
 * and 16. Norms are folded into the convolutions.
 */
abstract class ResNet implements Backbone {

  private static final Script SCRIPT = Script.load(ResNet.class);

  private static final double NORM_EPS = 1e-5;
  private static final int STEM_WIDTH = 64;
  private static final int STAGES = 3;

  private final String id;
  private final List<Integer> repeats;
  private final boolean bottleneck;
  private final int widthFactor;

  /**
   * Describes a member of the family.
   *
   * @param id its name in experiments
   * @param repeats blocks of the first three stages
   * @param bottleneck whether a block is 1x1, 3x3, 1x1 instead of two 3x3 convolutions
   * @param widthFactor of the 3x3 convolutions of bottlenecks: 2 if wide
   */
  ResNet(String id, List<Integer> repeats, boolean bottleneck, int widthFactor) {
    this.id = id;
    this.repeats = repeats;
    this.bottleneck = bottleneck;
    this.widthFactor = widthFactor;
  }

  @Override
  public List<Integer> channels(Settings settings) {
    return List.of(STEM_WIDTH, outputs(0), outputs(1), outputs(2));
  }

  private int outputs(int stage) {
    return (STEM_WIDTH << stage) * (bottleneck ? 4 : 1);
  }

  @Override
  public Normalization normalization(Settings settings) {
    return Normalization.IMAGENET;
  }

  @Override
  public Optional<String> architecture(Settings settings) {
    return Optional.of(id);
  }

  @Override
  public Layer create(ParameterScope scope, NetworkShape network, Settings settings) {
    ParameterScope frozen = scope.frozen();
    NormedKernel stem = convolution(frozen, "conv1", STEM_WIDTH, 3, 7);
    Derived foldedStem = Derived.ofFrozen(frozen, stem::folded);
    List<List<Block>> stages = new ArrayList<>();
    int inputs = STEM_WIDTH;
    for (int s = 0; s < STAGES; s++) {
      List<Block> blocks = new ArrayList<>();
      for (int b = 0; b < repeats.get(s); b++) {
        ParameterScope own = frozen.child("layer" + (s + 1)).child(String.valueOf(b));
        blocks.add(block(own, inputs, s, b == 0 && s > 0 ? 2 : 1));
        inputs = outputs(s);
      }
      stages.add(blocks);
    }
    return (images, pass) -> forward(images, foldedStem.get(pass), stages, pass);
  }

  private static NDList forward(NDArray images, NDList stem, List<List<Block>> stages, Pass pass) {
    NDList levels = new NDList(SCRIPT.apply("stem", images, stem));
    NDArray x = SCRIPT.apply("pool", levels.get(0));
    for (List<Block> stage : stages) {
      NDArray input = x;
      x =
          Scopes.keepOne(
              () -> {
                NDArray y = input;
                for (Block block : stage) {
                  y = SCRIPT.apply("block", y, block.weights().get(pass), block.stride());
                }
                return y;
              });
      if (levels.size() == 1) {
        input.close(); // the pooled stem is not a level
      }
      levels.add(x);
    }
    return levels;
  }

  private Block block(ParameterScope scope, int inputs, int stage, int stride) {
    int width = (STEM_WIDTH << stage) * widthFactor;
    int outputs = outputs(stage);
    List<NormedKernel> layers = new ArrayList<>();
    if (bottleneck) {
      layers.add(convolution(scope, "conv1", width, inputs, 1));
      layers.add(convolution(scope, "conv2", width, width, 3));
      layers.add(convolution(scope, "conv3", outputs, width, 1));
    } else {
      layers.add(convolution(scope, "conv1", outputs, inputs, 3));
      layers.add(convolution(scope, "conv2", outputs, outputs, 3));
    }
    if (stride != 1 || inputs != outputs) {
      layers.add(convolution(scope, "downsample.0", outputs, inputs, 1));
    }
    return new Block(
        Derived.ofFrozen(
            scope,
            () -> {
              NDList weights = new NDList();
              layers.forEach(layer -> weights.addAll(layer.folded()));
              return weights;
            }),
        stride);
  }

  /**
   * A block.
   *
   * @param weights kernel and bias of each convolution, those of the shortcut last if it has any
   */
  private record Block(Derived weights, int stride) {}

  private static NormedKernel convolution(
      ParameterScope scope, String name, int outputs, int inputs, int size) {
    String norm = name.replace("conv", "bn").replace("downsample.0", "downsample.1");
    return new NormedKernel(
        NormedKernel.weight(scope.child(name), outputs, inputs, size),
        new FrozenNorm(scope.child(norm), outputs, NORM_EPS));
  }
}
