# The blocks of a plain vision transformer.


# Patches as tokens (N,L,D).
def patches(self, x: Tensor, w: List[Tensor], size: int) -> Tensor:
    y = torch.conv2d(x, w[0], w[1], [size, size])
    return torch.transpose(torch.flatten(y, 2), 1, 2)


# Class token with its position, registers without one, patches with theirs.
def embedded(
    self, patches: Tensor, cls: Tensor, registers: List[Tensor], position: List[Tensor]
) -> Tensor:
    n = patches.size(0)
    first = cls
    rest = patches
    if len(position) > 0:
        first = first + position[0]
        rest = rest + position[1]
    tokens = [first.expand([n, -1, -1])]
    for r in registers:
        tokens.append(r.expand([n, -1, -1]))
    tokens.append(rest)
    return torch.cat(tokens, 1)


# Position codes (1,M*M,D) of a square grid, resampled to another grid: bicubic. With an offset, the scale is that of a
# grid larger by it, as DINOv2 without registers was published; else the image is filtered against aliasing.
def positions(self, codes: Tensor, height: int, width: int, offset: float) -> Tensor:
    side = int(codes.size(1) ** 0.5 + 0.5)
    if side == height and side == width:
        y = codes
    else:
        grid = torch.permute(torch.reshape(codes, [1, side, side, codes.size(2)]), [0, 3, 1, 2])
        if offset > 0.:
            grid = torch.upsample_bicubic2d(
                grid, [height, width], False, (height + offset) / side, (width + offset) / side
            )
        else:
            grid = torch._upsample_bicubic2d_aa(grid, [height, width], False, None, None)
        y = torch.reshape(torch.permute(grid, [0, 2, 3, 1]), [1, height * width, codes.size(2)])
    return y


# Cosines and sines of a grid's rotary positions, each (L, head width).
def rotations(self, like: Tensor, height: int, width: int, head: int, base: float) -> List[Tensor]:
    quarter = head // 4
    exponents = torch.arange(quarter, dtype=6, device=like.device) / quarter
    frequencies = 6.283185307179586 / torch.pow(base, exponents)
    rows = (torch.arange(height, dtype=6, device=like.device) + 0.5) / height * 2. - 1.
    columns = (torch.arange(width, dtype=6, device=like.device) + 0.5) / width * 2. - 1.
    down = torch.unsqueeze(torch.unsqueeze(rows, 1) * frequencies, 1).expand([height, width, quarter])
    across = torch.unsqueeze(torch.unsqueeze(columns, 1) * frequencies, 0).expand([height, width, quarter])
    angles = torch.flatten(torch.cat([down, across], 2), 0, 1)
    angles = torch.cat([angles, angles], 1)
    return [torch.cos(angles), torch.sin(angles)]


# Rotates the patches' queries or keys (N,heads,T,d); the first tokens have no position.
def rotated(self, x: Tensor, r: List[Tensor], extra: int) -> Tensor:
    first = torch.slice(x, 2, 0, extra)
    rest = torch.slice(x, 2, extra, x.size(2))
    a, b = torch.chunk(rest, 2, 3)
    rest = rest * r[0] + torch.cat([-b, a], 3) * r[1]
    return torch.cat([first, rest], 2)


# One block. w: norm1 (2), qkv (2), proj (2), gamma, norm2 (2), fc1 (2), fc2 (2), gamma.
def block(
    self, x: Tensor, w: List[Tensor], rotations: List[Tensor], heads: int, extra: int, eps: float
) -> Tensor:
    d = x.size(2)
    y = torch.layer_norm(x, [d], w[0], w[1], eps)
    qkv = torch.linear(y, w[2], w[3])
    qkv = torch.permute(torch.reshape(qkv, [x.size(0), x.size(1), 3, heads, d // heads]), [2, 0, 3, 1, 4])
    q, k, v = torch.unbind(qkv, 0)
    if len(rotations) > 0:
        q = self.rotated(q, rotations, extra)
        k = self.rotated(k, rotations, extra)
    y = torch.scaled_dot_product_attention(q, k, v)
    y = torch.flatten(torch.transpose(y, 1, 2), 2)
    x = x + torch.linear(y, w[4], w[5]) * w[6]
    y = torch.layer_norm(x, [d], w[7], w[8], eps)
    y = torch.gelu(torch.linear(y, w[9], w[10]))
    return x + torch.linear(y, w[11], w[12]) * w[13]


# The patches' tokens, normalized if there is a norm, as (N,D,h,w).
def level(
    self, x: Tensor, norm: List[Tensor], extra: int, eps: float, height: int, width: int
) -> Tensor:
    y = torch.slice(x, 1, extra, x.size(1))
    if len(norm) > 0:
        y = torch.layer_norm(y, [x.size(2)], norm[0], norm[1], eps)
    return torch.reshape(torch.transpose(y, 1, 2), [x.size(0), x.size(2), height, width])


def resized(self, x: Tensor, height: int, width: int) -> Tensor:
    return torch.upsample_bilinear2d(x, [height, width], False)
