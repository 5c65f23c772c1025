/* SPDX-License-Identifier: Apache-2.0 */
package uniass.export;

import java.util.List;
import uniass.export.NetworkGraph.Call;
import uniass.tensor.MinimalFilter;

/**
 * 3x3 convolutions of large maps by minimal filtering F(4x4, 3x3), which ONNX Runtime lacks: the
 * transform of a tile is a convolution of one channel with stride 4, its inverse a transposed one,
 * and between them are 36 matrix products. A quarter of the multiplications, less than half of the
 * time of {@code Conv}, for four times the weights.
 */
final class FilteredConvolution {

  private static final int OUTPUTS = 4;
  private static final int INPUTS = 6;
  private static final int PRODUCTS = INPUTS * INPUTS;

  /** Smaller maps gain milliseconds, and each kernel makes the file larger. */
  private static final long LEAST_PIXELS = 56 * 56;

  /** With fewer multiplications a pixel ONNX Runtime is as fast directly. */
  private static final long LEAST_PRODUCTS = 128 * 128;

  private final Graph graph;
  private final Nodes nodes;
  private final MinimalFilter filter = MinimalFilter.of(OUTPUTS);

  FilteredConvolution(Graph graph, Nodes nodes) {
    this.graph = graph;
    this.nodes = nodes;
  }

  /** Whether a {@code conv2d} has such a form, and gains from it. */
  static boolean fits(Call call) {
    long[] image = call.shape(0);
    long[] kernel = call.shape(1);
    return call.isConstant(1)
        && kernel[2] == 3
        && kernel[3] == 3
        && call.whole(3) == 1
        && call.whole(4) == 1
        && call.whole(5) == 1
        && kernel[0] * kernel[1] >= LEAST_PRODUCTS
        && image[2] * image[3] >= LEAST_PIXELS
        && image[2] % OUTPUTS == 0
        && image[3] % OUTPUTS == 0;
  }

  String of(Call call) {
    long height = call.shape(0)[2];
    long width = call.shape(0)[3];
    int outputs = (int) call.shape(1)[0];
    int inputs = (int) call.shape(1)[1];
    long rows = height / OUTPUTS;
    long columns = width / OUTPUTS;
    String tiles =
        graph.node(
            "Conv",
            List.of(
                nodes.reshape(call.tensor(0), -1, 1, height, width),
                matrix("tile", filter.input(), INPUTS)),
            "strides",
            new long[] {OUTPUTS, OUTPUTS},
            "pads",
            new long[] {1, 1, 1, 1});
    String byProduct =
        nodes.transpose(nodes.reshape(tiles, -1, inputs, PRODUCTS, rows * columns), 0, 2, 1, 3);
    String kernel = graph.floats("kernel", transformed(call.values(1)), PRODUCTS, outputs, inputs);
    String products = nodes.transpose(nodes.matMul(kernel, byProduct), 0, 2, 1, 3);
    String image =
        graph.node(
            "ConvTranspose",
            List.of(
                nodes.reshape(products, -1, PRODUCTS, rows, columns),
                matrix("untile", transposed(filter.output()), OUTPUTS)),
            "strides",
            new long[] {OUTPUTS, OUTPUTS});
    String result = nodes.reshape(image, -1, outputs, height, width);
    return call.has(2)
        ? nodes.add(result, graph.floats("bias", call.values(2), outputs, 1, 1))
        : result;
  }

  /** A transform of one dimension, as 36 kernels of two. */
  private String matrix(String hint, double[][] line, int size) {
    double[][] square = MinimalFilter.squared(line);
    float[] values = new float[PRODUCTS * size * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) square[i / (size * size)][i % (size * size)];
    }
    return graph.floats(hint, values, PRODUCTS, 1, size, size);
  }

  private static double[][] transposed(double[][] m) {
    double[][] result = new double[m[0].length][m.length];
    for (int i = 0; i < m.length; i++) {
      for (int j = 0; j < m[0].length; j++) {
        result[j][i] = m[i][j];
      }
    }
    return result;
  }

  /** From (O,C,3,3) to (36,O,C). */
  private float[] transformed(float[] weight) {
    double[][] square = MinimalFilter.squared(filter.kernel());
    int taps = square[0].length;
    int kernels = weight.length / taps;
    float[] result = new float[PRODUCTS * kernels];
    for (int i = 0; i < result.length; i++) {
      double sum = 0;
      for (int t = 0; t < taps; t++) {
        sum += square[i / kernels][t] * weight[i % kernels * taps + t];
      }
      result[i] = (float) sum;
    }
    return result;
  }
}
