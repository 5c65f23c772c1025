/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.attention;

import ai.djl.ndarray.NDArray;
import uniass.model.layer.AttentionLayer;
import uniass.model.layer.BlockSettings;
import uniass.model.layer.FeedForward;
import uniass.model.layer.MultiHeadAttention;
import uniass.model.layer.Norm;
import uniass.model.layer.ResidualAttention;
import uniass.model.layer.ResidualFeedForward;
import uniass.tensor.Layer;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/** Cross-attention, self-attention (or the other way round) and feed-forward maps. */
final class Branch {

  /** What an experiment chooses. */
  record Choices(boolean crossFirst, BlockSettings block) {}

  private final String name;
  private final boolean crossFirst;
  private final AttentionLayer self;
  private final AttentionLayer cross;
  private final Layer feedForward;

  /**
   * Creates a branch.
   *
   * @param name {@code Spatial} or {@code Channel}, in front of its layers' names
   * @param width of its tokens
   * @param mask (L,L), or null
   */
  Branch(ParameterScope scope, String name, int width, Choices choices, NDArray mask) {
    this.name = name;
    crossFirst = choices.crossFirst();
    BlockSettings settings = choices.block();
    self = attention(scope.child(name + "SelfAttnLayer"), "self_attn", width, settings, mask);
    cross =
        attention(scope.child(name + "CrossAttnLayer"), "multihead_attn", width, settings, mask);
    ParameterScope own = scope.child(name + "FFNLayer");
    FeedForward maps = new FeedForward(own, width, settings.inner(), settings.dropout());
    Norm norm = new Norm(own.child("norm"), width);
    feedForward = own.faster(Layer.class, new ResidualFeedForward(maps, norm, settings));
  }

  private static AttentionLayer attention(
      ParameterScope scope, String name, int width, BlockSettings settings, NDArray mask) {
    MultiHeadAttention heads =
        new MultiHeadAttention(scope.child(name), width, settings.heads(), settings.dropout());
    Norm norm = new Norm(scope.child("norm"), width);
    return scope.faster(AttentionLayer.class, new ResidualAttention(heads, norm, settings, mask));
  }

  /**
   * Computes the branch.
   *
   * @param tokens (N,L,E)
   * @param key (N,S,E)
   * @param value (N,S,E)
   * @param code (L,E) added to queries, or null
   */
  NDArray forward(NDArray tokens, NDArray key, NDArray value, NDArray code, Pass pass) {
    NDArray x = crossFirst ? tokens : self(tokens, code, pass);
    x = pass.probe(name + "CrossAttnLayer", cross.cross(x, key, value, code, pass));
    x = crossFirst ? self(x, code, pass) : x;
    return pass.probe(name + "FFNLayer", feedForward.forward(x, pass));
  }

  private NDArray self(NDArray x, NDArray code, Pass pass) {
    return pass.probe(name + "SelfAttnLayer", self.self(x, code, pass));
  }
}
