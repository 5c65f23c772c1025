# 3x3 convolutions by minimal filtering, with gradients. WinogradTraining says how.


# Convolves x (N,C,H,W) with w (O,C,3,3). g, t, y: the transforms of kernel, input and output.
# blocks, tiles: blocks of a side, and tiles of a block, along y and along x.
def convolve(
    self,
    x: Tensor,
    w: Tensor,
    bias: Optional[Tensor],
    g: Tensor,
    t: Tensor,
    y: Tensor,
    several: int,
    blocks: List[int],
    tiles: List[int]
) -> Tensor:
    n, c, h, width = x.shape
    o = w.size(0)
    points = t.size(0)
    step = points - 2
    taps = w.permute(2, 3, 1, 0).reshape(9, c * o)
    u = (g @ taps).reshape(-1, c, o)
    rows = self.band(t, blocks[0], tiles[0], h)
    columns = self.band(t, blocks[1], tiles[1], width)
    down = blocks[0] * tiles[0]
    across = blocks[1] * tiles[1]
    parts = torch.split(self.padded(x, step, blocks, tiles), several, 0)
    outs = annotate(List[Tensor], [])
    for i in range(len(parts)):
        images = parts[i].size(0)
        v = self.transformed(parts[i], rows, columns, points, blocks, tiles)
        m = torch.bmm(v, u).reshape(points * points, -1)
        out = (y @ m).reshape(step, step, images, down, across, o)
        out = out.permute(2, 3, 0, 4, 1, 5)
        outs.append(out.reshape(images, down * step, across * step, o))
    if len(outs) == 1:
        whole = outs[0]
    else:
        whole = torch.cat(outs, 0)
    whole = torch.slice(torch.slice(whole, 1, 0, h), 2, 0, width)
    if bias is not None:
        whole = whole + bias
    return whole.permute(0, 3, 1, 2)


# The pixels, channels last, with zeros that fill up the last block of each side.
def padded(self, x: Tensor, step: int, blocks: List[int], tiles: List[int]) -> Tensor:
    pixels = x.permute(0, 2, 3, 1)
    bottom = 0
    if blocks[0] > 1:
        bottom = blocks[0] * tiles[0] * step - pixels.size(1)
    right = 0
    if blocks[1] > 1:
        right = blocks[1] * tiles[1] * step - pixels.size(2)
    if bottom + right > 0:
        pixels = torch.constant_pad_nd(pixels, [0, 0, 0, right, 0, bottom], 0)
    return pixels


# The transforms of all tiles of a block as one matrix: the lines of t, one step further for each
# tile. Of a side in one block the zero padding is left out, of others a pixel on either side stays.
def band(self, t: Tensor, blocks: int, tiles: int, size: int) -> Tensor:
    points = t.size(0)
    step = points - 2
    extent = tiles * step + points
    wide = extent + step
    lines = torch.constant_pad_nd(t, [0, wide - points], 0).unsqueeze(1).expand(-1, tiles, -1)
    shifted = torch.slice(lines.reshape(points, -1), 1, 0, tiles * extent)
    shifted = shifted.reshape(points * tiles, extent)
    if blocks == 1:
        inner = torch.slice(shifted, 1, 1, size + 1)
    else:
        inner = torch.slice(shifted, 1, 0, tiles * step + 2)
    return inner.contiguous()


# Transforms the pixels of all tiles along x, then along y: (points^2, tiles, C).
def transformed(
    self,
    x: Tensor,
    rows: Tensor,
    columns: Tensor,
    points: int,
    blocks: List[int],
    tiles: List[int]
) -> Tensor:
    n, h, w, c = x.shape
    k, l = blocks
    r, q = tiles
    high = rows.size(1)
    lines = n * k * high
    v = self.blocks(x, k).reshape(lines, w, 1, c)
    v = self.blocks(v, l).reshape(lines * l, columns.size(1), c)
    v = torch.bmm(columns.expand(lines * l, -1, -1), v)
    v = v.reshape(n * k, high, -1)
    v = torch.bmm(rows.expand(n * k, -1, -1), v)
    v = v.reshape(n, k, points, r, l, points, q, c).permute(2, 5, 0, 1, 3, 4, 6, 7)
    return v.reshape(points * points, -1, c)


# Cuts (N,H,W,C) into k blocks of lines, each with a line of its neighbors, or zeros, on either side.
def blocks(self, x: Tensor, k: int) -> Tensor:
    if k == 1:
        cut = x
    else:
        n, h, w, c = x.shape
        high = h // k
        parts = x.reshape(n, k, high, w, c)
        first, middle, last = torch.split_with_sizes(parts, [1, high - 2, 1], 2)
        above = torch.constant_pad_nd(last, [0, 0, 0, 0, 0, 0, 1, -1], 0)
        below = torch.constant_pad_nd(first, [0, 0, 0, 0, 0, 0, -1, 1], 0)
        cut = torch.cat([above, first, middle, last, below], 2)
    return cut
