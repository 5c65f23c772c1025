/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.fast;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import uniass.model.layer.Derived;
import uniass.model.layer.Kernel;
import uniass.model.layer.PatchEmbedding;
import uniass.tensor.Layer;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;
import uniass.tensor.Recording;
import uniass.tensor.Script;

/**
 * A patch embedding's two convolutions as the one linear map of a patch's pixels that they are,
 * with half the work.
 */
final class ComposedEmbedding implements Layer {

  /** Composing in every step pays from this batch on. */
  private static final int COMPOSED_TRAINING = 4;

  private static final Script SCRIPT = Script.load(ComposedEmbedding.class);

  private final PatchEmbedding direct;
  private final Derived composed;

  ComposedEmbedding(PatchEmbedding direct, ParameterScope scope) {
    this.direct = direct;
    composed = Derived.of(scope, this::compose);
  }

  private NDList compose() {
    Kernel project = direct.project();
    if (direct.weight() == null) {
      return new NDList(project.weight(), project.bias());
    }
    return new NDList(
        SCRIPT.apply("compose", direct.weight(), project.weight()),
        SCRIPT.apply("compose_bias", direct.bias(), project.weight(), project.bias()));
  }

  @Override
  public NDArray forward(NDArray decoded, Pass pass) {
    boolean one = direct.weight() == null;
    if (Recording.isShortened(decoded)) {
      return one ? direct.forward(decoded, pass) : recorded(decoded, composed.get(pass));
    }
    boolean small = pass.training() && decoded.getShape().get(0) < COMPOSED_TRAINING;
    if (pass.execution() == Execution.DIRECT || (small && !one)) {
      return direct.forward(decoded, pass);
    }
    NDList weights = one ? compose() : composed.get(pass);
    return SCRIPT.apply("embed", decoded, weights.get(0), weights.get(1), direct.patch());
  }

  /** The composed map as one convolution, which can be recorded. */
  private NDArray recorded(NDArray decoded, NDList weights) {
    long hidden = weights.get(0).getShape().get(0);
    int patch = direct.patch();
    NDArray kernel = weights.get(0).reshape(hidden, patch, patch, -1).transpose(0, 3, 1, 2);
    return Ops.toTokens(Ops.conv2d(decoded, kernel, weights.get(1), patch, 0, 1));
  }
}
