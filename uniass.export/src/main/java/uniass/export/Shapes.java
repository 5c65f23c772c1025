/* SPDX-License-Identifier: Apache-2.0 */
package uniass.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import uniass.export.NetworkGraph.Call;

/** Operations that move elements. */
final class Shapes {

  private final Graph graph;

  Shapes(Graph graph) {
    this.graph = graph;
  }

  void addTo(Map<String, Function<Call, String>> operations) {
    for (String name : List.of("reshape", "flatten", "expandDims", "squeeze")) {
      operations.put(name, call -> reshape(call.tensor(0), call.resultShape()));
    }
    operations.put("to_tokens", this::toTokens);
    operations.put("to_image", this::toImage);
    operations.put("transpose", this::transpose);
    operations.put("swapAxes", this::swapAxes);
    operations.put("concat", this::concat);
    operations.put("slice", this::slice);
    operations.put("broadcast", this::broadcast);
    operations.put("perImage", this::perImage);
    operations.put("padZero", call -> pad(call, "constant", call.arguments(1, 4)));
    operations.put("pad_reflect", call -> pad(call, "reflect", call.wholes(1)));
  }

  private String reshape(String x, long... shape) {
    return graph.node("Reshape", List.of(x, graph.longs(shape)));
  }

  private String toTokens(Call call) {
    String flat = reshape(call.tensor(0), 0, call.shape(0)[1], -1);
    return graph.node("Transpose", List.of(flat), "perm", new long[] {0, 2, 1});
  }

  private String toImage(Call call) {
    String channels =
        graph.node("Transpose", List.of(call.tensor(0)), "perm", new long[] {0, 2, 1});
    return reshape(channels, call.resultShape());
  }

  private String transpose(Call call) {
    long[] axes =
        call.count() > 1
            ? call.wholes(1)
            : IntStream.iterate(call.shape(0).length - 1, i -> i >= 0, i -> i - 1)
                .asLongStream()
                .toArray();
    return graph.node("Transpose", List.of(call.tensor(0)), "perm", axes);
  }

  private String swapAxes(Call call) {
    int rank = call.shape(0).length;
    long[] axes = NetworkGraph.range(rank);
    int first = Math.floorMod(call.whole(1), rank);
    int second = Math.floorMod(call.whole(2), rank);
    axes[first] = second;
    axes[second] = first;
    return graph.node("Transpose", List.of(call.tensor(0)), "perm", axes);
  }

  private String concat(Call call) {
    List<String> parts = new ArrayList<>();
    call.list(0).forEach(part -> parts.add(call.tensor(part)));
    return graph.node("Concat", parts, "axis", call.whole(1));
  }

  private String slice(Call call) {
    return graph.node(
        "Slice",
        List.of(
            call.tensor(0),
            graph.longs(call.whole(2)),
            graph.longs(call.whole(3)),
            graph.longs(call.whole(1))));
  }

  private String broadcast(Call call) {
    long[] shape = call.resultShape();
    shape[0] = 1; // as many images as there are
    return graph.node("Expand", List.of(call.tensor(0), graph.longs(shape)));
  }

  private String perImage(Call call) {
    long[] shape = call.shape(0);
    String images = graph.node("Shape", List.of(call.tensor(1)), "start", 0, "end", 1);
    String sizes = graph.node("Concat", List.of(images, graph.longs(shape)), "axis", 0);
    return graph.node("Expand", List.of(call.tensor(0), sizes));
  }

  /** Left, right, top, bottom. */
  private String pad(Call call, String mode, long... sizes) {
    if (call.shape(0).length != 4) {
      throw call.refused();
    }
    long[] pads = {0, 0, sizes[2], sizes[0], 0, 0, sizes[3], sizes[1]};
    return graph.node("Pad", List.of(call.tensor(0), graph.longs(pads)), "mode", mode);
  }

  /** A Gaussian blur along one axis with a reflected border, as a matrix. */
  static float[] blurring(int size, int taps, double sigma) {
    double[] weights = new double[taps];
    int r = taps / 2;
    for (int t = 0; t < taps; t++) {
      weights[t] = Math.exp(-0.5 * (t - r) * (t - r) / (sigma * sigma));
    }
    double sum = Arrays.stream(weights).sum();
    float[] matrix = new float[size * size];
    for (int i = 0; i < size; i++) {
      for (int t = 0; t < taps; t++) {
        int j = Math.abs(i + t - r);
        j = j < size ? j : 2 * (size - 1) - j;
        matrix[i * size + j] += (float) (weights[t] / sum);
      }
    }
    return matrix;
  }
}
