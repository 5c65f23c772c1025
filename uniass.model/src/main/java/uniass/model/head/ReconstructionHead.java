/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.head;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import uniass.model.layer.Convolution;
import uniass.model.layer.Intermediates;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;
import uniass.tensor.Recording;

/**
 * Enlarges the grid to a level's size (bilinear, aligned corners) and applies three convolutions
 * without activation between them.
 */
public final class ReconstructionHead {

  /** The published kernels. */
  public static final List<Integer> KERNELS = List.of(3, 3, 3);

  /**
   * System property that overrides how heads are computed in optimized passes: {@code factorized}
   * or {@code convolved}; anything else leaves it to the sizes.
   */
  public static final String OVERRIDE = "uniass.heads";

  private final int height;
  private final int width;
  private final List<Convolution> convolutions;
  private final FactorizedHead factorized;

  /**
   * Creates {@code 1}, {@code 2} and {@code 3}.
   *
   * @param kernels of the three convolutions, odd
   * @param factor of enlargement, the same in both directions
   * @param channels of the level
   */
  public ReconstructionHead(
      ParameterScope scope,
      int hidden,
      int gridHeight,
      int gridWidth,
      int factor,
      int channels,
      List<Integer> kernels) {
    height = gridHeight * factor;
    width = gridWidth * factor;
    List<Convolution> created = new ArrayList<>();
    for (int k = 0; k < kernels.size(); k++) {
      int outputs = k + 1 < kernels.size() ? hidden : channels;
      ParameterScope child = scope.child(String.valueOf(k + 1));
      created.add(Convolution.uniform(child, hidden, outputs, kernels.get(k)));
    }
    convolutions = List.copyOf(created);
    factorized = new FactorizedHead(scope, gridHeight, gridWidth, height, width, convolutions);
  }

  /** Reconstructs (N,C,h,w) from the grid (N,D,gridHeight,gridWidth), the faster way. */
  public NDArray forward(NDArray grid, Pass pass) {
    return (pass.execution() == Execution.OPTIMIZED || Recording.isOn(grid))
            && factorizes(grid.getShape().get(0), pass.training())
        ? factorized(grid, pass)
        : convolved(grid, pass);
  }

  /** Whether one linear map is taken for so many images. */
  boolean factorizes(long images, boolean training) {
    return switch (System.getProperty(OVERRIDE, "auto")) {
      case "factorized" -> true;
      case "convolved" -> false;
      default -> factorized.time(images, training) < images * products();
    };
  }

  /** Multiplications of the convolutions for one image. */
  private double products() {
    double products = 0;
    for (Convolution convolution : convolutions) {
      products += (double) height * width * convolution.weight().getShape().size();
    }
    return products;
  }

  NDArray factorized(NDArray grid, Pass pass) {
    return Intermediates.freed(() -> factorized.forward(grid, pass));
  }

  NDArray convolved(NDArray grid, Pass pass) {
    NDArray x = Ops.resizeBilinear(grid, height, width, true);
    for (Convolution convolution : convolutions) {
      NDArray input = x;
      x = Intermediates.freed(() -> convolution.forward(input, pass));
      input.close();
    }
    return x;
  }
}
