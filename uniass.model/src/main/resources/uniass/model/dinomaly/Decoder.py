# A block with linear attention. w: norm1 (2), qkv (2), proj (2), norm2 (2), fc1 (2), fc2 (2).
def block(self, x: Tensor, w: List[Tensor], heads: int) -> Tensor:
    n, l, d = x.shape
    y = torch.layer_norm(x, [d], w[0], w[1], 1e-8)
    qkv = torch.reshape(torch.linear(y, w[2], w[3]), [n, l, 3, heads, d // heads])
    q, k, v = torch.unbind(torch.permute(qkv, [2, 0, 3, 1, 4]), 0)
    q = torch.elu(q) + 1.
    k = torch.elu(k) + 1.
    y = torch.matmul(q, torch.matmul(torch.transpose(k, 2, 3), v))
    y = y / torch.sum(q * torch.sum(k, [2], True), [3], True)
    x = x + torch.linear(torch.flatten(torch.transpose(y, 1, 2), 2), w[4], w[5])
    y = torch.layer_norm(x, [d], w[6], w[7], 1e-8)
    return x + torch.linear(torch.gelu(torch.linear(y, w[8], w[9])), w[10], w[11])
