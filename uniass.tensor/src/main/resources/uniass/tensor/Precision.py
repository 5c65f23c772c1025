# What takes the time, in bfloat16 (dtype 15): operands are rounded, products are added up in
# float32 inside, and what comes out is float32 (dtype 6) again.


def rounded(self, x: Optional[Tensor]) -> Optional[Tensor]:
    y = x
    if x is not None:
        y = torch.to(x, 15)
    return y


def conv2d(
    self, x: Tensor, weight: Tensor, bias: Optional[Tensor], stride: int, padding: int, groups: int
) -> Tensor:
    y = torch.conv2d(
        torch.to(x, 15), torch.to(weight, 15), self.rounded(bias),
        [stride, stride], [padding, padding], [1, 1], groups)
    return torch.to(y, 6)


def linear(self, x: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
    y = torch.linear(torch.to(x, 15), torch.to(weight, 15), self.rounded(bias))
    return torch.to(y, 6)


def matmul(self, a: Tensor, b: Tensor) -> Tensor:
    return torch.to(torch.matmul(torch.to(a, 15), torch.to(b, 15)), 6)


def attention(
    self, q: Tensor, k: Tensor, v: Tensor, mask: Optional[Tensor], dropout: float
) -> Tensor:
    y = torch.scaled_dot_product_attention(
        torch.to(q, 15), torch.to(k, 15), torch.to(v, 15), self.rounded(mask), dropout)
    return torch.to(y, 6)
