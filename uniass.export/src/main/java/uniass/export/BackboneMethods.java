/* SPDX-License-Identifier: Apache-2.0 */
package uniass.export;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import uniass.export.NetworkGraph.Call;

/** The script of ResNets: uniass.model's {@code backbone/ResNet.py} says what it computes. */
final class BackboneMethods {

  private static final String PACKAGE = "uniass.model.backbone.";

  private final Graph graph;
  private final Nodes nodes;

  BackboneMethods(Graph graph, Nodes nodes) {
    this.graph = graph;
    this.nodes = nodes;
  }

  void addTo(Map<String, Function<Call, String>> operations) {
    operations.put(PACKAGE + "stem", call -> convolution(call, call.tensor(0), 0, 2, true));
    operations.put(PACKAGE + "pool", this::pool);
    operations.put(PACKAGE + "block", this::block);
  }

  /**
   * The convolution whose kernel is that of the weights' numbers; of odd size, it keeps the size.
   */
  private String convolution(Call call, String x, int weight, int stride, boolean relu) {
    List<?> weights = call.list(1);
    int kernel = (int) Call.shape(weights.get(weight))[2];
    String y =
        nodes.convolution(
            x,
            call.tensor(weights.get(weight)),
            call.tensor(weights.get(weight + 1)),
            stride,
            kernel / 2);
    return relu ? nodes.relu(y) : y;
  }

  private String pool(Call call) {
    return graph.node(
        "MaxPool",
        List.of(call.tensor(0)),
        "kernel_shape",
        new long[] {3, 3},
        "strides",
        new long[] {2, 2},
        "pads",
        new long[] {1, 1, 1, 1});
  }

  private String block(Call call) {
    List<?> weights = call.list(1);
    int stride = call.whole(2);
    String x = call.tensor(0);
    boolean wide = ((NDArray) weights.get(0)).getShape().get(2) == 1;
    int used = wide ? 6 : 4;
    String y = convolution(call, x, 0, wide ? 1 : stride, true);
    y = convolution(call, y, 2, wide ? stride : 1, wide);
    y = wide ? convolution(call, y, 4, 1, false) : y;
    String shortcut = weights.size() > used ? convolution(call, x, used, stride, false) : x;
    return nodes.relu(nodes.add(y, shortcut));
  }
}
