/* SPDX-License-Identifier: Apache-2.0 */
package uniass.export;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import uniass.export.NetworkGraph.Call;

/** The scripts of map filters: uniass.model's {@code map/*.py} says what each method computes. */
final class MapMethods {

  private static final String PACKAGE = "uniass.model.map.";

  private final Graph graph;
  private final Nodes nodes;

  MapMethods(Graph graph, Nodes nodes) {
    this.graph = graph;
    this.nodes = nodes;
  }

  void addTo(Map<String, Function<Call, String>> operations) {
    operations.put(PACKAGE + "of_most_similar", this::ofMostSimilar);
  }

  private String ofMostSimilar(Call call) {
    String images = nodes.reshape(call.tensor(0), -1, 1, call.shape(0)[1]);
    String apart = nodes.length(nodes.sub(images, call.tensor(1)), 2, false);
    String nearest = graph.node("ArgMin", List.of(apart), "axis", 1, "keepdims", 0);
    float[] owners = call.values(2);
    long[] categories = new long[owners.length];
    for (int i = 0; i < owners.length; i++) {
      categories[i] = (long) owners[i];
    }
    String category = nodes.gather(graph.longs(categories), nearest, 0);
    return nodes.gather(call.tensor(3), category, 0);
  }
}
