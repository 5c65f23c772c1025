/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.fast;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import uniass.model.backbone.MobileBlock;
import uniass.model.layer.Derived;
import uniass.tensor.Layer;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;
import uniass.tensor.Script;

/** EfficientNet's block with its norms folded into the convolutions, as one native call. */
final class FoldedBlock implements Layer {

  static final Script SCRIPT = Script.load(FoldedBlock.class);

  private final MobileBlock direct;
  private final Derived folded;

  FoldedBlock(MobileBlock direct, ParameterScope scope) {
    this.direct = direct;
    folded = Derived.ofFrozen(scope, this::fold);
  }

  private NDList fold() {
    NDList weights = direct.depthwise().folded();
    weights.addAll(direct.project().folded());
    direct.expand().ifPresent(expand -> weights.addAll(expand.folded()));
    return weights;
  }

  @Override
  public NDArray forward(NDArray x, Pass pass) {
    if (pass.execution() == Execution.DIRECT) {
      return direct.forward(x, pass);
    }
    NDList weights = folded.get(pass);
    return SCRIPT.apply(
        "block",
        x,
        new NDList(weights.subList(4, weights.size())),
        new NDList(weights.subList(0, 4)),
        direct.excite(),
        direct.stride(),
        direct.padding().before(),
        direct.padding().after(),
        direct.skips(),
        direct.lite());
  }
}
