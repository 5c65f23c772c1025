/* SPDX-License-Identifier: Apache-2.0 */
package uniass.export;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;

/** What scripts are made of, as nodes. Tensors are the names of a graph's. */
final class Nodes {

  private static final int GELU_SINCE = 20;

  private final Graph graph;
  private final int opset;

  Nodes(Graph graph, int opset) {
    this.graph = graph;
    this.opset = opset;
  }

  String add(String a, String b) {
    return graph.node("Add", List.of(a, b));
  }

  String sub(String a, String b) {
    return graph.node("Sub", List.of(a, b));
  }

  String mul(String a, String b) {
    return graph.node("Mul", List.of(a, b));
  }

  String matMul(String a, String b) {
    return graph.node("MatMul", List.of(a, b));
  }

  String relu(String x) {
    return graph.node("Relu", List.of(x));
  }

  String reshape(String x, long... shape) {
    return graph.node("Reshape", List.of(x, graph.longs(shape)));
  }

  String transpose(String x, long... axes) {
    return graph.node("Transpose", List.of(x), "perm", axes);
  }

  String slice(String x, int axis, long start, long end) {
    return graph.node("Slice", List.of(x, graph.longs(start), graph.longs(end), graph.longs(axis)));
  }

  /** Mirrored along some axes: slices from the end to before the beginning. */
  String flip(String x, long... axes) {
    long[] last = new long[axes.length];
    long[] before = new long[axes.length];
    Arrays.fill(last, -1);
    Arrays.fill(before, Integer.MIN_VALUE);
    return graph.node(
        "Slice",
        List.of(x, graph.longs(last), graph.longs(before), graph.longs(axes), graph.longs(last)));
  }

  /** The entries of an axis that an index tensor names. */
  String gather(String x, String index, int axis) {
    return graph.node("Gather", List.of(x, index), "axis", axis);
  }

  /** Of each image the entry that its index names: (N,L,...) and (N,1) to (N,...). */
  String gatherPerImage(String x, String index) {
    return graph.node("GatherND", List.of(x, index), "batch_dims", 1);
  }

  /** Euclidean lengths along an axis. */
  String length(String x, int axis, boolean keep) {
    return graph.node("ReduceL2", List.of(x, graph.longs(axis)), "keepdims", keep ? 1 : 0);
  }

  String sum(String x, int axis, boolean keep) {
    return graph.node("ReduceSum", List.of(x, graph.longs(axis)), "keepdims", keep ? 1 : 0);
  }

  /** One value repeated for as many images as another tensor has: (1,...) to (N,...). */
  String perImage(String x, String like, long... shape) {
    String images = graph.node("Shape", List.of(like), "start", 0, "end", 1);
    String sizes = graph.node("Concat", List.of(images, graph.longs(shape)), "axis", 0);
    return graph.node("Expand", List.of(x, sizes));
  }

  String convolution(String x, String weight, String bias, int stride, int padding) {
    return graph.node(
        "Conv",
        List.of(x, weight, bias),
        "strides",
        new long[] {stride, stride},
        "pads",
        new long[] {padding, padding, padding, padding});
  }

  /** x W^T + b; the bias may be null. */
  String linear(String x, NDArray weight, String bias) {
    long[] shape = weight.getShape().getShape();
    int outputs = (int) shape[0];
    int inputs = (int) shape[1];
    float[] values = weight.toFloatArray();
    float[] transposed = new float[values.length];
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < inputs; i++) {
        transposed[i * outputs + o] = values[o * inputs + i];
      }
    }
    String product = matMul(x, graph.floats("matrix", transposed, inputs, outputs));
    return bias == null ? product : add(product, bias);
  }

  String layerNorm(String x, String weight, String bias, double eps) {
    return graph.node("LayerNormalization", List.of(x, weight, bias), "axis", -1, "epsilon", eps);
  }

  /**
   * Attention: softmax(q k^T / sqrt(width) + mask) v.
   *
   * @param qkv queries, keys and values, each (N,heads,L,width)
   * @param mask added to the logits, or null
   */
  String attention(List<String> qkv, String mask, long width) {
    String scaled = mul(qkv.get(0), graph.number(1 / Math.sqrt(width)));
    String logits = matMul(scaled, transpose(qkv.get(1), 0, 1, 3, 2));
    String masked = mask == null ? logits : add(logits, mask);
    return matMul(graph.node("Softmax", List.of(masked), "axis", -1), qkv.get(2));
  }

  /** x (1 + erf(x / sqrt 2)) / 2. */
  String gelu(String x) {
    if (opset >= GELU_SINCE) {
      return graph.node("Gelu", List.of(x));
    }
    String scaled = graph.node("Div", List.of(x, graph.number(Math.sqrt(2))));
    String one = add(graph.node("Erf", List.of(scaled)), graph.number(1));
    return mul(mul(x, one), graph.number(0.5));
  }

  String bilinear(String x, long height, long width) {
    return graph.node(
        "Resize",
        List.of(x, "", "", graph.longs(height, width)),
        "mode",
        "linear",
        "axes",
        new long[] {2, 3},
        "coordinate_transformation_mode",
        "half_pixel");
  }

  /** Cosine similarity along an axis; each vector is divided by its length first. */
  String cosine(String a, String b, int axis, double eps) {
    return sum(mul(unit(a, axis, eps), unit(b, axis, eps)), axis, false);
  }

  private String unit(String x, int axis, double eps) {
    String length = length(x, axis, true);
    return graph.node("Div", List.of(x, graph.node("Max", List.of(length, graph.number(eps)))));
  }
}
