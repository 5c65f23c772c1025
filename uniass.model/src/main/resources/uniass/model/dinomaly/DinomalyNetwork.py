# How levels are compared with their reconstructions.


def average(self, parts: List[Tensor]) -> Tensor:
    y = parts[0]
    for i in range(1, len(parts)):
        y = y + parts[i]
    return y / len(parts)


# 1 - cosine over channels: (N,1,h,w).
def distance(self, a: Tensor, b: Tensor) -> Tensor:
    return torch.unsqueeze(1. - torch.cosine_similarity(a, b, 1, 1e-8), 1)


# 1 - cosine of whole images. The gradient at the easy share of the batch's cells is scaled.
def loss(self, a: Tensor, b: Tensor, easy: float, factor: float) -> Tensor:
    value = torch.detach(b)
    distances = self.distance(a, value)
    hard, where = torch.topk(torch.flatten(distances), max(1, int(distances.numel() * (1. - easy))))
    isEasy = torch.type_as(torch.lt(distances, hard[-1]), distances)
    b = value + (b - value) * (1. - isEasy * (1. - factor))
    return torch.mean(1. - torch.cosine_similarity(torch.flatten(a, 1), torch.flatten(b, 1), 1, 1e-8))


# Adds one, in place.
def count(self, x: Tensor) -> Tensor:
    return torch.add_(x, 1)
