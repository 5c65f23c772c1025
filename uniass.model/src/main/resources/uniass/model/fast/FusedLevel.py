# One level of the pyramid around its 3x3 convolution. FusedLevel says what each method computes.


def lateral(
    self,
    x: Tensor,
    coarser: Tensor,
    w: Tensor,
    gamma: Tensor,
    beta: Tensor,
    groups: int,
    eps: float
) -> Tensor:
    n, c, height, width = x.shape
    kernel = w.flatten(1)
    # mean and second moments of x
    pixels = x.permute(0, 2, 3, 1).reshape(n, -1, c)
    mean = pixels.mean([1], True)
    centered = pixels - mean
    moments = torch.bmm(centered.transpose(1, 2), centered) / (height * width)
    # those of the convolution's result, by channel, then by group
    means = (mean @ kernel.t()).reshape(n, groups, -1)
    variances = ((kernel @ moments) * kernel).sum([2])
    center = means.mean([2], True)
    spread = variances.reshape(n, groups, -1) + torch.square(means - center)
    deviation = torch.sqrt(spread.mean([2], True) + eps)
    # the norm as a scale of the kernel and a shift, which goes into the coarser map
    scale = gamma.reshape(groups, -1) / deviation
    shift = beta.reshape(groups, -1) - center * scale
    scaled = scale.reshape(n, 1, -1) * kernel.t()
    shifted = (coarser + shift.reshape(n, -1, 1, 1)).contiguous(memory_format=2)  # channels last
    enlarged = torch.upsample_bilinear2d(shifted, [height, width], False)
    rows = enlarged.permute(0, 2, 3, 1).contiguous().flatten(1, 2)
    rows = rows.baddbmm_(pixels, scaled)
    return rows.reshape(n, height, width, -1).permute(0, 3, 1, 2)


def normed(self, x: Tensor, gamma: Tensor, beta: Tensor, groups: int, eps: float) -> Tensor:
    return torch.relu_(torch.group_norm(x, groups, gamma, beta, eps))


def whole(self, x: Tensor, size: List[int]) -> Tensor:
    return x.new_empty(size).permute(0, 3, 1, 2)


def normed_into(
    self,
    whole: Tensor,
    start: int,
    x: Tensor,
    gamma: Tensor,
    beta: Tensor,
    groups: int,
    eps: float
) -> Tensor:
    part = whole[start:start + x.size(0)]
    return torch.clamp_min(torch.group_norm(x, groups, gamma, beta, eps), 0, out=part)
