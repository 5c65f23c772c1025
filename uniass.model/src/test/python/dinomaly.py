"""Makes src/test/resources/dinomaly/parity.json.gz (development only; torch).

    python dinomaly.py ../resources/dinomaly

A small decoder, written from the description in the paper with PyTorch's modules, with the deterministic weights of
bench/reference/fill.py; levels are deterministic, too. Gradients at easy cells are scaled by a hook. Everything in
double precision; noise is the largest difference of single precision.
"""
import gzip, json, sys
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).resolve().parents[4] / "bench"))
from reference.fill import fill_input, fill_module  # noqa: E402

WIDTH, HEADS, DEPTH, GROUPS, GRID, BATCH = 32, 2, 4, 2, (4, 6), 2
EASY, EASY_GRADIENT = 0.75, 0.1


class Perceptron(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(WIDTH, 4 * WIDTH)
        self.fc2 = nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, x):
        return self.fc2(F.gelu(self.fc1(x)))


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.proj = nn.Linear(WIDTH, WIDTH)

    def forward(self, x):
        q, k, v = (p.unflatten(2, (HEADS, -1)) for p in self.qkv(x).chunk(3, 2))
        weights = torch.einsum("nqhd,nkhd->nhqk", F.elu(q) + 1, F.elu(k) + 1)  # all pairs: slow and plain
        weights = weights / weights.sum(3, keepdim=True)
        return self.proj(torch.einsum("nhqk,nkhd->nqhd", weights, v).flatten(2))


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-8)
        self.attn = Attention()
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-8)
        self.mlp = Perceptron()

    def forward(self, x):
        x = x + self.attn(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class Decoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.bottleneck = nn.ModuleList([Perceptron()])
        self.decoder = nn.ModuleList([Block() for _ in range(DEPTH)])

    def forward(self, levels):
        tokens = [f.flatten(2).transpose(1, 2) for f in levels]
        x = self.bottleneck[0](torch.stack(tokens).mean(0))
        outputs = []
        for block in self.decoder:
            x = block(x)
            outputs.append(x)
        outputs.reverse()
        size = DEPTH // GROUPS
        groups = [slice(g * size, (g + 1) * size) for g in range(GROUPS)]
        targets = [torch.stack(levels[g]).mean(0) for g in groups]
        found = [torch.stack(outputs[g]).mean(0).transpose(1, 2).unflatten(2, GRID).contiguous() for g in groups]
        return targets, found


def hard_mining(targets, found):
    total = 0
    for a, b in zip(targets, found):
        distance = 1 - F.cosine_similarity(a, b.detach(), 1)
        hardest = distance.flatten().topk(int(distance.numel() * (1 - EASY)))[0][-1]
        factor = torch.where(distance < hardest, EASY_GRADIENT, 1.0).unsqueeze(1)
        b.register_hook(lambda gradient, factor=factor: gradient * factor.to(gradient.dtype))
        total = total + (1 - F.cosine_similarity(a.flatten(1), b.flatten(1), 1)).mean()
    return total / len(targets)


def run(dtype):
    model = fill_module(Decoder()).to(dtype)
    levels = [fill_input((BATCH, WIDTH, *GRID), f"level{k}").to(dtype) for k in range(DEPTH)]
    targets, found = model(levels)
    loss = hard_mining(targets, found)
    loss.backward()
    distances = torch.stack([1 - F.cosine_similarity(a, b, 1) for a, b in zip(targets, found)])
    results = {"loss": loss.reshape(1), "distances": distances}
    results.update({f"reconstruction{g}": b for g, b in enumerate(found)})
    results.update({"gradient." + k: p.grad for k, p in model.named_parameters()})
    return {k: v.detach().double().flatten().numpy() for k, v in results.items()}


single, double = run(torch.float32), run(torch.float64)
stored = {}
for name, values in double.items():
    index = np.unique(np.linspace(0, values.size - 1, 24).astype(int))
    stored[name] = {
        "size": values.size, "std": float(values.std()), "sum": float(values.sum()), "index": index.tolist(),
        "value": values[index].tolist(), "noise": float(np.abs(single[name] - values).max()),
    }
    print(name, stored[name]["std"], stored[name]["noise"])
with gzip.GzipFile(Path(sys.argv[1]) / "parity.json.gz", "wb", mtime=0) as file:
    file.write(json.dumps(stored).encode())
