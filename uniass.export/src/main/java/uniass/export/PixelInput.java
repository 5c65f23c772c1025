/* SPDX-License-Identifier: Apache-2.0 */
package uniass.export;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Arrays;
import java.util.List;
import uniass.api.data.ImageFormat;
import uniass.api.data.Normalization;
import uniass.api.data.Resize;

/**
 * Writes what this product does to an image before the network: Pillow's antialiased bilinear
 * resizing, byte for byte, and normalization. The arithmetic is Pillow's: the weights of a triangle
 * as wide as the step between the results, as whole numbers of 1/2^22; columns first, then rows,
 * each rounded to bytes. In float64 all of it is exact.
 */
final class PixelInput {

  private static final double UNIT = 1 << 22;

  private final Graph graph;

  PixelInput(Graph graph) {
    this.graph = graph;
  }

  /**
   * Writes the path from pixels to a normalized image.
   *
   * @param pixels name of a tensor (N,h,w,3), uint8
   * @return name of the tensor (N,3,H,W), float32
   */
  String image(String pixels, ImageFormat format, Normalization normalization) {
    String channels =
        graph.node(
            "Transpose", List.of(cast(pixels, type(format))), "perm", new long[] {0, 3, 1, 2});
    String sized = channels;
    if (format.resize() != Resize.NONE) {
      String columns = rounded(matMul(channels, weights(pixels, 2, format.width(), 1)));
      String rows = rounded(matMul(weights(pixels, 1, format.height(), 0), columns));
      sized = cast(rows, TensorProto.DataType.FLOAT);
    }
    String unit = graph.node("Div", List.of(sized, graph.number(255)));
    String centered = graph.node("Sub", List.of(unit, perChannel(normalization.mean())));
    return graph.node("Div", List.of(centered, perChannel(normalization.deviation())));
  }

  private static TensorProto.DataType type(ImageFormat format) {
    return format.resize() == Resize.NONE
        ? TensorProto.DataType.FLOAT
        : TensorProto.DataType.DOUBLE;
  }

  /**
   * The weights of one axis of the pixels.
   *
   * @param toAxis 0 for a matrix (to, from), 1 for (from, to)
   */
  private String weights(String pixels, int axis, int to, int toAxis) {
    int fromAxis = 1 - toAxis;
    String from = node("Shape", List.of(pixels), "start", axis, "end", axis + 1);
    String step = node("Div", List.of(cast(from, TensorProto.DataType.DOUBLE), graph.doubles(to)));
    String reach = node("Max", List.of(step, graph.doubles(1)));
    double[] middles = new double[to];
    Arrays.setAll(middles, i -> i + 0.5);
    String center = node("Mul", List.of(graph.doubles(middles), step));
    String count = node("Squeeze", List.of(from));
    String index = node("Range", List.of(graph.whole(0), count, graph.whole(1)));
    String position =
        node("Add", List.of(cast(index, TensorProto.DataType.DOUBLE), graph.doubles(0.5)));
    String difference = node("Sub", List.of(along(position, toAxis), along(center, fromAxis)));
    String fall = node("Div", List.of(node("Abs", List.of(difference)), reach));
    String slope = node("Sub", List.of(graph.doubles(1), fall));
    String triangle = node("Max", List.of(slope, graph.doubles(0)));
    String sum = node("ReduceSum", List.of(triangle, graph.longs(fromAxis)), "keepdims", 1);
    String units = node("Mul", List.of(node("Div", List.of(triangle, sum)), graph.doubles(UNIT)));
    return node("Floor", List.of(node("Add", List.of(units, graph.doubles(0.5)))));
  }

  /** A list as a matrix with an axis of size 1. */
  private String along(String list, int axis) {
    return node("Unsqueeze", List.of(list, graph.longs(axis)));
  }

  private String node(String type, List<String> inputs, Object... attributes) {
    return graph.node(type, inputs, attributes);
  }

  private String rounded(String sums) {
    String half = graph.node("Add", List.of(sums, graph.doubles(UNIT / 2)));
    String bytes =
        graph.node("Floor", List.of(graph.node("Mul", List.of(half, graph.doubles(1 / UNIT)))));
    String positive = graph.node("Max", List.of(bytes, graph.doubles(0)));
    return graph.node("Min", List.of(positive, graph.doubles(255)));
  }

  private String matMul(String a, String b) {
    return graph.node("MatMul", List.of(a, b));
  }

  private String cast(String x, TensorProto.DataType type) {
    return graph.node("Cast", List.of(x), "to", type.getNumber());
  }

  private String perChannel(List<Double> values) {
    float[] three = new float[3];
    for (int c = 0; c < three.length; c++) {
      three[c] = values.get(c).floatValue();
    }
    return graph.floats("channels", three, 3, 1, 1);
  }
}
