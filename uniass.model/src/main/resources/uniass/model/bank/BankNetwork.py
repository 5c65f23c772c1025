# Patches of images, and maps of several copies of them.


# Averages each level over 3x3 cells, and brings all to the size of the first: (N,D,h,w).
def patches(self, levels: List[Tensor]) -> Tensor:
    size = [levels[0].size(2), levels[0].size(3)]
    parts: List[Tensor] = []
    for x in levels:
        mean = torch.avg_pool2d(x, [3, 3], [1, 1], [1, 1], False, True, None)
        if mean.size(2) != size[0] or mean.size(3) != size[1]:
            mean = torch.upsample_bilinear2d(mean, size, False)
        parts.append(mean)
    return torch.cat(parts, 1)


# Mirrored along some axes.
def flipped(self, x: Tensor, axes: List[int]) -> Tensor:
    return torch.flip(x, axes)


def mean(self, maps: List[Tensor]) -> Tensor:
    return torch.stack(maps).mean([0])
