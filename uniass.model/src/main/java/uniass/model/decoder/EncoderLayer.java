/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.decoder;

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

/** A Transformer encoder layer; the position code goes to queries and keys. */
final class EncoderLayer {

  private final AttentionLayer attention;
  private final Layer feedForward;

  EncoderLayer(ParameterScope scope, int width, BlockSettings settings, NDArray mask) {
    MultiHeadAttention heads =
        new MultiHeadAttention(
            scope.child("self_attn"), width, settings.heads(), settings.dropout());
    FeedForward maps = new FeedForward(scope, width, settings.inner(), settings.dropout());
    Norm norm1 = new Norm(scope.child("norm1"), width);
    Norm norm2 = new Norm(scope.child("norm2"), width);
    attention =
        scope.faster(AttentionLayer.class, new ResidualAttention(heads, norm1, settings, mask));
    feedForward = scope.faster(Layer.class, new ResidualFeedForward(maps, norm2, settings));
  }

  /** Encodes tokens (N,L,D) with position code (1,L,D). */
  NDArray forward(NDArray tokens, NDArray position, Pass pass) {
    return feedForward.forward(attention.self(tokens, position, pass), pass);
  }
}
