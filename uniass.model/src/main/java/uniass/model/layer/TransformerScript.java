/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import uniass.tensor.Pass;
import uniass.tensor.Script;

/**
 * The layers of Transformers, each one native call: projections of the same input as one product,
 * fused attention, residual and norm.
 *
 * <p>Dropout keeps little for the backward pass. Where no element is negative it goes before a
 * ReLU, unrecorded and in place: the ReLU's gradient passes where its result is positive, which is
 * where neither drops, and its result is kept anyway, by the product that comes next. Attention
 * weights get a ReLU for that. What dropout scales by, 1 / (1 - p), is left to the end: the layer's
 * output is x + scale^2 mask (y W^T + b / scale) for an inner result y that was dropped unscaled.
 */
public final class TransformerScript {

  private static final Script SCRIPT = Script.load(TransformerScript.class);

  private TransformerScript() {}

  /** Attends from x (N,L,E) to itself, adds and normalizes; code and mask may be null. */
  public static NDArray self(
      NDArray x,
      NDArray code,
      NDArray mask,
      MultiHeadAttention attention,
      Norm norm,
      BlockSettings settings,
      Pass pass) {
    return SCRIPT.apply(
        "self_attention",
        x,
        code,
        mask,
        weights(attention),
        weights(norm),
        settings.heads(),
        settings.preNorm(),
        dropout(settings, pass));
  }

  /** Attends from x (N,L,E) to keys and values (N,S,E), adds and normalizes. */
  public static NDArray cross(
      NDArray x,
      NDArray key,
      NDArray value,
      NDArray code,
      NDArray mask,
      MultiHeadAttention attention,
      Norm norm,
      BlockSettings settings,
      Pass pass) {
    return SCRIPT.apply(
        "cross_attention",
        x,
        key,
        value,
        code,
        mask,
        weights(attention),
        weights(norm),
        settings.heads(),
        settings.preNorm(),
        dropout(settings, pass));
  }

  /** Applies the feed-forward maps to x (N,L,E), adds and normalizes. */
  public static NDArray feedForward(
      NDArray x, FeedForward maps, Norm norm, BlockSettings settings, Pass pass) {
    NDList weights =
        new NDList(
            maps.first().weight(),
            maps.first().bias(),
            maps.second().weight(),
            maps.second().bias());
    return SCRIPT.apply(
        "feed_forward", x, weights, weights(norm), settings.preNorm(), dropout(settings, pass));
  }

  private static NDList weights(MultiHeadAttention attention) {
    return new NDList(
        attention.inWeight(), attention.inBias(), attention.out().weight(), attention.out().bias());
  }

  private static NDList weights(Norm norm) {
    return new NDList(norm.weight(), norm.bias());
  }

  private static double dropout(BlockSettings settings, Pass pass) {
    return pass.training() ? settings.dropout() : 0;
  }
}
