/* SPDX-License-Identifier: Apache-2.0 */
package uniass.export;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import uniass.export.NetworkGraph.Call;

/** The script of memory banks: uniass.model's {@code bank/*.py} says what each method computes. */
final class BankMethods {

  private static final String PACKAGE = "uniass.model.bank.";

  private final Graph graph;
  private final Nodes nodes;
  private final Map<String, String> nearest = new HashMap<>();

  BankMethods(Graph graph, Nodes nodes) {
    this.graph = graph;
    this.nodes = nodes;
  }

  void addTo(Map<String, Function<Call, String>> operations) {
    operations.put(PACKAGE + "patches", this::patches);
    operations.put(PACKAGE + "nearest#0", this::distances);
    operations.put(PACKAGE + "nearest#1", call -> nodes.reshape(index(call), call.resultShape()));
    operations.put(PACKAGE + "reweighted", this::reweighted);
    operations.put(PACKAGE + "flipped", call -> nodes.flip(call.tensor(0), call.wholes(1)));
    operations.put(
        PACKAGE + "mean",
        call -> graph.node("Mean", call.list(0).stream().map(call::tensor).toList()));
  }

  private String patches(Call call) {
    List<String> parts = new ArrayList<>();
    long[] first = Call.shape(call.list(0).get(0));
    for (Object level : call.list(0)) {
      String mean =
          graph.node(
              "AveragePool",
              List.of(call.tensor(level)),
              "kernel_shape",
              new long[] {3, 3},
              "pads",
              new long[] {1, 1, 1, 1},
              "count_include_pad",
              1);
      long[] shape = Call.shape(level);
      boolean same = shape[2] == first[2] && shape[3] == first[3];
      parts.add(same ? mean : nodes.bilinear(mean, first[2], first[3]));
    }
    return graph.node("Concat", parts, "axis", 1);
  }

  private String queries(Call call) {
    return nodes.reshape(nodes.transpose(call.tensor(0), 0, 2, 3, 1), -1, call.shape(0)[1]);
  }

  /** For each query the nearest of the bank; computed once, for distances and indices. */
  private String index(Call call) {
    return nearest.computeIfAbsent(
        call.tensor(0),
        patches -> {
          String compared =
              graph.node(
                  "Gemm",
                  List.of(queries(call), call.tensor(1), call.tensor(2)),
                  "alpha",
                  -2.0,
                  "transB",
                  1);
          long[] sizes = call.wholes(3);
          return sizes.length == 1
              ? leastOf(compared, 0)
              : inPartOfMost(compared, sizes, call.shape(0));
        });
  }

  private String leastOf(String compared, int keep) {
    return graph.node("ArgMin", List.of(compared), "axis", 1, "keepdims", keep);
  }

  /** For each query the nearest in the part of the bank that has the nearest of most of them. */
  private String inPartOfMost(String compared, long[] sizes, long[] patches) {
    long cells = patches[2] * patches[3];
    List<String> least = new ArrayList<>();
    List<String> places = new ArrayList<>();
    long start = 0;
    for (long size : sizes) {
      String part = nodes.slice(compared, 1, start, start + size);
      least.add(graph.node("ReduceMin", List.of(part, graph.longs(1)), "keepdims", 1));
      places.add(nodes.add(leastOf(part, 1), graph.longs(start)));
      start += size;
    }
    String owner = nodes.reshape(leastOf(graph.node("Concat", least, "axis", 1), 0), -1, cells);
    String marks =
        graph.node(
            "OneHot", List.of(owner, graph.longs(sizes.length), graph.longs(0, 1)), "axis", -1);
    String most =
        graph.node("ArgMax", List.of(nodes.sum(marks, 1, false)), "axis", 1, "keepdims", 1);
    String all = nodes.reshape(graph.node("Concat", places, "axis", 1), -1, cells, sizes.length);
    return nodes.reshape(nodes.gatherPerImage(nodes.transpose(all, 0, 2, 1), most), -1);
  }

  private String distances(Call call) {
    String found = nodes.gather(call.tensor(1), index(call), 0);
    return nodes.reshape(
        nodes.length(nodes.sub(queries(call), found), 1, false), call.resultShape());
  }

  private String reweighted(Call call) {
    long[] shape = call.shape(0);
    long cells = shape[2] * shape[3];
    String bank = call.tensor(3);
    String flat = nodes.reshape(call.tensor(1), -1, cells);
    String worst = graph.node("ArgMax", List.of(flat), "axis", 1, "keepdims", 1);
    String patches = nodes.transpose(nodes.reshape(call.tensor(0), -1, shape[1], cells), 0, 2, 1);
    String patch = nodes.reshape(nodes.gatherPerImage(patches, worst), -1, 1, shape[1]);
    String match =
        nodes.gather(
            bank, nodes.gatherPerImage(nodes.reshape(call.tensor(2), -1, cells), worst), 0);
    String around = nodes.length(nodes.sub(bank, nodes.reshape(match, -1, 1, shape[1])), 2, false);
    String near =
        graph.lastOf(
            2, "TopK", List.of(around, graph.longs(call.whole(4))), "axis", 1, "largest", 0);
    String far = nodes.length(nodes.sub(nodes.gather(bank, near, 0), patch), 2, false);
    String share = graph.node("Softmax", List.of(far), "axis", 1);
    String weight = nodes.sub(graph.number(1), nodes.slice(share, 1, 0, 1));
    return nodes.mul(call.tensor(1), nodes.reshape(weight, -1, 1, 1, 1));
  }
}
