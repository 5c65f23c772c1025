# Collects patches. Type 4 is int64.


# Copies some cells of one of the images' patches (N,D,h,w) into rows (M,D).
def put(self, rows: Tensor, start: int, patches: Tensor, image: int, cells: List[int]) -> Tensor:
    index = torch.tensor(cells, dtype=4, device=patches.device)
    chosen = patches[image].flatten(1).index_select(1, index).t()
    return rows.narrow(0, start, len(cells)).copy_(chosen)


# Some ranges of rows, one after the other; a single one is not copied.
def parts(self, rows: Tensor, starts: List[int], lengths: List[int]) -> Tensor:
    if len(starts) == 1:
        return rows.narrow(0, starts[0], lengths[0])
    ranges: List[Tensor] = []
    for i in range(len(starts)):
        ranges.append(rows.narrow(0, starts[i], lengths[i]))
    return torch.cat(ranges)


def rows(self, x: Tensor, indices: List[int]) -> Tensor:
    return x.index_select(0, torch.tensor(indices, dtype=4, device=x.device))


def project(self, x: Tensor, matrix: Tensor) -> Tensor:
    return torch.mm(x, matrix) / matrix.size(1) ** 0.5
