/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.fast;

import ai.djl.ndarray.NDArray;
import uniass.model.backbone.MobileStem;
import uniass.model.layer.Derived;
import uniass.tensor.Layer;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;

/** EfficientNet's stem with its norm folded into the convolution, as one native call. */
final class FoldedStem implements Layer {

  private final MobileStem direct;
  private final Derived folded;

  FoldedStem(MobileStem direct, ParameterScope scope) {
    this.direct = direct;
    folded = Derived.ofFrozen(scope, direct.convolution()::folded);
  }

  @Override
  public NDArray forward(NDArray images, Pass pass) {
    if (pass.execution() == Execution.DIRECT) {
      return direct.forward(images, pass);
    }
    return FoldedBlock.SCRIPT.apply(
        "stem",
        images,
        folded.get(pass),
        MobileStem.STRIDE,
        direct.padding().before(),
        direct.padding().after(),
        direct.lite());
  }
}
