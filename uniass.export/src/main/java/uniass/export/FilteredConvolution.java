/* SPDX-License-Identifier: Apache-2.0 */
package uniass.export;

import java.util.ArrayList;
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

  /** What lies between needs nine times the memory of so many tiles. */
  private static final long TILES_AT_ONCE = 196;

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
    String channels = nodes.reshape(call.tensor(0), -1, 1, height, width);
    String kernel = graph.floats("kernel", transformed(call.values(1)), PRODUCTS, outputs, inputs);
    long columns = width / OUTPUTS;
    long strip = Math.max(1, TILES_AT_ONCE / columns);
    List<String> strips = new ArrayList<>();
    for (long first = 0; first < height / OUTPUTS; first += strip) {
      long last = Math.min(first + strip, height / OUTPUTS);
      String byProduct = tiles(channels, first, last, height);
      byProduct = nodes.reshape(byProduct, -1, inputs, PRODUCTS, (last - first) * columns);
      String products = nodes.matMul(kernel, nodes.transpose(byProduct, 0, 2, 1, 3));
      strips.add(
          untiled(
              nodes.reshape(
                  nodes.transpose(products, 0, 2, 1, 3), -1, PRODUCTS, last - first, columns)));
    }
    String whole = strips.size() == 1 ? strips.get(0) : graph.node("Concat", strips, "axis", 2);
    String result = nodes.reshape(whole, -1, outputs, height, width);
    return call.has(2)
        ? nodes.add(result, graph.floats("bias", call.values(2), outputs, 1, 1))
        : result;
  }

  /** The transformed tiles of some rows of tiles: (images x channels, 36, rows, columns). */
  private String tiles(String channels, long first, long last, long height) {
    long top = first * OUTPUTS - 1;
    long bottom = last * OUTPUTS + 1;
    String part = nodes.slice(channels, 2, Math.max(top, 0), Math.min(bottom, height));
    return graph.node(
        "Conv",
        List.of(part, matrix("tile", filter.input(), INPUTS)),
        "strides",
        new long[] {OUTPUTS, OUTPUTS},
        "pads",
        new long[] {top < 0 ? 1 : 0, 1, bottom > height ? 1 : 0, 1});
  }

  private String untiled(String products) {
    return graph.node(
        "ConvTranspose",
        List.of(products, matrix("untile", MinimalFilter.transposed(filter.output()), OUTPUTS)),
        "strides",
        new long[] {OUTPUTS, OUTPUTS});
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
