/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.attention;

import ai.djl.ndarray.NDArray;
import uniass.model.layer.BlockSettings;
import uniass.model.layer.Intermediates;
import uniass.model.layer.MultiHeadAttention;
import uniass.model.layer.Norm;
import uniass.model.layer.TransformerScript;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;

/** Attention with residual and layer norm. Only the query stream is ever normalized. */
final class AttentionLayer {

  private final MultiHeadAttention attention;
  private final Norm norm;
  private final BlockSettings settings;

  /**
   * Creates the layer.
   *
   * @param attentionName name of the attention's scope
   */
  AttentionLayer(ParameterScope scope, String attentionName, int width, BlockSettings settings) {
    this.settings = settings;
    attention =
        new MultiHeadAttention(
            scope.child(attentionName), width, settings.heads(), settings.dropout());
    norm = new Norm(scope.child("norm"), width);
  }

  /** Attends from x (N,L,E) to itself; code (L,E) is added to queries and keys, or null. */
  NDArray self(NDArray x, NDArray code, NDArray mask, Pass pass) {
    if (pass.execution() == Execution.OPTIMIZED) {
      return TransformerScript.self(x, code, mask, attention, norm, settings, pass);
    }
    return Intermediates.freed(
        () -> {
          NDArray stream = settings.preNorm() ? norm.layer(x) : x;
          NDArray query = code == null ? stream : stream.add(code);
          return sum(x, attention.forward(query, query, stream, mask, pass), pass);
        });
  }

  /** Attends from x (N,L,E) to keys and values (N,S,E). */
  NDArray cross(NDArray x, NDArray key, NDArray value, NDArray code, NDArray mask, Pass pass) {
    if (pass.execution() == Execution.OPTIMIZED) {
      return TransformerScript.cross(x, key, value, code, mask, attention, norm, settings, pass);
    }
    return Intermediates.freed(
        () -> {
          NDArray stream = settings.preNorm() ? norm.layer(x) : x;
          NDArray query = code == null ? stream : stream.add(code);
          return sum(x, attention.forward(query, key, value, mask, pass), pass);
        });
  }

  private NDArray sum(NDArray x, NDArray attended, Pass pass) {
    NDArray sum = x.add(pass.dropout(attended, settings.dropout()));
    return settings.preNorm() ? sum : norm.layer(sum);
  }
}
