/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import uniass.model.layer.Constants;
import uniass.model.layer.Convolution;
import uniass.model.layer.Derived;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Recording;
import uniass.tensor.Script;

/**
 * A reconstruction head as the one linear map of its grid that it is: between enlarging and the
 * three convolutions there is nothing that is not linear. With the distinct row operators R_p and
 * column operators C_q (see {@link AxisOperators}) and composed weights W, the result is
 *
 * <pre>sum over p, q of W[p,q] . R_p X C_q^T + bias map</pre>
 *
 * exact at the border too. Channels are mixed on the grid's cells instead of the level's pixels.
 */
final class FactorizedHead {

  private static final Script SCRIPT = Script.load(FactorizedHead.class);

  /**
   * How much longer a multiplication takes here than in a convolution: small products and copies
   * between them. Measured for heads of 28, 56 and 112 px and 1 to 8 images: 2 to 2.7.
   */
  private static final double SLOWER = 2.5;

  private final List<Convolution> convolutions;
  private final double[] grid;
  private final double[] pixels;
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
   * @param scope of the convolutions' parameters
   * @param convolutions three, of odd kernels
   */
  FactorizedHead(
      ParameterScope scope,
      int gridHeight,
      int gridWidth,
      int height,
      int width,
      List<Convolution> convolutions) {
    this.convolutions = convolutions;
    grid = new double[] {gridHeight, gridWidth};
    pixels = new double[] {height, width};
    List<Integer> kernels = convolutions.stream().map(Convolution::kernel).toList();
    rows = new AxisOperators(gridHeight, height, kernels);
    columns = new AxisOperators(gridWidth, width, kernels);
    NDManager manager = scope.manager();
    pairsY = pairs(manager, rows);
    pairsX = pairs(manager, columns);
    triplesY = triples(manager, rows);
    triplesX = triples(manager, columns);
    rowMatrix =
        Constants.create(manager, rows.matrix(), height, (long) rows.triples() * gridHeight);
    columnMatrix =
        Constants.create(manager, columns.matrix(), width, (long) columns.triples() * gridWidth);
    border = new BorderGrid(manager, height, width, kernels.get(1) / 2 + kernels.get(2) / 2);
    composed = Derived.of(scope, this::compose);
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
    Convolution first = convolutions.get(0);
    Convolution second = convolutions.get(1);
    Convolution third = convolutions.get(2);
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

  /**
   * The time for some images, in multiplications of a convolution; in training with composing the
   * weights, which every step does.
   */
  double time(long images, boolean training) {
    long[] last = convolutions.get(2).weight().getShape().getShape();
    double channels = last[0];
    double hidden = last[1];
    double middle = convolutions.get(1).weight().getShape().size();
    double first = convolutions.get(0).weight().getShape().size();
    double composing =
        channels * (last[2] * last[3] * middle + (double) rows.pairs() * columns.pairs() * first);
    double cells = grid[0] * grid[1];
    double operators = (double) rows.triples() * columns.triples();
    double mixing = channels * operators * hidden * cells;
    double alongRows = channels * operators * cells * pixels[1];
    double alongColumns = channels * rows.triples() * grid[0] * pixels[0] * pixels[1];
    double applying = mixing + alongRows + alongColumns;
    return SLOWER * ((training ? composing : 0) + images * applying);
  }

  /** Reconstructs (N,C,h,w) from the grid (N,D,gridHeight,gridWidth). */
  NDArray forward(NDArray grid, Pass pass) {
    NDList weights = composed.get(pass);
    if (Recording.isOn(grid)) {
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
