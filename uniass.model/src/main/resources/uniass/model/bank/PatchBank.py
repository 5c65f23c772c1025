# A bank of patches, and the nearest of it.


def squared_norms(self, x: Tensor) -> Tensor:
    return (x * x).sum([1])


# The distance (N,1,h,w) of each patch to the nearest of the bank (M,D), and its index there. The
# bank is made of parts, one per category, or one for all: an image's patches are looked up in the
# part that has the nearest of most of them. The nearest is found by a matrix product; its distance
# is then computed from the difference, since the product loses digits where both are close.
def nearest(
    self, x: Tensor, bank: Tensor, norms: Tensor, sizes: List[int], block: int
) -> List[Tensor]:
    n, d, h, w = x.shape
    queries = x.permute(0, 2, 3, 1).reshape(-1, d)
    turned = bank.t()
    values: List[Tensor] = []
    places: List[Tensor] = []
    for i in range(0, queries.size(0), block):
        compared = torch.addmm(norms, queries[i:i + block], turned, beta=1, alpha=-2)
        start = 0
        for size in sizes:
            value, place = compared.narrow(1, start, size).min(1)
            values.append(value)
            places.append(place + start)
            start += size
    least: List[Tensor] = []
    nearest: List[Tensor] = []
    for c in range(len(sizes)):
        least.append(torch.cat(values[c::len(sizes)]))
        nearest.append(torch.cat(places[c::len(sizes)]))
    owner = torch.stack(least, 1).argmin(1).reshape(n, h * w)
    votes: List[Tensor] = []
    for c in range(len(sizes)):
        votes.append((owner == c).sum([1]))
    category = torch.stack(votes, 1).argmax(1)
    of_image = torch.stack(nearest).reshape(len(sizes), n, h * w)
    chosen = category.reshape(1, n, 1).expand(1, n, h * w)
    index = of_image.gather(0, chosen).reshape(-1)
    distances: List[Tensor] = []
    for i in range(0, queries.size(0), block):
        found = bank.index_select(0, index[i:i + block])
        distances.append(torch.linalg_vector_norm(queries[i:i + block] - found, 2, [1]))
    return [torch.cat(distances).reshape(n, 1, h, w), index.reshape(n, 1, h, w)]


# The patches of the bank that were found, in the shape of those that looked for them.
def found(self, bank: Tensor, indices: Tensor, like: Tensor) -> Tensor:
    rows = bank.index_select(0, indices.flatten())
    shape = [like.size(0), like.size(2), like.size(3), like.size(1)]
    return rows.reshape(shape).permute(0, 3, 1, 2).contiguous()


# Weights an image's distances by 1 - softmax over the neighbors of the patch that its worst patch
# is nearest to, of the distances of the worst patch to these (equation 7 of the paper).
def reweighted(
    self, x: Tensor, distances: Tensor, indices: Tensor, bank: Tensor, neighbors: int
) -> Tensor:
    n = x.size(0)
    patches = x.flatten(2).transpose(1, 2)
    results: List[Tensor] = []
    for i in range(n):
        worst = distances[i].flatten().argmax(0)
        patch = patches[i].index_select(0, worst.reshape(1))
        match = bank.index_select(0, indices[i].flatten().index_select(0, worst.reshape(1)))
        around = torch.linalg_vector_norm(bank - match, 2, [1])
        near = around.argsort(0)[0:neighbors]
        far = torch.linalg_vector_norm(bank.index_select(0, near) - patch, 2, [1])
        weight = 1 - torch.softmax(far, 0)[0]
        results.append(distances[i] * weight)
    return torch.stack(results)
