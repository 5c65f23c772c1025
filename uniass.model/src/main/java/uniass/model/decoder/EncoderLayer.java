/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.decoder;

import ai.djl.ndarray.NDArray;
import uniass.model.layer.BlockSettings;
import uniass.model.layer.FeedForward;
import uniass.model.layer.Intermediates;
import uniass.model.layer.MultiHeadAttention;
import uniass.model.layer.Norm;
import uniass.model.layer.TransformerScript;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;

/** A Transformer encoder layer; the position code goes to queries and keys. */
final class EncoderLayer {

  private final MultiHeadAttention attention;
  private final FeedForward feedForward;
  private final Norm norm1;
  private final Norm norm2;
  private final BlockSettings settings;

  EncoderLayer(ParameterScope scope, int width, BlockSettings settings) {
    this.settings = settings;
    attention =
        new MultiHeadAttention(
            scope.child("self_attn"), width, settings.heads(), settings.dropout());
    feedForward = new FeedForward(scope, width, settings.inner(), settings.dropout());
    norm1 = new Norm(scope.child("norm1"), width);
    norm2 = new Norm(scope.child("norm2"), width);
  }

  /**
   * Computes the layer.
   *
   * @param tokens (N,L,D)
   * @param position (1,L,D)
   * @param mask (L,L), or null
   */
  NDArray forward(NDArray tokens, NDArray position, NDArray mask, Pass pass) {
    if (pass.execution() == Execution.OPTIMIZED) {
      NDArray x = TransformerScript.self(tokens, position, mask, attention, norm1, settings, pass);
      return TransformerScript.feedForward(x, feedForward, norm2, settings, pass);
    }
    return Intermediates.freed(
        () -> {
          if (settings.preNorm()) {
            NDArray x = tokens.add(attend(norm1.layer(tokens), position, mask, pass));
            return x.add(feedForward.forward(norm2.layer(x), pass));
          }
          NDArray x = norm1.layer(tokens.add(attend(tokens, position, mask, pass)));
          return norm2.layer(x.add(feedForward.forward(x, pass)));
        });
  }

  private NDArray attend(NDArray x, NDArray position, NDArray mask, Pass pass) {
    NDArray query = x.add(position);
    return pass.dropout(attention.forward(query, query, x, mask, pass), settings.dropout());
  }
}
