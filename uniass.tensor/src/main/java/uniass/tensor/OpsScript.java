package uniass.tensor;

/** The script behind {@link Ops}: what DJL lacks, or computes in a way that breaks gradients. */
final class OpsScript {

  static final Script INSTANCE =
      Script.compile(
          "uniass.tensor",
          """
          def add(self, x: Tensor, c: float) -> Tensor:
            return torch.add(x, c)
          def mul(self, x: Tensor, c: float) -> Tensor:
            return torch.mul(x, c)
          def rsub(self, x: Tensor, c: float) -> Tensor:
            return torch.rsub(x, c)
          def pow(self, x: Tensor, c: float) -> Tensor:
            return torch.pow(x, c)
          def clamp(self, x: Tensor, low: Optional[float], high: Optional[float]) -> Tensor:
            return torch.clamp(x, low, high)
          def relu6(self, x: Tensor) -> Tensor:
            return torch.hardtanh(x, 0., 6.)
          def silu(self, x: Tensor) -> Tensor:
            return torch.silu(x)
          def group_norm(self, x: Tensor, groups: int, weight: Optional[Tensor], bias: Optional[Tensor], eps: float) -> Tensor:
            return torch.group_norm(x, groups, weight, bias, eps)
          def layer_norm(self, x: Tensor, size: int, weight: Optional[Tensor], bias: Optional[Tensor], eps: float) -> Tensor:
            return torch.layer_norm(x, [size], weight, bias, eps)
          def attention(self, q: Tensor, k: Tensor, v: Tensor, mask: Optional[Tensor], dropout: float) -> Tensor:
            return torch.scaled_dot_product_attention(q, k, v, mask, dropout)
          def dropout(self, x: Tensor, p: float) -> Tensor:
            return torch.mul(torch.mul(x, (self).keep_mask(x, p)), (self).keep_scale(p))
          def bilinear(self, x: Tensor, size: List[int], align_corners: bool) -> Tensor:
            return torch.upsample_bilinear2d(x, size, align_corners)
          def blur(self, x: Tensor, taps: int, sigma: float) -> Tensor:
            channels = torch.size(x, 1)
            r = torch.floordiv(taps, 2)
            t = torch.arange(taps, dtype=ops.prim.dtype(x), device=ops.prim.device(x))
            t = torch.square(torch.div(torch.sub(t, r), sigma))
            t = torch.exp(torch.mul(t, -0.5))
            t = torch.div(t, torch.sum(t))
            kernel = torch.mul(torch.unsqueeze(t, 1), torch.unsqueeze(t, 0))
            weight = torch.expand(kernel, [channels, 1, taps, taps])
            return torch.conv2d(torch.reflection_pad2d(x, [r, r, r, r]), weight, None, [1, 1], [0, 0], [1, 1], channels)
          def cosine_similarity(self, a: Tensor, b: Tensor, axis: int, eps: float) -> Tensor:
            return torch.cosine_similarity(a, b, axis, eps)
          def mse_loss(self, a: Tensor, b: Tensor) -> Tensor:
            return torch.mse_loss(a, b)
          def norm(self, x: Tensor, axis: int) -> Tensor:
            return torch.linalg_vector_norm(x, 2, [axis], True)
          def mean(self, x: Tensor, axes: List[int], keep: bool) -> Tensor:
            return torch.mean(x, axes, keep)
          def sum(self, x: Tensor, axes: List[int], keep: bool) -> Tensor:
            return torch.sum(x, axes, keep)
          def max(self, x: Tensor, axes: List[int], keep: bool) -> Tensor:
            y = x
            for axis in axes:
              y, _ = torch.max(y, axis, True)
            if not keep:
              y = torch.squeeze(y, axes)
            return y
          def slice(self, x: Tensor, axis: int, start: int, end: int) -> Tensor:
            return torch.slice(x, axis, start, end)
          def chunk(self, x: Tensor, parts: int, axis: int) -> List[Tensor]:
            return torch.chunk(x, parts, axis)
          def pad_reflect(self, x: Tensor, sizes: List[int]) -> Tensor:
            return torch.reflection_pad2d(x, sizes)
          def to_tokens(self, x: Tensor) -> Tensor:
            return torch.transpose(torch.flatten(x, 2), 1, 2)
          def to_image(self, x: Tensor, height: int, width: int) -> Tensor:
            y = torch.contiguous(torch.transpose(x, 1, 2))
            return torch.reshape(y, [torch.size(x, 0), torch.size(x, 2), height, width])
          def copy(self, into: Tensor, source: Tensor) -> Tensor:
            return torch.copy_(into, source)
          def randn_like(self, x: Tensor) -> Tensor:
            return torch.randn_like(x)
          """);

  private OpsScript() {}
}
