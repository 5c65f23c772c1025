/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.fast;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import uniass.model.layer.AttentionLayer;
import uniass.model.layer.MultiHeadAttention;
import uniass.model.layer.ResidualAttention;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;

/**
 * Attention as one native call: projections of the same input as one product, fused attention,
 * residual and norm.
 *
 * @param direct what is computed
 */
record FusedAttention(ResidualAttention direct) implements AttentionLayer {

  @Override
  public NDArray self(NDArray x, NDArray code, Pass pass) {
    if (pass.execution() == Execution.DIRECT) {
      return direct.self(x, code, pass);
    }
    return TransformerScript.apply(
        "self_attention",
        x,
        code,
        direct.mask(),
        weights(),
        TransformerScript.weights(direct.norm()),
        direct.settings().heads(),
        direct.settings().preNorm(),
        TransformerScript.dropout(direct.settings(), pass));
  }

  @Override
  public NDArray cross(NDArray x, NDArray key, NDArray value, NDArray code, Pass pass) {
    if (pass.execution() == Execution.DIRECT) {
      return direct.cross(x, key, value, code, pass);
    }
    return TransformerScript.apply(
        "cross_attention",
        x,
        key,
        value,
        code,
        direct.mask(),
        weights(),
        TransformerScript.weights(direct.norm()),
        direct.settings().heads(),
        direct.settings().preNorm(),
        TransformerScript.dropout(direct.settings(), pass));
  }

  private NDList weights() {
    MultiHeadAttention attention = direct.attention();
    return new NDList(
        attention.inWeight(), attention.inBias(), attention.out().weight(), attention.out().bias());
  }
}
