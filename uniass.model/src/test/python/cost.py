"""Prints the multiply-accumulates that NetworkCostTest expects (development only; torch and timm).

    python cost.py

Counted by torch.utils.flop_counter (two operations per multiply-accumulate). Dinomaly is written from its description with
linear attention in the order that makes it linear: keys with values first. A memory bank is a backbone and the product of
the patches with the bank.
"""
import sys
from pathlib import Path

import timm
import torch
from torch import nn
from torch.nn import functional as F
from torch.utils.flop_counter import FlopCounterMode

sys.path.insert(0, str(Path(__file__).resolve().parents[4] / "bench"))
from reference.backbone import EfficientNet  # noqa: E402


def count(name, work, *inputs):
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        work(*inputs)
    print(f"{name}: {counter.get_total_flops() // 2:_}")


class LinearAttention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)

    def forward(self, x):
        q, k, v = (p.unflatten(2, (self.heads, -1)).transpose(1, 2) for p in self.qkv(x).chunk(3, 2))
        q, k = F.elu(q) + 1, F.elu(k) + 1
        y = q @ (k.transpose(2, 3) @ v) / (q * k.sum(2, keepdim=True)).sum(3, keepdim=True)
        return self.proj(y.transpose(1, 2).flatten(2))


def perceptron(width):
    return nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))


class Dinomaly(nn.Module):
    """Vision transformer up to its last level, bottleneck, one block of the decoder per level."""

    def __init__(self, encoder, levels, width=384, heads=6):
        super().__init__()
        self.encoder, self.levels = encoder, levels
        self.bottleneck = perceptron(width)
        self.blocks = nn.ModuleList(nn.ModuleList([LinearAttention(width, heads), perceptron(width)]) for _ in range(levels))

    def forward(self, images):
        levels = self.encoder.forward_intermediates(
            images, indices=self.levels, intermediates_only=True, output_fmt="NLC", stop_early=True)
        x = self.bottleneck(torch.stack(levels).mean(0))
        for attention, mlp in self.blocks:
            x = x + attention(x)
            x = x + mlp(x)
        return x


def bank(images, backbone, levels, size):
    features = backbone(images)
    wanted = [features[level - 1] for level in levels]
    side = wanted[0].shape[2:]
    patches = torch.cat([F.interpolate(F.avg_pool2d(x, 3, 1, 1), side) for x in wanted], 1)
    queries = patches.permute(0, 2, 3, 1).flatten(0, 2)
    return torch.addmm(torch.zeros(size), queries, torch.zeros(queries.shape[1], size))


timm.layers.set_fused_attn(False)  # the counter does not know the fused one of CPUs
vit = timm.create_model("vit_small_patch14_dinov2", img_size=224).eval()
vit.blocks = vit.blocks[:2]
count("dinomaly, DINOv2 S/14 of two blocks, 224 px", Dinomaly(vit, 2), torch.zeros(1, 3, 224, 224))
lite0 = EfficientNet("efficientnet-lite0").eval()
count("EfficientNet Lite0 up to its last level, 224 px", lite0, torch.zeros(1, 3, 224, 224))
count("memory bank of 32, levels 3 and 4 of Lite0, 64 px", lambda x: bank(x, lite0, (3, 4), 32), torch.zeros(1, 3, 64, 64))
