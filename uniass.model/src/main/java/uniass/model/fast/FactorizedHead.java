/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.fast;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import uniass.api.network.LayerShape;
import uniass.model.head.ReconstructionHead;
import uniass.model.layer.Constants;
import uniass.model.layer.Derived;
import uniass.model.layer.Kernel;
import uniass.tensor.Layer;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;
import uniass.tensor.Recording;
import uniass.tensor.Scopes;
import uniass.tensor.Script;

/**
 * A reconstruction head as the one linear map of its grid that it is: between enlarging and the
 * three convolutions there is nothing that is not linear. With the distinct row operators R_p and
 * column operators C_q (see {@link AxisOperators}) and composed weights W, the result is
 *
 * <pre>sum over p, q of W[p,q] . R_p X C_q^T + bias map</pre>
 *
 * exact at the border too. Channels are mixed on the grid's cells instead of the level's pixels. It
 * is taken where it is faster (bench/NOTES.md).
 */
final class FactorizedHead implements Layer {

  private static final Script SCRIPT = Script.load(FactorizedHead.class);

  /**
   * System property that overrides how heads are computed in optimized passes: {@code factorized}
   * or {@code convolved}; anything else leaves it to the sizes.
   */
  private static final String OVERRIDE = "uniass.heads";

  /**
   * How much longer a multiplication takes here than in a convolution: small products and copies
   * between them. Measured for heads of 28, 56 and 112 px and 1 to 8 images: 2 to 2.7.
   */
  private static final double SLOWER = 2.5;

  private final ReconstructionHead direct;
  private final int height;
  private final int width;
  private final AxisOperators rows;
  private final AxisOperators columns;
  private final NDArray pairsY;
  private final NDArray pairsX;
  private final NDArray triplesY;
  private final NDArray triplesX;
  private final NDArray rowMatrix;
  private final NDArray columnMatrix;
  private final BorderGrid border;
  private final Derived composed;

  /**
   * Prepares the map.
   *
   * @param direct of three convolutions
   * @param scope of their parameters
   */
  FactorizedHead(ReconstructionHead direct, ParameterScope scope) {
    this.direct = direct;
    LayerShape grid = direct.shape();
    height = grid.height() * direct.factor();
    width = grid.width() * direct.factor();
    List<Integer> kernels = direct.kernels().stream().map(Kernel::size).toList();
    rows = new AxisOperators(grid.height(), height, kernels);
    columns = new AxisOperators(grid.width(), width, kernels);
    NDManager manager = scope.manager();
    pairsY = pairs(manager, rows);
    pairsX = pairs(manager, columns);
    triplesY = triples(manager, rows);
    triplesX = triples(manager, columns);
    rowMatrix = matrix(manager, rows, height);
    columnMatrix = matrix(manager, columns, width);
    border = new BorderGrid(manager, height, width, kernels.get(1) / 2 + kernels.get(2) / 2);
    composed = Derived.of(scope, this::compose);
  }

  private static NDArray matrix(NDManager manager, AxisOperators axis, int pixels) {
    float[] matrix = axis.matrix();
    return Constants.create(manager, matrix, pixels, matrix.length / pixels);
  }

  private static NDArray pairs(NDManager manager, AxisOperators axis) {
    float[] reduction = axis.pairReduction();
    return Constants.create(manager, reduction, axis.pairs(), reduction.length / axis.pairs());
  }

  private static NDArray triples(NDManager manager, AxisOperators axis) {
    float[] reduction = axis.tripleReduction();
    return Constants.create(manager, reduction, axis.triples(), reduction.length / axis.triples());
  }

  private NDList compose() {
    Kernel first = direct.kernels().get(0);
    Kernel second = direct.kernels().get(1);
    Kernel third = direct.kernels().get(2);
    NDArray weight =
        SCRIPT.apply(
            "compose",
            first.weight(),
            second.weight(),
            third.weight(),
            pairsY,
            pairsX,
            triplesY,
            triplesX);
    NDArray bias =
        SCRIPT.apply(
            "bias",
            second.weight(),
            third.weight(),
            first.bias(),
            second.bias(),
            third.bias(),
            border.rows(),
            border.columns(),
            border.height(),
            border.width());
    return new NDList(weight, bias);
  }

  /** Reconstructs (N,C,h,w) from the grid (N,D,gridHeight,gridWidth), the faster way. */
  @Override
  public NDArray forward(NDArray grid, Pass pass) {
    return (pass.execution() == Execution.OPTIMIZED || Recording.isShortened(grid))
            && pays(grid.getShape().get(0), pass.training())
        ? factorized(grid, pass)
        : direct.forward(grid, pass);
  }

  /** Whether one linear map is taken for so many images. */
  boolean pays(long images, boolean training) {
    return switch (System.getProperty(OVERRIDE, "auto")) {
      case "factorized" -> true;
      case "convolved" -> false;
      default -> time(images, training) < images * products();
    };
  }

  /** Multiplications of the convolutions for one image. */
  private double products() {
    double products = 0;
    for (Kernel kernel : direct.kernels()) {
      products += (double) height * width * kernel.weight().getShape().size();
    }
    return products;
  }

  /**
   * The time for some images, in multiplications of a convolution; in training with composing the
   * weights, which every step does.
   */
  private double time(long images, boolean training) {
    long[] last = direct.kernels().get(2).weight().getShape().getShape();
    double channels = last[0];
    double hidden = last[1];
    double middle = direct.kernels().get(1).weight().getShape().size();
    double first = direct.kernels().get(0).weight().getShape().size();
    double composing =
        channels * (last[2] * last[3] * middle + (double) rows.pairs() * columns.pairs() * first);
    double cells = (double) direct.shape().height() * direct.shape().width();
    double operators = (double) rows.triples() * columns.triples();
    double mixing = channels * operators * hidden * cells;
    double alongRows = channels * operators * cells * width;
    double alongColumns = channels * rows.triples() * direct.shape().height() * height * width;
    double applying = mixing + alongRows + alongColumns;
    return SLOWER * ((training ? composing : 0) + images * applying);
  }

  NDArray factorized(NDArray grid, Pass pass) {
    return Scopes.keepOne(
        () -> {
          NDList weights = composed.get(pass);
          if (Recording.isShortened(grid)) {
            return recorded(grid, weights.get(0), weights.get(1));
          }
          return SCRIPT.apply(
              "apply",
              grid,
              weights.get(0),
              weights.get(1),
              rowMatrix,
              columnMatrix,
              rows.triples(),
              columns.triples());
        });
  }

  /** What the script does, in operations that can be recorded. */
  private NDArray recorded(NDArray input, NDArray weight, NDArray bias) {
    long[] size = input.getShape().getShape();
    long ty = rows.triples();
    long tx = columns.triples();
    long channels = bias.getShape().get(1);
    NDArray mixed = Ops.linear(Ops.toTokens(input), weight, null);
    NDArray y = mixed.reshape(size[0], size[2], size[3], channels, ty, tx);
    y = y.transpose(0, 3, 4, 1, 5, 2).reshape(size[0], channels, ty * size[2], tx * size[3]);
    y = Ops.linear(y, columnMatrix, null).transpose(0, 1, 3, 2);
    return Ops.linear(y, rowMatrix, null).transpose(0, 1, 3, 2).add(bias);
  }
}
