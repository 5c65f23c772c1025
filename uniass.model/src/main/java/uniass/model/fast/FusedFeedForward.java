/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.fast;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import uniass.model.layer.Linear;
import uniass.model.layer.ResidualFeedForward;
import uniass.tensor.Layer;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;

/**
 * Feed-forward maps, residual and norm as one native call.
 *
 * @param direct what is computed
 */
record FusedFeedForward(ResidualFeedForward direct) implements Layer {

  @Override
  public NDArray forward(NDArray x, Pass pass) {
    if (pass.execution() == Execution.DIRECT) {
      return direct.forward(x, pass);
    }
    Linear first = direct.maps().first();
    Linear second = direct.maps().second();
    return TransformerScript.apply(
        "feed_forward",
        x,
        new NDList(first.weight(), first.bias(), second.weight(), second.bias()),
        TransformerScript.weights(direct.norm()),
        direct.settings().preNorm(),
        TransformerScript.dropout(direct.settings(), pass));
  }
}
