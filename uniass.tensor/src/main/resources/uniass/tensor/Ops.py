# What DJL lacks, or computes in a way that breaks gradients.


def add(self, x: Tensor, c: float) -> Tensor:
    return x + c


def mul(self, x: Tensor, c: float) -> Tensor:
    return x * c


def rsub(self, x: Tensor, c: float) -> Tensor:
    return torch.rsub(x, c)


def pow(self, x: Tensor, c: float) -> Tensor:
    return x ** c


def clamp(self, x: Tensor, low: Optional[float], high: Optional[float]) -> Tensor:
    return x.clamp(low, high)


def relu6(self, x: Tensor) -> Tensor:
    return torch.hardtanh(x, 0., 6.)


def silu(self, x: Tensor) -> Tensor:
    return torch.silu(x)


def group_norm(
    self, x: Tensor, groups: int, weight: Optional[Tensor], bias: Optional[Tensor], eps: float
) -> Tensor:
    return torch.group_norm(x, groups, weight, bias, eps)


def layer_norm(
    self, x: Tensor, size: int, weight: Optional[Tensor], bias: Optional[Tensor], eps: float
) -> Tensor:
    return torch.layer_norm(x, [size], weight, bias, eps)


def attention(
    self, q: Tensor, k: Tensor, v: Tensor, mask: Optional[Tensor], dropout: float
) -> Tensor:
    return torch.scaled_dot_product_attention(q, k, v, mask, dropout)


def dropout(self, x: Tensor, p: float) -> Tensor:
    return x * self.keep_mask(x, p) * self.keep_scale(p)


def bilinear(self, x: Tensor, size: List[int], align_corners: bool) -> Tensor:
    return torch.upsample_bilinear2d(x, size, align_corners)


def blur(self, x: Tensor, taps: int, sigma: float) -> Tensor:
    channels = x.size(1)
    r = taps // 2
    t = torch.arange(taps, dtype=x.dtype, device=x.device)
    t = torch.exp(torch.square((t - r) / sigma) * -0.5)
    t = t / t.sum()
    weight = (t.unsqueeze(1) * t.unsqueeze(0)).expand(channels, 1, taps, taps)
    padded = torch.reflection_pad2d(x, [r, r, r, r])
    return torch.conv2d(padded, weight, None, [1, 1], [0, 0], [1, 1], channels)


def cosine_similarity(self, a: Tensor, b: Tensor, axis: int, eps: float) -> Tensor:
    return torch.cosine_similarity(a, b, axis, eps)


def mse_loss(self, a: Tensor, b: Tensor) -> Tensor:
    return torch.mse_loss(a, b)


def norm(self, x: Tensor, axis: int) -> Tensor:
    return torch.linalg_vector_norm(x, 2, [axis], True)


def mean(self, x: Tensor, axes: List[int], keep: bool) -> Tensor:
    return x.mean(axes, keep)


# One axis after the other: among equal elements one takes the gradient.
def max(self, x: Tensor, axes: List[int], keep: bool) -> Tensor:
    y = x
    for axis in axes:
        y, _ = torch.max(y, axis, True)
    if not keep:
        y = y.squeeze(axes)
    return y


def slice(self, x: Tensor, axis: int, start: int, end: int) -> Tensor:
    return torch.slice(x, axis, start, end)


def chunk(self, x: Tensor, parts: int, axis: int) -> List[Tensor]:
    return torch.chunk(x, parts, axis)


def pad_reflect(self, x: Tensor, sizes: List[int]) -> Tensor:
    return torch.reflection_pad2d(x, sizes)


def to_tokens(self, x: Tensor) -> Tensor:
    return x.flatten(2).transpose(1, 2)


def to_image(self, x: Tensor, height: int, width: int) -> Tensor:
    return x.transpose(1, 2).contiguous().reshape(x.size(0), x.size(2), height, width)


def randn_like(self, x: Tensor) -> Tensor:
    return torch.randn_like(x)
