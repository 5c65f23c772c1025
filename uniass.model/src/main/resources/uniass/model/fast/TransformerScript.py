# The layers of Transformers. w: weights and biases of an attention block or of a feed-forward
# block, in their order in the model file; norm: weight and bias; p: probability of dropout.


def normed(self, x: Tensor, norm: List[Tensor]) -> Tensor:
    return torch.layer_norm(x, [x.size(2)], norm[0], norm[1], 1e-05)


# (N,L,E) as (N,heads,L,E/heads).
def heads(self, x: Tensor, heads: int) -> Tensor:
    n, l, e = x.shape
    return x.reshape(n, l, heads, e // heads).transpose(1, 2)


# (N,L,E) as (N heads,L,E/heads).
def rows(self, x: Tensor, heads: int) -> Tensor:
    n, l, e = x.shape
    return self.heads(x, heads).reshape(n * heads, l, e // heads)


# Attention whose weights are dropped, but not scaled.
def dropped_attention(
    self, q: Tensor, k: Tensor, v: Tensor, mask: Optional[Tensor], heads: int, p: float
) -> Tensor:
    n, l, e = q.shape
    rows = self.rows(q, heads)
    rows = rows * rows.size(2) ** -0.5
    columns = self.rows(k, heads).transpose(1, 2)
    if mask is None:
        logits = torch.bmm(rows, columns)
    else:
        logits = torch.baddbmm(mask, rows, columns)
    weights = self.dropped(torch.softmax(logits, -1).clone(), p)
    y = torch.bmm(weights, self.rows(v, heads))
    return y.view(n, heads, l, e // heads).transpose(1, 2)


# ReLU after dropout without its scale: the mask goes unrecorded.
def dropped(self, x: Tensor, p: float) -> Tensor:
    x.detach().mul_(self.keep_mask(x, p))
    return torch.relu_(x)


# x + dropout(inner W^T + b), where inner was dropped without its scale.
def plus_dropped(
    self, x: Tensor, inner: Tensor, weight: Tensor, bias: Tensor, p: float
) -> Tensor:
    scale = self.keep_scale(p)
    y = torch.linear(inner.reshape(-1, weight.size(1)), weight, bias / scale)
    y = y.mul_(self.keep_mask(y, p))
    return torch.add(x, y.view(x.shape), alpha=scale * scale)


# Attention, the last projection, residual and norm.
def finish(
    self,
    x: Tensor,
    q: Tensor,
    k: Tensor,
    v: Tensor,
    mask: Optional[Tensor],
    w: List[Tensor],
    norm: List[Tensor],
    heads: int,
    pre: bool,
    p: float
) -> Tensor:
    if p > 0.:
        inner = self.dropped_attention(q, k, v, mask, heads, p)
        y = self.plus_dropped(x, inner, w[2], w[3], p)
    else:
        a = torch.scaled_dot_product_attention(
            self.heads(q, heads), self.heads(k, heads), self.heads(v, heads), mask)
        y = x + torch.linear(a.transpose(1, 2).reshape(q.shape), w[2], w[3])
    if not pre:
        y = self.normed(y, norm)
    return y


def self_attention(
    self,
    x: Tensor,
    code: Optional[Tensor],
    mask: Optional[Tensor],
    w: List[Tensor],
    norm: List[Tensor],
    heads: int,
    pre: bool,
    p: float
) -> Tensor:
    s = x
    if pre:
        s = self.normed(x, norm)
    if code is None:
        q, k, v = torch.chunk(torch.linear(s, w[0], w[1]), 3, -1)
    else:
        two = x.size(2) * 2
        q, k = torch.chunk(torch.linear(s + code, w[0][:two], w[1][:two]), 2, -1)
        v = torch.linear(s, w[0][two:], w[1][two:])
    return self.finish(x, q, k, v, mask, w, norm, heads, pre, p)


def cross_attention(
    self,
    x: Tensor,
    key: Tensor,
    value: Tensor,
    code: Optional[Tensor],
    mask: Optional[Tensor],
    w: List[Tensor],
    norm: List[Tensor],
    heads: int,
    pre: bool,
    p: float
) -> Tensor:
    s = x
    if pre:
        s = self.normed(x, norm)
    if code is not None:
        s = s + code
    wq, wk, wv = torch.chunk(w[0], 3)
    bq, bk, bv = torch.chunk(w[1], 3)
    q = torch.linear(s, wq, bq)
    k = torch.linear(key, wk, bk)
    v = torch.linear(value, wv, bv)
    return self.finish(x, q, k, v, mask, w, norm, heads, pre, p)


def feed_forward(
    self, x: Tensor, w: List[Tensor], norm: List[Tensor], pre: bool, p: float
) -> Tensor:
    s = x
    if pre:
        s = self.normed(x, norm)
    inner = torch.linear(s.flatten(0, 1), w[0], w[1])
    if p > 0.:
        y = self.plus_dropped(x, self.dropped(inner, p), w[2], w[3], p)
    else:
        y = torch.linear(torch.relu_(inner), w[2], w[3])
        y = x + y.view(x.shape)
    if not pre:
        y = self.normed(y, norm)
    return y
