/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.layer;

import ai.djl.ndarray.NDArray;
import uniass.tensor.Pass;
import uniass.tensor.Scopes;

/**
 * Attention with residual and layer norm. Only the query stream is ever normalized.
 *
 * @param mask (L,L) added to the logits, or null
 */
public record ResidualAttention(
    MultiHeadAttention attention, Norm norm, BlockSettings settings, NDArray mask)
    implements AttentionLayer {

  @Override
  public NDArray self(NDArray x, NDArray code, Pass pass) {
    return Scopes.keepOne(
        () -> {
          NDArray stream = settings.preNorm() ? norm.layer(x) : x;
          NDArray query = code == null ? stream : stream.add(code);
          return sum(x, attention.forward(query, query, stream, mask, pass), pass);
        });
  }

  @Override
  public NDArray cross(NDArray x, NDArray key, NDArray value, NDArray code, Pass pass) {
    return Scopes.keepOne(
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
