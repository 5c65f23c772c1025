/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import uniass.tensor.Init;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/**
 * Multi-head attention with PyTorch's parameter names: {@code in_proj_weight} (3E,E) and {@code
 * in_proj_bias} (3E) hold the projections of queries, keys and values one below the other.
 */
public final class MultiHeadAttention {

  private final int heads;
  private final double dropout;
  private final NDArray inWeight;
  private final NDArray inBias;
  private final Linear out;

  /**
   * Creates the projections.
   *
   * @param width E, a multiple of the heads
   * @param dropout probability on the attention weights
   */
  public MultiHeadAttention(ParameterScope scope, int width, int heads, double dropout) {
    this.heads = heads;
    this.dropout = dropout;
    inWeight = scope.parameter("in_proj_weight", Init.xavierUniform(), 3L * width, width);
    inBias = scope.parameter("in_proj_bias", Init.zeros(), 3L * width);
    out = Linear.attention(scope.child("out_proj"), width, width);
  }

  /** The three projections (3E,E). */
  public NDArray inWeight() {
    return inWeight;
  }

  /** The biases of the three projections (3E). */
  public NDArray inBias() {
    return inBias;
  }

  /** The projection of the heads' joined outputs. */
  public Linear out() {
    return out;
  }

  /**
   * Attends.
   *
   * @param query (N,L,E)
   * @param key (N,S,E)
   * @param value (N,S,E)
   * @param mask (L,S) added to the logits, or null
   * @return (N,L,E)
   */
  public NDArray forward(NDArray query, NDArray key, NDArray value, NDArray mask, Pass pass) {
    NDList weights = inWeight.split(3);
    NDList biases = inBias.split(3);
    NDArray q = split(Ops.linear(query, weights.get(0), biases.get(0)));
    NDArray k = split(Ops.linear(key, weights.get(1), biases.get(1)));
    NDArray v = split(Ops.linear(value, weights.get(2), biases.get(2)));
    NDArray joined = Ops.attention(q, k, v, mask, pass.training() ? dropout : 0);
    return out.forward(joined.transpose(0, 2, 1, 3).reshape(query.getShape()));
  }

  /** (N,L,E) to (N, heads, L, E / heads). */
  private NDArray split(NDArray tokens) {
    long[] shape = tokens.getShape().getShape();
    return tokens.reshape(shape[0], shape[1], heads, shape[2] / heads).transpose(0, 2, 1, 3);
  }
}
