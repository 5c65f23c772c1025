/* SPDX-License-Identifier: Apache-2.0 */
package uniass.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import uniass.export.NetworkGraph.Call;

/** Operations that mix elements: convolutions, norms, attention, resizing, reductions. */
final class Layers {

  private final Graph graph;
  private final Nodes nodes;

  Layers(Graph graph, Nodes nodes) {
    this.graph = graph;
    this.nodes = nodes;
  }

  void addTo(Map<String, Function<Call, String>> operations) {
    operations.put("conv2d", this::convolution);
    operations.put("averagePool", call -> pool("AveragePool", call, 0));
    operations.put("maxPool", call -> pool("MaxPool", call, call.whole(3)));
    operations.put("linear", this::linear);
    operations.put("matMul", call -> graph.node("MatMul", List.of(call.tensor(0), call.tensor(1))));
    operations.put("batchNorm", this::batchNorm);
    operations.put("group_norm", this::groupNorm);
    operations.put("layer_norm", this::layerNorm);
    operations.put(
        "softmax", call -> graph.node("Softmax", List.of(call.tensor(0)), "axis", call.whole(1)));
    operations.put("attention", this::attention);
    operations.put("bilinear", this::bilinear);
    operations.put("blur", this::blur);
    operations.put("cosine_similarity", this::cosine);
    operations.put("norm", call -> reduced("ReduceL2", call.tensor(0), true, call.whole(1)));
    operations.put("mean", call -> reduced("ReduceMean", call));
    operations.put("max", call -> reduced("ReduceMax", call));
    operations.put("sum", call -> reduced("ReduceSum", call));
  }

  private String convolution(Call call) {
    if (FilteredConvolution.fits(call)) {
      return new FilteredConvolution(graph, nodes).of(call);
    }
    int stride = call.whole(3);
    int padding = call.whole(4);
    List<String> inputs = new ArrayList<>(List.of(call.tensor(0), call.tensor(1)));
    if (call.has(2)) {
      inputs.add(call.tensor(2));
    }
    long[] kernel = call.shape(1);
    return graph.node(
        "Conv",
        inputs,
        "kernel_shape",
        new long[] {kernel[2], kernel[3]},
        "strides",
        new long[] {stride, stride},
        "pads",
        new long[] {padding, padding, padding, padding},
        "group",
        call.whole(5));
  }

  private String pool(String type, Call call, int padding) {
    long kernel = call.whole(1);
    long stride = call.whole(2);
    return graph.node(
        type,
        List.of(call.tensor(0)),
        "kernel_shape",
        new long[] {kernel, kernel},
        "strides",
        new long[] {stride, stride},
        "pads",
        new long[] {padding, padding, padding, padding});
  }

  private String linear(Call call) {
    return nodes.linear(call.tensor(0), call.array(1), call.has(2) ? call.tensor(2) : null);
  }

  private String batchNorm(Call call) {
    return graph.node(
        "BatchNormalization",
        List.of(call.tensor(0), call.tensor(3), call.tensor(4), call.tensor(1), call.tensor(2)),
        "epsilon",
        call.number(5));
  }

  private String groupNorm(Call call) {
    long[] shape = call.shape(0);
    int groups = call.whole(1);
    String grouped = graph.node("Reshape", List.of(call.tensor(0), graph.longs(0, groups, -1)));
    float[] ones = new float[groups];
    Arrays.fill(ones, 1);
    String normed =
        graph.node(
            "InstanceNormalization",
            List.of(
                grouped,
                graph.floats("ones", ones, groups),
                graph.floats("zeros", new float[groups], groups)),
            "epsilon",
            call.number(4));
    String image = graph.node("Reshape", List.of(normed, graph.longs(call.resultShape())));
    if (!call.has(2)) {
      return image;
    }
    String weight = graph.floats("scale", call.values(2), shape[1], 1, 1);
    String bias = graph.floats("shift", call.values(3), shape[1], 1, 1);
    return graph.node("Add", List.of(graph.node("Mul", List.of(image, weight)), bias));
  }

  private String layerNorm(Call call) {
    if (!call.has(2) || !call.has(3)) {
      throw call.refused();
    }
    return nodes.layerNorm(call.tensor(0), call.tensor(2), call.tensor(3), call.number(4));
  }

  private String attention(Call call) {
    String mask = call.has(3) ? call.tensor(3) : null;
    return nodes.attention(
        List.of(call.tensor(0), call.tensor(1), call.tensor(2)), mask, call.shape(0)[3]);
  }

  private String bilinear(Call call) {
    return graph.node(
        "Resize",
        List.of(call.tensor(0), "", "", graph.longs(call.wholes(1))),
        "mode",
        "linear",
        "axes",
        new long[] {2, 3},
        "coordinate_transformation_mode",
        call.flag(2) ? "align_corners" : "half_pixel");
  }

  /** As a matrix for rows and one for columns: exact at the border too. */
  private String blur(Call call) {
    int height = (int) call.shape(0)[2];
    int width = (int) call.shape(0)[3];
    int taps = call.whole(1);
    double sigma = call.number(2);
    String rows = graph.floats("blur", Shapes.blurring(height, taps, sigma), height, height);
    float[] columns = Shapes.blurring(width, taps, sigma);
    float[] transposed = new float[columns.length];
    for (int i = 0; i < columns.length; i++) {
      transposed[i % width * width + i / width] = columns[i];
    }
    String right = graph.floats("blur", transposed, width, width);
    return graph.node(
        "MatMul", List.of(rows, graph.node("MatMul", List.of(call.tensor(0), right))));
  }

  private String cosine(Call call) {
    return nodes.cosine(call.tensor(0), call.tensor(1), call.whole(2), call.number(3));
  }

  private String reduced(String type, Call call) {
    if (call.count() < 3) {
      throw call.refused();
    }
    return reduced(type, call.tensor(0), call.flag(2), call.wholes(1));
  }

  private String reduced(String type, String x, boolean keep, long... axes) {
    return graph.node(type, List.of(x, graph.longs(axes)), "keepdims", keep ? 1 : 0);
  }
}
