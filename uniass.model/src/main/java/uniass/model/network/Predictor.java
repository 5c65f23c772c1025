/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import uniass.api.network.AttentionBlock;
import uniass.api.network.LayerShape;
import uniass.api.network.NetworkPlan;
import uniass.api.network.NetworkShape;
import uniass.model.head.ReconstructionHead;
import uniass.model.layer.Constants;
import uniass.model.layer.Contract;
import uniass.model.layer.Norm;
import uniass.model.layer.PatchEmbedding;
import uniass.model.layer.PositionCode;
import uniass.tensor.Init;
import uniass.tensor.Layer;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Scopes;

/** The decoder: queries look at one level after the other and reconstruct each. */
final class Predictor {

  private final NetworkPlan plan;
  private final NetworkShape shape;
  private final List<Layer> embeddings = new ArrayList<>();
  private final List<AttentionBlock.Layer> blocks = new ArrayList<>();
  private final List<Layer> adaptors = new ArrayList<>();
  private final List<Layer> heads = new ArrayList<>();
  private final Layer queries;
  private final NDArray queryEmbedding;
  private final NDArray levelEmbedding;
  private final Norm norm;
  private final NDArray position;

  Predictor(ParameterScope scope, NetworkPlan plan, NetworkShape shape) {
    this.plan = plan;
    this.shape = shape;
    int hidden = shape.hidden();
    int levels = shape.levels();
    for (int i = 0; i < levels; i++) {
      embeddings.add(scope.faster(Layer.class, new PatchEmbedding(scope, i, hidden)));
    }
    for (int i = 0; i < levels; i++) {
      ParameterScope child = scope.child("transformer_block." + i);
      blocks.add(plan.attention().call((p, s) -> p.create(child, shape, s)));
    }
    queries = plan.queryProcessor().call((p, s) -> p.create(scope, shape, this::projector, s));
    queryEmbedding =
        scope
            .child("spatial_query_embed")
            .parameter("weight", Init.normal(), shape.queries(), hidden);
    levelEmbedding =
        scope.child("level_embed_src").parameter("weight", Init.normal(), levels, hidden);
    for (int i = 0; i < levels; i++) {
      ParameterScope child = scope.child("layer_adaptors." + i);
      adaptors.add(adaptor(child));
    }
    norm = new Norm(scope.child("decoder_norm"), hidden);
    for (int i = 0; i < levels; i++) {
      heads.add(head(scope.child("out_agg." + i), i));
    }
    position =
        Constants.create(
            scope.manager(),
            PositionCode.tokens(shape.gridHeight(), shape.gridWidth(), hidden),
            1,
            shape.queries(),
            hidden);
  }

  private Layer projector(ParameterScope scope) {
    Layer layer = plan.queryProjector().call((p, s) -> p.create(scope, shape, s));
    return Contract.layer(plan.queryProjector(), shape.hidden(), layer);
  }

  private Layer adaptor(ParameterScope scope) {
    int hidden = shape.hidden();
    LayerShape size = new LayerShape(hidden, hidden, shape.gridHeight(), shape.gridWidth());
    Layer layer = plan.gatedCnn().call((p, s) -> p.create(scope, size, s));
    return Contract.layer(plan.gatedCnn(), hidden, layer);
  }

  private Layer head(ParameterScope scope, int level) {
    LayerShape grid =
        new LayerShape(
            shape.hidden(), shape.channels().get(level), shape.gridHeight(), shape.gridWidth());
    return scope.faster(
        Layer.class, new ReconstructionHead(scope, grid, 1 << level, ReconstructionHead.KERNELS));
  }

  /** Makes each level's keys and values (N,L,D) of the decoded maps, coarse to fine. */
  NDList sources(NDList decoded, Pass pass) {
    NDList levels = Ops.split(levelEmbedding, 0, shape.levels());
    return new NDList(
        IntStream.range(0, shape.levels())
            .mapToObj(
                i -> {
                  NDArray source =
                      Scopes.keepOne(
                          () -> embeddings.get(i).forward(decoded.get(i), pass).add(levels.get(i)));
                  return pass.probe("level%d.src".formatted(i), source);
                })
            .toList());
  }

  /** Makes the first queries (N,L,D) from the coarsest decoded map. */
  NDArray queries(NDArray coarsest, Pass pass) {
    NDArray made = plan.queryProcessor().call(() -> queries.forward(coarsest, pass));
    Contract.shape(plan.queryProcessor(), "queries", made, tokens(coarsest));
    return pass.probe("query_output", made);
  }

  /**
   * Lets the queries look at the levels.
   *
   * @param sources (N,L,D) of each level
   * @param queries (N,L,D)
   * @return the reconstructed features, coarse to fine
   */
  NDList reconstruct(NDList sources, NDArray queries, Pass pass) {
    NDList reconstructions = new NDList();
    NDArray tokens = queries;
    for (int i = 0; i < shape.levels(); i++) {
      int level = i;
      NDArray input = tokens;
      NDArray source = sources.get(i);
      Pass named =
          pass.withProbe((name, value) -> pass.probe("level%d.%s".formatted(level, name), value));
      NDArray grid = pass.scoped(() -> grid(level, input, source, named));
      NDArray reconstruction =
          Scopes.keepOne(
              () -> {
                NDArray normed = norm.layer(Ops.toTokens(grid));
                pass.probe(level == 0 ? "decoder_norm" : "decoder_norm#" + level, normed);
                return heads.get(level).forward(image(normed), pass);
              });
      reconstructions.add(named.probe("recon_feature", reconstruction));
      tokens = Ops.toTokens(grid);
    }
    return reconstructions;
  }

  private NDArray grid(int level, NDArray tokens, NDArray source, Pass pass) {
    NDArray attended =
        plan.attention()
            .call(() -> blocks.get(level).forward(tokens, source, position, queryEmbedding, pass));
    Contract.shape(plan.attention(), "tokens", attended, tokens.getShape());
    NDArray adapted = adaptors.get(level).forward(image(attended), pass);
    return pass.probe("adaptor", adapted);
  }

  private Shape tokens(NDArray image) {
    return new Shape(image.getShape().get(0), shape.queries(), shape.hidden());
  }

  private NDArray image(NDArray tokens) {
    return Ops.toImage(tokens, shape.gridHeight(), shape.gridWidth());
  }
}
