package uniass.model.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import uniass.model.layer.Constants;
import uniass.model.layer.Convolution;
import uniass.model.layer.Derived;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
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

  private static final Script SCRIPT =
      Script.compile(
          "uniass.model.head",
          """
          def compose(self, w1: Tensor, w2: Tensor, w3: Tensor, pairs_y: Tensor, pairs_x: Tensor, triples_y: Tensor, triples_x: Tensor) -> Tensor:
            o = torch.size(w3, 0)
            m2 = torch.size(w3, 1)
            m1 = torch.size(w2, 1)
            d = torch.size(w1, 1)
            k1 = torch.size(w1, 2)
            k2 = torch.size(w2, 2)
            k3 = torch.size(w3, 2)
            last = torch.reshape(torch.permute(w3, [0, 2, 3, 1]), [-1, m2])
            middle = torch.reshape(torch.permute(w2, [0, 2, 3, 1]), [m2, -1])
            w32 = torch.reshape(torch.matmul(last, middle), [o, k3, k3, k2, k2, m1])
            w32 = torch.reshape(torch.permute(w32, [0, 1, 3, 2, 4, 5]), [o, torch.mul(k3, k2), -1])
            py = torch.size(pairs_y, 0)
            px = torch.size(pairs_x, 0)
            w32 = torch.reshape(torch.matmul(pairs_y, w32), [torch.mul(o, py), torch.mul(k3, k2), m1])
            w32 = torch.reshape(torch.matmul(pairs_x, w32), [-1, m1])
            first = torch.reshape(torch.permute(w1, [0, 2, 3, 1]), [m1, -1])
            w = torch.reshape(torch.matmul(w32, first), [o, py, px, k1, k1, d])
            w = torch.reshape(torch.permute(w, [0, 1, 3, 2, 4, 5]), [o, torch.mul(py, k1), -1])
            ty = torch.size(triples_y, 0)
            w = torch.reshape(torch.matmul(triples_y, w), [torch.mul(o, ty), torch.mul(px, k1), d])
            return torch.reshape(torch.matmul(triples_x, w), [-1, d])
          def bias(self, w2: Tensor, w3: Tensor, b1: Tensor, b2: Tensor, b3: Tensor, rows: Tensor, columns: Tensor, height: int, width: int) -> Tensor:
            ones = torch.ones([1, 1, height, width], dtype=ops.prim.dtype(b1), device=ops.prim.device(b1))
            x = torch.mul(torch.reshape(b1, [1, -1, 1, 1]), ones)
            p2 = torch.floordiv(torch.size(w2, 2), 2)
            p3 = torch.floordiv(torch.size(w3, 2), 2)
            x = torch.conv2d(x, w2, b2, [1, 1], [p2, p2])
            x = torch.conv2d(x, w3, b3, [1, 1], [p3, p3])
            return torch.index_select(torch.index_select(x, 2, rows), 3, columns)
          def apply(self, x: Tensor, w: Tensor, bias: Tensor, rows: Tensor, columns: Tensor, ty: int, tx: int) -> Tensor:
            n = torch.size(x, 0)
            if torch.is_grad_enabled():
              y = (self).mapped(x, w, bias, rows, columns, ty, tx)
            else:
              y = torch.new_empty(x, [n, torch.size(bias, 1), torch.size(rows, 0), torch.size(columns, 0)])
              for i in range(n):
                end = torch.add(i, 1)
                image = torch.slice(x, 0, i, end)
                _ = torch.copy_(torch.slice(y, 0, i, end), (self).mapped(image, w, bias, rows, columns, ty, tx))
            return y
          def mapped(self, x: Tensor, w: Tensor, bias: Tensor, rows: Tensor, columns: Tensor, ty: int, tx: int) -> Tensor:
            n, d, gh, gw = torch.size(x)
            h = torch.size(rows, 0)
            width = torch.size(columns, 0)
            cells = torch.flatten(x, 2)
            y = torch.reshape(torch.matmul(w, cells), [n, -1, ty, tx, gh, gw])
            o = torch.size(y, 1)
            y = torch.reshape(torch.permute(y, [0, 1, 2, 4, 3, 5]), [-1, torch.mul(tx, gw)])
            y = torch.reshape(torch.matmul(y, torch.t(columns)), [torch.mul(n, o), torch.mul(ty, gh), width])
            return torch.add(torch.reshape(torch.matmul(rows, y), [n, o, h, width]), bias)
          """);

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
}
