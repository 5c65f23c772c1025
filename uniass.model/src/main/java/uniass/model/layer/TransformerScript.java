package uniass.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import uniass.tensor.Pass;
import uniass.tensor.Script;

/**
 * The layers of Transformers, each one native call: projections of the same input as one product,
 * fused attention, residual and norm.
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
          def finish(self, x: Tensor, q: Tensor, k: Tensor, v: Tensor, mask: Optional[Tensor], w: List[Tensor], norm: List[Tensor], heads: int, pre: bool, p: float) -> Tensor:
            a = torch.scaled_dot_product_attention((self).heads(q, heads), (self).heads(k, heads), (self).heads(v, heads), mask, p)
            joined = torch.reshape(torch.transpose(a, 1, 2), torch.size(q))
            y = torch.dropout(torch.linear(joined, w[2], w[3]), p, torch.gt(p, 0.))
            y = torch.add(x, y)
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
            drops = torch.gt(p, 0.)
            inner = torch.dropout(torch.relu(torch.linear(s, w[0], w[1])), p, drops)
            y = torch.add(x, torch.dropout(torch.linear(inner, w[2], w[3]), p, drops))
            if not pre:
              y = (self).normed(y, norm)
            return y
          """);

  private TransformerScript() {}

  /** Attends from x (N,L,E) to itself, adds and normalises; code and mask may be null. */
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

  /** Attends from x (N,L,E) to keys and values (N,S,E), adds and normalises. */
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

  /** Applies the feed-forward maps to x (N,L,E), adds and normalises. */
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
