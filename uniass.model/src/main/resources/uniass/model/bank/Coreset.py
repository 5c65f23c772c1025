# Farthest-point selection. The state is [squared norms (N), squared distances (N) to the nearest
# chosen point]; a point that is chosen, or equals one that is, has distance -1. Type 4 is int64.


# The state with the first point chosen, and its index: the farthest from the mean.
def begin(self, x: Tensor) -> List[Tensor]:
    center = x.mean([0])
    distances: List[Tensor] = []
    norms: List[Tensor] = []
    for part in x.split(65536):
        norms.append((part * part).sum([1]))
        distances.append(torch.square(part - center).sum([1]))
    squared = torch.cat(norms)
    first = torch.cat(distances).argmax(0).reshape(1)
    none = torch.full_like(squared, 3e38)
    return self.update(x, [squared, none], first, 4096) + [first]


# Indices of the next points: sizes are the pool's, the least and the most to choose.
def choose(self, x: Tensor, state: List[Tensor], sizes: List[int]) -> List[Tensor]:
    norms = state[0]
    distances = state[1]
    k = min(sizes[0], x.size(0))
    far, where = torch.topk(distances, k, -1, True, True)
    bound = float(far[k - 1])
    if k == x.size(0):
        bound = -1.
    pool = x.index_select(0, where)
    pool_norms = norms.index_select(0, where)
    between = torch.addmm(pool_norms, pool, pool.t(), beta=1, alpha=-2)
    between = between + pool_norms.unsqueeze(1)
    # what a product of floats cannot tell from zero
    tiny = float(norms.max()) * 1e-6
    chosen: List[int] = []
    going = True
    for i in range(sizes[2]):
        if going:
            best = int(far.argmax(0))
            value = float(far[best])
            if value <= tiny or (value < bound and len(chosen) >= sizes[1]):
                going = False
            else:
                chosen.append(best)
                far = torch.minimum(far, between[best])
                far[best] = -1.
    index = torch.tensor(chosen, dtype=4, device=x.device)
    return [where.index_select(0, index)]


def update(self, x: Tensor, state: List[Tensor], chosen: Tensor, block: int) -> List[Tensor]:
    norms = state[0]
    distances = state[1].clone()
    centers = x.index_select(0, chosen)
    center_norms = norms.index_select(0, chosen)
    turned = centers.t()
    for i in range(0, x.size(0), block):
        part = torch.addmm(center_norms, x[i:i + block], turned, beta=1, alpha=-2)
        nearest = part.amin([1]) + norms[i:i + block]
        old = distances[i:i + block]
        old.copy_(torch.minimum(old, nearest))
    distances.index_fill_(0, chosen, -1.)
    return [norms, distances]


# Mean and largest of all points' distances to the nearest chosen one.
def spread(self, state: List[Tensor]) -> Tensor:
    distances = state[1].clamp(0.).sqrt()
    return torch.stack([distances.mean(), distances.max()])
