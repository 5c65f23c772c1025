/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.head;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import uniass.api.network.LayerShape;
import uniass.model.layer.Convolution;
import uniass.model.layer.Kernel;
import uniass.tensor.Layer;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Scopes;

/**
 * Enlarges the grid (N,D,h,w) to a level's size (bilinear, aligned corners) and applies three
 * convolutions without activation between them.
 */
public final class ReconstructionHead implements Layer {

  /** The published kernels. */
  public static final List<Integer> KERNELS = List.of(3, 3, 3);

  private final LayerShape shape;
  private final int factor;
  private final List<Convolution> convolutions;

  /**
   * Creates {@code 1}, {@code 2} and {@code 3}.
   *
   * @param shape of the grid, with D channels in and those of the level out
   * @param factor of enlargement, the same in both directions
   * @param kernels of the three convolutions, odd
   */
  public ReconstructionHead(
      ParameterScope scope, LayerShape shape, int factor, List<Integer> kernels) {
    this.shape = shape;
    this.factor = factor;
    int hidden = shape.inputChannels();
    List<Convolution> created = new ArrayList<>();
    for (int k = 0; k < kernels.size(); k++) {
      int outputs = k + 1 < kernels.size() ? hidden : shape.outputChannels();
      ParameterScope child = scope.child(String.valueOf(k + 1));
      created.add(Convolution.uniform(child, hidden, outputs, kernels.get(k)));
    }
    convolutions = List.copyOf(created);
  }

  /** The sizes of the grid. */
  public LayerShape shape() {
    return shape;
  }

  /** How much it enlarges the grid. */
  public int factor() {
    return factor;
  }

  /** What the convolutions multiply with, first to last. */
  public List<Kernel> kernels() {
    return convolutions.stream().map(Convolution::kernel).toList();
  }

  @Override
  public NDArray forward(NDArray grid, Pass pass) {
    NDArray x = Ops.resizeBilinear(grid, shape.height() * factor, shape.width() * factor, true);
    for (Convolution convolution : convolutions) {
      NDArray input = x;
      x = Scopes.keepOne(() -> convolution.forward(input, pass));
      input.close();
    }
    return x;
  }
}
