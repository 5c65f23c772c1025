/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import uniass.model.layer.Convolution;
import uniass.model.layer.Derived;
import uniass.tensor.Init;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;
import uniass.tensor.Recording;
import uniass.tensor.Script;

/**
 * Turns a decoded map of any level into L tokens: a convolution whose kernel and stride are the
 * patch (none on the coarsest level), then a 1x1 convolution. Both together are one linear map of a
 * patch's pixels, with half the work.
 */
final class PatchEmbedding {

  /** Composing in every step pays from this batch on. */
  private static final int COMPOSED_TRAINING = 4;

  private static final Script SCRIPT = Script.load(PatchEmbedding.class);

  private final int level;
  private final int patch;
  private final NDArray weight;
  private final NDArray bias;
  private final Convolution project;
  private final Derived composed;

  /**
   * Creates the embedding of one level.
   *
   * @param predictor scope of {@code patch_embed} and {@code input_proj}
   * @param level 0 (coarse) to 3 (fine); the patch is 2^level
   */
  PatchEmbedding(ParameterScope predictor, int level, int hidden) {
    this.level = level;
    patch = 1 << level;
    int inner = level == 0 ? hidden : hidden * (level + 1) / 2;
    if (level == 0) {
      weight = null;
      bias = null;
    } else {
      ParameterScope scope = predictor.child("patch_embed." + level + ".proj");
      weight = scope.parameter("weight", Init.xavierUniform(), inner, hidden, patch, patch);
      bias = scope.parameter("bias", Init.zeros(), inner);
    }
    project =
        Convolution.biased(
            predictor.child("input_proj." + level),
            inner,
            hidden,
            1,
            Init.fanInXavier(),
            Init.zeros());
    composed = Derived.of(predictor, this::compose);
  }

  private NDList compose() {
    return new NDList(
        SCRIPT.apply("compose", weight, project.weight()),
        SCRIPT.apply("compose_bias", bias, project.weight(), project.bias()));
  }

  /** Embeds (N,D,h,w) as (N,L,D). */
  NDArray forward(NDArray decoded, Pass pass) {
    boolean small = pass.training() && decoded.getShape().get(0) < COMPOSED_TRAINING;
    if (Recording.isOn(decoded) && weight != null) {
      return Ops.toTokens(recorded(decoded, composed.get(pass)));
    }
    if (pass.execution() == Execution.DIRECT || (small && weight != null)) {
      NDArray patches = weight == null ? decoded : Ops.conv2d(decoded, weight, bias, patch, 0, 1);
      pass.probe("patch_embed" + level, patches);
      return Ops.toTokens(pass.probe("input_proj" + level, project.forward(patches, pass)));
    } else if (weight == null) {
      return SCRIPT.apply("embed", decoded, project.weight(), project.bias(), patch);
    }
    NDList weights = composed.get(pass);
    return SCRIPT.apply("embed", decoded, weights.get(0), weights.get(1), patch);
  }

  /** The composed map as one convolution, which can be recorded. */
  private NDArray recorded(NDArray decoded, NDList weights) {
    long hidden = weights.get(0).getShape().get(0);
    NDArray kernel = weights.get(0).reshape(hidden, patch, patch, -1).transpose(0, 3, 1, 2);
    return Ops.conv2d(decoded, kernel, weights.get(1), patch, 0, 1);
  }
}
