/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.attention;

import ai.djl.ndarray.NDArray;
import uniass.model.layer.BlockSettings;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/** Cross-attention, self-attention (or the other way round) and feed-forward maps. */
final class Branch {

  private final String name;
  private final boolean crossFirst;
  private final AttentionLayer self;
  private final AttentionLayer cross;
  private final FeedForwardLayer feedForward;

  /**
   * Creates a branch.
   *
   * @param name {@code Spatial} or {@code Channel}, in front of its layers' names
   * @param width of its tokens
   */
  Branch(ParameterScope scope, String name, int width, boolean crossFirst, BlockSettings settings) {
    this.name = name;
    this.crossFirst = crossFirst;
    self = new AttentionLayer(scope.child(name + "SelfAttnLayer"), "self_attn", width, settings);
    cross =
        new AttentionLayer(scope.child(name + "CrossAttnLayer"), "multihead_attn", width, settings);
    feedForward = new FeedForwardLayer(scope.child(name + "FFNLayer"), width, settings);
  }

  /**
   * Computes the branch.
   *
   * @param tokens (N,L,E)
   * @param key (N,S,E)
   * @param value (N,S,E)
   * @param code (L,E) added to queries, or null
   * @param mask (L,L), or null
   */
  NDArray forward(
      NDArray tokens, NDArray key, NDArray value, NDArray code, NDArray mask, Pass pass) {
    NDArray x = crossFirst ? tokens : self(tokens, code, mask, pass);
    x = pass.probe(name + "CrossAttnLayer", cross.cross(x, key, value, code, mask, pass));
    x = crossFirst ? self(x, code, mask, pass) : x;
    return pass.probe(name + "FFNLayer", feedForward.forward(x, pass));
  }

  private NDArray self(NDArray x, NDArray code, NDArray mask, Pass pass) {
    return pass.probe(name + "SelfAttnLayer", self.self(x, code, mask, pass));
  }
}
