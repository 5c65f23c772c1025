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

  private static final Script SCRIPT =
      Script.compile(
          "uniass.model.transformer",
          """
          def normed(self, x: Tensor, norm: List[Tensor]) -> Tensor:
            return torch.layer_norm(x, [torch.size(x, 2)], norm[0], norm[1], 1.0000000000000001e-05)
          def heads(self, x: Tensor, heads: int) -> Tensor:
            n, l, e = torch.size(x)
            return torch.transpose(torch.reshape(x, [n, l, heads, torch.floordiv(e, heads)]), 1, 2)
          def rows(self, x: Tensor, heads: int) -> Tensor:
            n, l, e = torch.size(x)
            return torch.reshape((self).heads(x, heads), [torch.mul(n, heads), l, torch.floordiv(e, heads)])
          def dropped_attention(self, q: Tensor, k: Tensor, v: Tensor, mask: Optional[Tensor], heads: int, p: float) -> Tensor:
            n, l, e = torch.size(q)
            rows = (self).rows(q, heads)
            rows = torch.mul(rows, torch.pow(torch.size(rows, 2), -0.5))
            columns = torch.transpose((self).rows(k, heads), 1, 2)
            if mask is None:
              logits = torch.bmm(rows, columns)
            else:
              logits = torch.baddbmm(mask, rows, columns)
            y = torch.bmm((self).dropped(torch.clone(torch.softmax(logits, -1)), p), (self).rows(v, heads))
            return torch.transpose(torch.view(y, [n, heads, l, torch.floordiv(e, heads)]), 1, 2)
          def dropped(self, x: Tensor, p: float) -> Tensor:
            torch.mul_(torch.detach(x), (self).keep_mask(x, p))
            return torch.relu_(x)
          def plus_dropped(self, x: Tensor, inner: Tensor, weight: Tensor, bias: Tensor, p: float) -> Tensor:
            scale = (self).keep_scale(p)
            y = torch.linear(torch.reshape(inner, [-1, torch.size(weight, 1)]), weight, torch.div(bias, scale))
            y = torch.mul_(y, (self).keep_mask(y, p))
            return torch.add(x, torch.view(y, torch.size(x)), alpha=torch.mul(scale, scale))
          def finish(self, x: Tensor, q: Tensor, k: Tensor, v: Tensor, mask: Optional[Tensor], w: List[Tensor], norm: List[Tensor], heads: int, pre: bool, p: float) -> Tensor:
            if torch.gt(p, 0.):
              y = (self).plus_dropped(x, (self).dropped_attention(q, k, v, mask, heads, p), w[2], w[3], p)
            else:
              a = torch.scaled_dot_product_attention((self).heads(q, heads), (self).heads(k, heads), (self).heads(v, heads), mask)
              joined = torch.reshape(torch.transpose(a, 1, 2), torch.size(q))
              y = torch.add(x, torch.linear(joined, w[2], w[3]))
            if not pre:
              y = (self).normed(y, norm)
            return y
          def self_attention(self, x: Tensor, code: Optional[Tensor], mask: Optional[Tensor], w: List[Tensor], norm: List[Tensor], heads: int, pre: bool, p: float) -> Tensor:
            e = torch.size(x, 2)
            s = x
            if pre:
              s = (self).normed(x, norm)
            if code is None:
              q, k, v = torch.chunk(torch.linear(s, w[0], w[1]), 3, -1)
            else:
              two = torch.mul(e, 2)
              qk = torch.linear(torch.add(s, code), torch.slice(w[0], 0, 0, two), torch.slice(w[1], 0, 0, two))
              q, k = torch.chunk(qk, 2, -1)
              v = torch.linear(s, torch.slice(w[0], 0, two), torch.slice(w[1], 0, two))
            return (self).finish(x, q, k, v, mask, w, norm, heads, pre, p)
          def cross_attention(self, x: Tensor, key: Tensor, value: Tensor, code: Optional[Tensor], mask: Optional[Tensor], w: List[Tensor], norm: List[Tensor], heads: int, pre: bool, p: float) -> Tensor:
            s = x
            if pre:
              s = (self).normed(x, norm)
            if code is not None:
              s = torch.add(s, code)
            wq, wk, wv = torch.chunk(w[0], 3)
            bq, bk, bv = torch.chunk(w[1], 3)
            q = torch.linear(s, wq, bq)
            k = torch.linear(key, wk, bk)
            v = torch.linear(value, wv, bv)
            return (self).finish(x, q, k, v, mask, w, norm, heads, pre, p)
          def feed_forward(self, x: Tensor, w: List[Tensor], norm: List[Tensor], pre: bool, p: float) -> Tensor:
            s = x
            if pre:
              s = (self).normed(x, norm)
            inner = torch.linear(torch.flatten(s, 0, 1), w[0], w[1])
            if torch.gt(p, 0.):
              y = (self).plus_dropped(x, (self).dropped(inner, p), w[2], w[3], p)
            else:
              y = torch.linear(torch.relu_(inner), w[2], w[3])
              y = torch.add(x, torch.view(y, torch.size(x)))
            if not pre:
              y = (self).normed(y, norm)
            return y
          """);

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
