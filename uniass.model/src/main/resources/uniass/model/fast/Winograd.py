# 3x3 convolutions by minimal filtering F(4x4, 3x3), without gradients. Winograd says how.


# Transforms a kernel (O,C,3,3) to (36,C,O).
def weight(self, w: Tensor, g: Tensor, ordered: bool) -> Tensor:
    o = w.size(0)
    c = w.size(1)
    taps = w.reshape(o * c, -1).t()
    u = (g @ taps).view(-1, o, c).transpose(1, 2)
    if ordered:
        u = u.contiguous()
    return u


# Convolves x (N,C,H,W), so many images at once, strip after strip of so many rows of tiles.
# t, y: the transforms of input and output, along one side. A result that takes the memory of x
# overwrites the row above the next strip, and that row is kept.
def predict(
    self,
    x: Tensor,
    u: Tensor,
    bias: Optional[Tensor],
    t: Tensor,
    y: Tensor,
    several: int,
    strip: int,
    overwrite: bool
) -> Tensor:
    n, c, h, w = x.shape
    o = u.size(2)
    rows = (h + 3) // 4
    columns = (w + 3) // 4
    right = columns * 4 + 1 - w
    size = [n, rows * 4, columns * 4, o]
    pixels = x.permute(0, 2, 3, 1)
    same = overwrite and pixels.is_contiguous() and pixels.shape == size
    if same:
        whole = pixels
    else:
        whole = x.new_empty(size)
    tiled = whole.view(n, rows, 4, columns, 4, o)
    for i in range((n + several - 1) // several):
        start = i * several
        end = start + several
        images = pixels[start:end]
        above = torch.slice(images, 1, 0, 1)
        for j in range((rows + strip - 1) // strip):
            first = j * strip
            last = min(first + strip, rows)
            top = first * 4 - 1
            bottom = last * 4 + 1
            part = torch.slice(images, 1, max(top, 0), bottom)
            zeros = [0, 0, 1, right, max(-top, 0), max(bottom - h, 0)]
            padded = torch.constant_pad_nd(part, zeros, 0)
            if same and j > 0:
                torch.slice(torch.slice(padded, 1, 0, 1), 2, 1, w + 1).copy_(above)
            if same and last < rows:
                above = torch.slice(images, 1, bottom - 2, bottom - 1).clone()
            torch.slice(tiled[start:end], 1, first, last).copy_(self.strip(padded, u, t, y))
    return self.finish(whole, bias, h, w)


# The outputs of a strip, as (images, rows of tiles, 4, columns of tiles, 4, O).
def strip(self, padded: Tensor, u: Tensor, t: Tensor, y: Tensor) -> Tensor:
    n, height, width, c = padded.shape
    rows = height // 4
    o = u.size(2)
    v = padded.unfold(1, 6, 4).permute(4, 0, 1, 2, 3).reshape(6, -1)
    v = (t @ v).reshape(6, n, rows, width, c)
    v = v.unfold(3, 6, 4).permute(0, 5, 1, 2, 3, 4).reshape(6, 6, -1)
    v = torch.bmm(t.expand(6, -1, -1), v).reshape(36, -1, c)
    m = torch.bmm(v, u).reshape(6, -1)
    m = (y @ m).reshape(4, 6, -1)
    m = torch.bmm(y.expand(4, -1, -1), m).reshape(4, 4, n, rows, -1, o)
    return m.permute(2, 3, 0, 4, 1, 5)


def finish(self, whole: Tensor, bias: Optional[Tensor], h: int, w: int) -> Tensor:
    out = whole
    if out.size(1) != h:
        out = torch.slice(out, 1, 0, h)
    if out.size(2) != w:
        out = torch.slice(out, 2, 0, w)
    if bias is not None:
        out = out + bias
    return out.permute(0, 3, 1, 2)
