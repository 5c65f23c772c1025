package uniass.model.network;

import ai.djl.ndarray.NDArray;
import java.util.List;
import uniass.model.layer.Convolution;
import uniass.model.layer.Intermediates;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;

/** Enlarges the grid to a level's size (aligned corners) and applies three 3x3 convolutions. */
final class ReconstructionHead {

  private static final int KERNEL = 3;

  private final int height;
  private final int width;
  private final List<Convolution> convolutions;

  /**
   * Creates {@code 1}, {@code 2} and {@code 3}.
   *
   * @param height of the level
   * @param width of the level
   * @param channels of the level
   */
  ReconstructionHead(ParameterScope scope, int hidden, int height, int width, int channels) {
    this.height = height;
    this.width = width;
    convolutions =
        List.of(
            Convolution.uniform(scope.child("1"), hidden, hidden, KERNEL),
            Convolution.uniform(scope.child("2"), hidden, hidden, KERNEL),
            Convolution.uniform(scope.child("3"), hidden, channels, KERNEL));
  }

  /** Reconstructs (N,C,h,w) from the grid (N,D,gridHeight,gridWidth). */
  NDArray forward(NDArray grid) {
    NDArray x = Ops.resizeBilinear(grid, height, width, true);
    for (Convolution convolution : convolutions) {
      NDArray input = x;
      x = Intermediates.freed(() -> convolution.forward(input));
      input.close();
    }
    return x;
  }
}
