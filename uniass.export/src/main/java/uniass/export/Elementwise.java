/* SPDX-License-Identifier: Apache-2.0 */
package uniass.export;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import uniass.export.NetworkGraph.Call;

/** Operations on each element alone. */
final class Elementwise {

  private final Graph graph;
  private final Nodes nodes;

  Elementwise(Graph graph, Nodes nodes) {
    this.graph = graph;
    this.nodes = nodes;
  }

  void addTo(Map<String, Function<Call, String>> operations) {
    Map.of(
            "add", "Add", "sub", "Sub", "mul", "Mul", "div", "Div", "maximum", "Max", "minimum",
            "Min", "pow", "Pow")
        .forEach(
            (name, type) ->
                operations.put(
                    name, call -> graph.node(type, List.of(call.tensor(0), call.tensor(1)))));
    Map.of(
            "relu",
            "Relu",
            "sigmoid",
            "Sigmoid",
            "neg",
            "Neg",
            "abs",
            "Abs",
            "sqrt",
            "Sqrt",
            "exp",
            "Exp",
            "log",
            "Log",
            "tanh",
            "Tanh",
            "duplicate",
            "Identity")
        .forEach(
            (name, type) ->
                operations.put(name, call -> graph.node(type, List.of(call.tensor(0)))));
    operations.put("rsub", call -> graph.node("Sub", List.of(call.tensor(1), call.tensor(0))));
    operations.put("square", call -> graph.node("Mul", List.of(call.tensor(0), call.tensor(0))));
    operations.put("relu6", call -> clip(call.tensor(0), 0, 6));
    operations.put("clamp", call -> clip(call.tensor(0), call.number(1), call.number(2)));
    operations.put("silu", this::silu);
    operations.put("gelu", call -> nodes.gelu(call.tensor(0)));
  }

  private String clip(String x, double low, double high) {
    return graph.node("Clip", List.of(x, graph.number(low), graph.number(high)));
  }

  private String silu(Call call) {
    String x = call.tensor(0);
    return graph.node("Mul", List.of(x, graph.node("Sigmoid", List.of(x))));
  }
}
