# EfficientNet's stem and blocks, with their norms folded into the convolutions.


def activate(self, x: Tensor, lite: bool) -> Tensor:
    if lite:
        y = torch.hardtanh_(x, 0., 6.)
    else:
        y = torch.silu_(x)
    return y


# A convolution with TensorFlow's padding, which may be larger at the end than before.
def same(
    self, x: Tensor, w: Tensor, b: Tensor, stride: int, before: int, after: int, groups: int
) -> Tensor:
    if before == after:
        y = torch.conv2d(x, w, b, [stride, stride], [before, before], [1, 1], groups)
    else:
        padded = torch.constant_pad_nd(x, [before, after, before, after], 0)
        y = torch.conv2d(padded, w, b, [stride, stride], [0, 0], [1, 1], groups)
    return y


def stem(
    self, x: Tensor, w: List[Tensor], stride: int, before: int, after: int, lite: bool
) -> Tensor:
    x = x.contiguous(memory_format=2)  # channels last
    return self.activate(self.same(x, w[0], w[1], stride, before, after, 1), lite)


def block(
    self,
    x: Tensor,
    expand: List[Tensor],
    w: List[Tensor],
    excite: List[Tensor],
    stride: int,
    before: int,
    after: int,
    skip: bool,
    lite: bool
) -> Tensor:
    y = x
    if len(expand) > 0:
        y = self.activate(torch.conv2d(y, expand[0], expand[1]), lite)
    y = self.activate(self.same(y, w[0], w[1], stride, before, after, y.size(1)), lite)
    if len(excite) > 0:
        s = y.mean([2, 3], True)
        s = self.activate(torch.conv2d(s, excite[0], excite[1]), lite)
        y = y.mul_(torch.sigmoid_(torch.conv2d(s, excite[2], excite[3])))
    y = torch.conv2d(y, w[2], w[3])
    if skip:
        y = y.add_(x)
    return y
