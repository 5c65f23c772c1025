# An embedding's two convolutions as one linear map of a patch's pixels.


# Composes the weights; for predictions eight parts after each other, which takes less memory.
def compose(self, w: Tensor, project: Tensor) -> Tensor:
    if torch.is_grad_enabled():
        whole = self.composed(w, project)
    else:
        whole = w.new_empty([project.size(0), w.numel() // w.size(0)])
        parts = project.chunk(8)
        into = whole.chunk(8)
        for i in range(len(parts)):
            into[i].copy_(self.composed(w, parts[i]))
    return whole


def composed(self, w: Tensor, project: Tensor) -> Tensor:
    product = project.flatten(1) @ w.flatten(1)
    product = product.reshape(-1, w.size(1), w.size(2), w.size(3))
    return product.permute(0, 2, 3, 1).contiguous().flatten(1)


def compose_bias(self, b: Tensor, project: Tensor, project_bias: Tensor) -> Tensor:
    return project.flatten(1) @ b + project_bias


# Embeds the patches of x (N,C,H,W); predictions take one image after the other.
def embed(self, x: Tensor, w: Tensor, b: Tensor, patch: int) -> Tensor:
    n, c, h, width = x.shape
    rows = h // patch
    columns = width // patch
    cells = rows * columns
    tiles = [-1, rows, patch, columns, patch, c]
    pixels = x.permute(0, 2, 3, 1)
    if torch.is_grad_enabled():
        y = self.project(pixels.reshape(tiles), w, b, cells)
    else:
        y = x.new_empty([n, cells, w.size(0)])
        for i in range(n):
            image = pixels[i:i + 1].reshape(tiles)
            y[i:i + 1].copy_(self.project(image, w, b, cells))
    return y


def project(self, tiles: Tensor, w: Tensor, b: Tensor, cells: int) -> Tensor:
    patches = tiles.permute(0, 1, 3, 2, 4, 5).reshape(tiles.size(0), cells, -1)
    return torch.linear(patches, w.flatten(1), b)
