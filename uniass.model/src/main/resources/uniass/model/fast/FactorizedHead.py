# A reconstruction head as one linear map of its grid. FactorizedHead and AxisOperators say how.


# The weights of three convolutions (O,M2,k3,k3), (M2,M1,k2,k2), (M1,D,k1,k1), from the last to the
# first, reduced to the distinct pairs and triples of taps along y and along x.
def compose(
    self,
    w1: Tensor,
    w2: Tensor,
    w3: Tensor,
    pairs_y: Tensor,
    pairs_x: Tensor,
    triples_y: Tensor,
    triples_x: Tensor
) -> Tensor:
    o, m2, k3, _ = w3.shape
    m1 = w2.size(1)
    k2 = w2.size(2)
    d = w1.size(1)
    k1 = w1.size(2)
    py = pairs_y.size(0)
    px = pairs_x.size(0)
    ty = triples_y.size(0)
    last = w3.permute(0, 2, 3, 1).reshape(-1, m2)
    middle = w2.permute(0, 2, 3, 1).reshape(m2, -1)
    first = w1.permute(0, 2, 3, 1).reshape(m1, -1)
    w = (last @ middle).reshape(o, k3, k3, k2, k2, m1)
    w = w.permute(0, 1, 3, 2, 4, 5).reshape(o, k3 * k2, -1)
    w = (pairs_y @ w).reshape(o * py, k3 * k2, m1)
    w = (pairs_x @ w).reshape(-1, m1)
    w = (w @ first).reshape(o, py, px, k1, k1, d)
    w = w.permute(0, 1, 3, 2, 4, 5).reshape(o, py * k1, -1)
    w = (triples_y @ w).reshape(o * ty, px * k1, d)
    return (triples_x @ w).reshape(-1, d)


# What the three biases come to at each pixel: computed on a small grid whose rows and columns are
# repeated.
def bias(
    self,
    w2: Tensor,
    w3: Tensor,
    b1: Tensor,
    b2: Tensor,
    b3: Tensor,
    rows: Tensor,
    columns: Tensor,
    height: int,
    width: int
) -> Tensor:
    ones = torch.ones([1, 1, height, width], dtype=b1.dtype, device=b1.device)
    x = b1.reshape(1, -1, 1, 1) * ones
    p2 = w2.size(2) // 2
    p3 = w3.size(2) // 2
    x = torch.conv2d(x, w2, b2, [1, 1], [p2, p2])
    x = torch.conv2d(x, w3, b3, [1, 1], [p3, p3])
    return x.index_select(2, rows).index_select(3, columns)


# Maps x (N,D,h,w); predictions take one image after the other.
def apply(
    self, x: Tensor, w: Tensor, bias: Tensor, rows: Tensor, columns: Tensor, ty: int, tx: int
) -> Tensor:
    n = x.size(0)
    if torch.is_grad_enabled():
        y = self.mapped(x, w, bias, rows, columns, ty, tx)
    else:
        y = x.new_empty([n, bias.size(1), rows.size(0), columns.size(0)])
        for i in range(n):
            image = self.mapped(x[i:i + 1], w, bias, rows, columns, ty, tx)
            y[i:i + 1].copy_(image)
    return y


# Mixes channels on the grid's cells, then applies the column operators and the row operators.
def mapped(
    self, x: Tensor, w: Tensor, bias: Tensor, rows: Tensor, columns: Tensor, ty: int, tx: int
) -> Tensor:
    n, d, gh, gw = x.shape
    height = rows.size(0)
    width = columns.size(0)
    y = (w @ x.flatten(2)).reshape(n, -1, ty, tx, gh, gw)
    o = y.size(1)
    y = y.permute(0, 1, 2, 4, 3, 5).reshape(-1, tx * gw)
    y = (y @ columns.t()).reshape(n * o, ty * gh, width)
    return (rows @ y).reshape(n, o, height, width) + bias
