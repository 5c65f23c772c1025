/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.layer;

import ai.djl.ndarray.NDArray;
import uniass.tensor.Init;
import uniass.tensor.Layer;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/**
 * Turns a decoded map (N,D,h,w) of any level into tokens (N,L,D): a convolution whose kernel and
 * stride are the patch (none on the coarsest level), then a 1x1 convolution.
 */
public final class PatchEmbedding implements Layer {

  private final int level;
  private final int patch;
  private final NDArray weight;
  private final NDArray bias;
  private final Convolution project;

  /**
   * Creates the embedding of one level.
   *
   * @param predictor scope of {@code patch_embed} and {@code input_proj}
   * @param level 0 (coarse) to 3 (fine); the patch is 2^level
   */
  public PatchEmbedding(ParameterScope predictor, int level, int hidden) {
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
    project = Convolution.projection(predictor.child("input_proj." + level), inner, hidden);
  }

  /** Height and width of a patch. */
  public int patch() {
    return patch;
  }

  /** The kernel (D',D,patch,patch); null if a patch is a pixel. */
  public NDArray weight() {
    return weight;
  }

  /** The bias (D'), or null. */
  public NDArray bias() {
    return bias;
  }

  /** The kernel (D,D',1,1) of the second convolution, and its bias. */
  public Kernel project() {
    return project.kernel();
  }

  @Override
  public NDArray forward(NDArray decoded, Pass pass) {
    NDArray patches = weight == null ? decoded : Ops.conv2d(decoded, weight, bias, patch, 0, 1);
    pass.probe("patch_embed" + level, patches);
    return Ops.toTokens(pass.probe("input_proj" + level, project.forward(patches, pass)));
  }
}
