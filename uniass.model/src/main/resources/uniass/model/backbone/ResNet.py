# ResNet's stem and blocks, with their norms folded into the convolutions.


def stem(self, x: Tensor, w: List[Tensor]) -> Tensor:
    x = x.contiguous(memory_format=2)  # channels last
    return torch.relu_(torch.conv2d(x, w[0], w[1], [2, 2], [3, 3]))


def pool(self, x: Tensor) -> Tensor:
    return torch.max_pool2d(x, [3, 3], [2, 2], [1, 1])


# Kernel and bias per convolution: two of 3x3 (w has 4 tensors, 6 with a shortcut's),
# or 1x1, 3x3, 1x1 (6, or 8). The stride is that of the first 3x3.
def block(self, x: Tensor, w: List[Tensor], stride: int) -> Tensor:
    s = [stride, stride]
    wide = w[0].size(2) == 1
    if wide:
        y = torch.relu_(torch.conv2d(x, w[0], w[1]))
        y = torch.relu_(torch.conv2d(y, w[2], w[3], s, [1, 1]))
        y = torch.conv2d(y, w[4], w[5])
        used = 6
    else:
        y = torch.relu_(torch.conv2d(x, w[0], w[1], s, [1, 1]))
        y = torch.conv2d(y, w[2], w[3], [1, 1], [1, 1])
        used = 4
    if len(w) > used:
        y = y.add_(torch.conv2d(x, w[used], w[used + 1], s))
    else:
        y = y.add_(x)
    return torch.relu_(y)
