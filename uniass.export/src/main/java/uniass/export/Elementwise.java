/* SPDX-License-Identifier: Apache-2.0 */
package uniass.export;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import uniass.export.NetworkGraph.Call;

/** Operations on each element alone. */
final class Elementwise {

  private static final int GELU_SINCE = 20;

  private final Graph graph;
  private final int opset;

  Elementwise(Graph graph, int opset) {
    this.graph = graph;
    this.opset = opset;
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
    operations.put("gelu", this::gelu);
  }

  private String clip(String x, double low, double high) {
    return graph.node("Clip", List.of(x, graph.number(low), graph.number(high)));
  }

  private String silu(Call call) {
    String x = call.tensor(0);
    return graph.node("Mul", List.of(x, graph.node("Sigmoid", List.of(x))));
  }

  /** x (1 + erf(x / sqrt 2)) / 2. */
  private String gelu(Call call) {
    String x = call.tensor(0);
    if (opset >= GELU_SINCE) {
      return graph.node("Gelu", List.of(x));
    }
    String scaled = graph.node("Div", List.of(x, graph.number(Math.sqrt(2))));
    String one = graph.node("Add", List.of(graph.node("Erf", List.of(scaled)), graph.number(1)));
    return graph.node("Mul", List.of(graph.node("Mul", List.of(x, one)), graph.number(0.5)));
  }
}
