/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.fast;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import uniass.model.layer.BlockSettings;
import uniass.model.layer.Norm;
import uniass.tensor.Pass;
import uniass.tensor.Script;

/**
 * What the layers of Transformers have in common as native calls.
 *
 * <p>Dropout keeps little for the backward pass. Where no element is negative it goes before a
 * ReLU, unrecorded and in place: the ReLU's gradient passes where its result is positive, which is
 * where neither drops, and its result is kept anyway, by the product that comes next. Attention
 * weights get a ReLU for that. What dropout scales by, 1 / (1 - p), is left to the end: the layer's
 * output is x + scale^2 mask (y W^T + b / scale) for an inner result y that was dropped unscaled.
 */
final class TransformerScript {

  private static final Script SCRIPT = Script.load(TransformerScript.class);

  private TransformerScript() {}

  static NDArray apply(String method, Object... arguments) {
    return SCRIPT.apply(method, arguments);
  }

  static NDList weights(Norm norm) {
    return new NDList(norm.weight(), norm.bias());
  }

  static double dropout(BlockSettings settings, Pass pass) {
    return pass.training() ? settings.dropout() : 0;
  }
}
