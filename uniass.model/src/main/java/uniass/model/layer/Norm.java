/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.layer;

import ai.djl.ndarray.NDArray;
import uniass.tensor.Init;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;

/** Weight 1 and bias 0 of a layer norm or group norm. */
public final class Norm {

  /** Groups of every group norm of the network. */
  public static final int GROUPS = 32;

  /** What every norm adds to the variance. */
  public static final double EPS = 1e-5;

  private final NDArray weight;
  private final NDArray bias;

  /** Creates {@code weight} and {@code bias} of one width. */
  public Norm(ParameterScope scope, int width) {
    weight = scope.parameter("weight", Init.ones(), width);
    bias = scope.parameter("bias", Init.zeros(), width);
  }

  /** The factors (C). */
  public NDArray weight() {
    return weight;
  }

  /** The summands (C). */
  public NDArray bias() {
    return bias;
  }

  /** Normalizes the last axis of (...,C). */
  public NDArray layer(NDArray tokens) {
    return Ops.layerNorm(tokens, weight, bias, EPS);
  }

  /** Normalizes 32 groups of channels of (N,C,h,w). */
  public NDArray group(NDArray image) {
    return Ops.groupNorm(image, GROUPS, weight, bias, EPS);
  }
}
