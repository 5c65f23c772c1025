/* SPDX-License-Identifier: Apache-2.0 */
package uniass.export;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import uniass.export.NetworkGraph.Call;

/**
 * The scripts of vision transformers and of Dinomaly: uniass.model's {@code vit/*.py} and {@code
 * dinomaly/*.py} say what each method computes.
 */
final class TransformerMethods {

  private static final String VIT = "uniass.model.vit.";
  private static final String DINOMALY = "uniass.model.dinomaly.";
  private static final double EPS = 1e-8;

  private final Graph graph;
  private final Nodes nodes;

  TransformerMethods(Graph graph, Nodes nodes) {
    this.graph = graph;
    this.nodes = nodes;
  }

  void addTo(Map<String, Function<Call, String>> operations) {
    operations.put(VIT + "patches", this::patches);
    operations.put(VIT + "embedded", this::embedded);
    operations.put(VIT + "block", this::block);
    operations.put(VIT + "level", this::level);
    operations.put(
        VIT + "resized", call -> nodes.bilinear(call.tensor(0), call.whole(1), call.whole(2)));
    operations.put(DINOMALY + "block", this::linearBlock);
    operations.put(DINOMALY + "average", this::average);
    operations.put(DINOMALY + "distance", this::distance);
  }

  private String patches(Call call) {
    List<?> w = call.list(1);
    String y =
        nodes.convolution(
            call.tensor(0), call.tensor(w.get(0)), call.tensor(w.get(1)), call.whole(2), 0);
    long width = Call.shape(w.get(0))[0];
    return nodes.transpose(nodes.reshape(y, 0, width, -1), 0, 2, 1);
  }

  private String embedded(Call call) {
    long width = call.shape(0)[2];
    List<?> position = call.list(3);
    String first = call.tensor(1);
    String rest = call.tensor(0);
    if (!position.isEmpty()) {
      first = nodes.add(first, call.tensor(position.get(0)));
      rest = nodes.add(rest, call.tensor(position.get(1)));
    }
    List<String> tokens = new ArrayList<>();
    tokens.add(nodes.perImage(first, rest, 1, width));
    for (Object register : call.list(2)) {
      tokens.add(nodes.perImage(call.tensor(register), rest, Call.shape(register)[1], width));
    }
    tokens.add(rest);
    return graph.node("Concat", tokens, "axis", 1);
  }

  private String block(Call call) {
    List<?> w = call.list(1);
    List<?> rotations = call.list(2);
    int heads = call.whole(3);
    double eps = call.number(5);
    long width = call.shape(0)[2] / heads;
    String x = call.tensor(0);
    List<String> qkv = qkv(call, normed(call, x, 0, eps), 2, heads);
    if (!rotations.isEmpty()) {
      qkv.set(0, rotated(call, qkv.get(0)));
      qkv.set(1, rotated(call, qkv.get(1)));
    }
    String y = joined(call, nodes.attention(qkv, null, width));
    x = nodes.add(x, nodes.mul(linear(call, y, 4), call.tensor(w.get(6))));
    y = nodes.gelu(linear(call, normed(call, x, 7, eps), 9));
    return nodes.add(x, nodes.mul(linear(call, y, 11), call.tensor(w.get(13))));
  }

  /** Rotates the patches' queries or keys; the first tokens have no position. */
  private String rotated(Call call, String x) {
    List<?> rotations = call.list(2);
    int extra = call.whole(4);
    long tokens = call.shape(0)[1];
    long width = call.shape(0)[2] / call.whole(3);
    String rest = nodes.slice(x, 2, extra, tokens);
    String a = nodes.slice(rest, 3, 0, width / 2);
    String b = graph.node("Neg", List.of(nodes.slice(rest, 3, width / 2, width)));
    String turned = graph.node("Concat", List.of(b, a), "axis", 3);
    String sum =
        nodes.add(
            nodes.mul(rest, call.tensor(rotations.get(0))),
            nodes.mul(turned, call.tensor(rotations.get(1))));
    return graph.node("Concat", List.of(nodes.slice(x, 2, 0, extra), sum), "axis", 2);
  }

  private String level(Call call) {
    List<?> norm = call.list(1);
    long[] shape = call.shape(0);
    String y = nodes.slice(call.tensor(0), 1, call.whole(2), shape[1]);
    if (!norm.isEmpty()) {
      y = nodes.layerNorm(y, call.tensor(norm.get(0)), call.tensor(norm.get(1)), call.number(3));
    }
    return nodes.reshape(nodes.transpose(y, 0, 2, 1), call.resultShape());
  }

  private String linearBlock(Call call) {
    int heads = call.whole(2);
    String x = call.tensor(0);
    List<String> qkv = qkv(call, normed(call, x, 0, EPS), 2, heads);
    String q = nodes.add(graph.node("Elu", List.of(qkv.get(0))), graph.number(1));
    String k = nodes.add(graph.node("Elu", List.of(qkv.get(1))), graph.number(1));
    String y = nodes.matMul(q, nodes.matMul(nodes.transpose(k, 0, 1, 3, 2), qkv.get(2)));
    String sum = nodes.sum(nodes.mul(q, nodes.sum(k, 2, true)), 3, true);
    y = joined(call, graph.node("Div", List.of(y, sum)));
    x = nodes.add(x, linear(call, y, 4));
    y = nodes.gelu(linear(call, normed(call, x, 6, EPS), 8));
    return nodes.add(x, linear(call, y, 10));
  }

  /** Queries, keys and values (N,heads,L,width). */
  private List<String> qkv(Call call, String x, int weight, int heads) {
    long[] shape = call.shape(0);
    String all = nodes.reshape(linear(call, x, weight), -1, shape[1], 3, heads, shape[2] / heads);
    String parts = nodes.transpose(all, 2, 0, 3, 1, 4);
    List<String> qkv = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      qkv.add(nodes.gather(parts, graph.whole(i), 0));
    }
    return qkv;
  }

  /** Heads side by side again: (N,L,D). */
  private String joined(Call call, String heads) {
    long[] shape = call.shape(0);
    return nodes.reshape(nodes.transpose(heads, 0, 2, 1, 3), -1, shape[1], shape[2]);
  }

  private String normed(Call call, String x, int weight, double eps) {
    List<?> w = call.list(1);
    return nodes.layerNorm(x, call.tensor(w.get(weight)), call.tensor(w.get(weight + 1)), eps);
  }

  private String linear(Call call, String x, int weight) {
    List<?> w = call.list(1);
    return nodes.linear(x, (NDArray) w.get(weight), call.tensor(w.get(weight + 1)));
  }

  private String average(Call call) {
    List<String> parts = new ArrayList<>();
    call.list(0).forEach(part -> parts.add(call.tensor(part)));
    return graph.node("Div", List.of(graph.node("Sum", parts), graph.number(parts.size())));
  }

  private String distance(Call call) {
    String cosine = nodes.cosine(call.tensor(0), call.tensor(1), 1, EPS);
    return nodes.reshape(nodes.sub(graph.number(1), cosine), call.resultShape());
  }
}
