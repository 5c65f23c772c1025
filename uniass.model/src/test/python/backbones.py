"""Makes src/test/resources/backbones/{resnet*,wide-*,dinov*}.json.gz (development only; torch, torchvision, timm).

    python backbones.py ../resources/backbones

ResNets are torchvision's, vision transformers timm's (small ones of both families), all with the deterministic weights
of bench/reference/fill.py. A level is stored as sums and 64 of its values; noise is the largest difference between
single and double precision.
"""
import gzip, json, sys
from pathlib import Path

import numpy as np
import timm
import torch
import torchvision
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).resolve().parents[4] / "bench"))
from reference.fill import fill_input, fill_value  # noqa: E402

out = Path(sys.argv[1])


def summary(single, double):
    flat = double.flatten().numpy()
    index = np.unique(np.linspace(0, flat.size - 1, 64).astype(int))
    return {
        "shape": list(double.shape), "mean": float(flat.mean()), "std": float(flat.std()),
        "abs_sum": float(np.abs(flat).sum()), "index": index.tolist(), "value": [float(v) for v in flat[index]],
        "noise": float((single.double() - double).abs().max()),
    }


def store(name, entries, runs):
    text = json.dumps({"name": name, "entries": entries, "runs": runs})
    with gzip.GzipFile(out / (name + ".json.gz"), "wb", mtime=0) as file:
        file.write(text.encode())
    print(name, [level["noise"] / level["std"] for run in runs for level in run["levels"]])


def run(forward, shape):
    x = fill_input(shape)
    with torch.no_grad():
        pairs = zip(forward(x, torch.float32), forward(x.double(), torch.float64))
        return {"input": list(shape), "levels": [summary(a, b) for a, b in pairs]}


def resnet(name, model):
    model.eval()
    kept = {k: v for k, v in model.state_dict().items() if not k.startswith(("layer4", "fc"))}
    values = {k: torch.from_numpy(np.ascontiguousarray(fill_value("backbone." + k, v.shape))) for k, v in kept.items()}
    model.load_state_dict(values, strict=False)

    def forward(x, dtype):
        m = model.to(dtype)
        levels = [F.relu(m.bn1(m.conv1(x)))]
        y = m.maxpool(levels[0])
        for stage in (m.layer1, m.layer2, m.layer3):
            y = stage(y)
            levels.append(y)
        return levels

    store(name, [["backbone." + k, list(v.shape)] for k, v in kept.items()], [run(forward, (2, 3, 64, 96))])


def positions(codes, grid, registers):
    """DINOv2's own way to another grid (codes without the class token's)."""
    side = int(codes.shape[1] ** 0.5)
    if grid == (side, side):
        return codes
    image = codes.float().reshape(1, side, side, -1).permute(0, 3, 1, 2).to(codes.dtype)
    if registers:
        image = F.interpolate(image, size=grid, mode="bicubic", antialias=True)
    else:
        scale = tuple((g + 0.1) / side for g in grid)
        image = F.interpolate(image, scale_factor=scale, mode="bicubic", antialias=False)
    return image.permute(0, 2, 3, 1).reshape(1, -1, codes.shape[2])


WIDTH, DEPTH, HEADS = 48, 4, 3


def shapes(family, registers):
    names = {"cls_token": (1, 1, WIDTH)}
    if family == 2:
        names["pos_embed"] = (1, 1 + 37 * 37, WIDTH)
    if registers:
        names["register_tokens"] = (1, 4, WIDTH)
    patch = 14 if family == 2 else 16
    names["patch_embed.proj.weight"] = (WIDTH, 3, patch, patch)
    names["patch_embed.proj.bias"] = (WIDTH,)
    for b in range(DEPTH):
        block = {
            "norm1.weight": (WIDTH,), "norm1.bias": (WIDTH,), "attn.qkv.weight": (3 * WIDTH, WIDTH),
            "attn.qkv.bias": (3 * WIDTH,), "attn.proj.weight": (WIDTH, WIDTH), "attn.proj.bias": (WIDTH,),
            "ls1.gamma": (WIDTH,), "norm2.weight": (WIDTH,), "norm2.bias": (WIDTH,),
            "mlp.fc1.weight": (4 * WIDTH, WIDTH), "mlp.fc1.bias": (4 * WIDTH,),
            "mlp.fc2.weight": (WIDTH, 4 * WIDTH), "mlp.fc2.bias": (WIDTH,), "ls2.gamma": (WIDTH,),
        }
        names.update({f"blocks.{b}.{k}": v for k, v in block.items()})
    names.update({"norm.weight": (WIDTH,), "norm.bias": (WIDTH,)})
    return names


def transformer(name, family, registers, size):
    names = shapes(family, registers)
    values = {k: torch.from_numpy(np.ascontiguousarray(fill_value("backbone." + k, s))) for k, s in names.items()}
    patch = 14 if family == 2 else 16
    grid = (size[0] // patch, size[1] // patch)
    state = dict(values)
    if family == 2:
        model = timm.models.vision_transformer.VisionTransformer(
            img_size=size, patch_size=patch, embed_dim=WIDTH, depth=DEPTH, num_heads=HEADS, init_values=1.0,
            num_classes=0, reg_tokens=4 if registers else 0, no_embed_class=True, class_token=True)
        codes = state.pop("pos_embed")
        state["cls_token"] = state["cls_token"] + codes[:, :1]
        state["pos_embed"] = positions(codes[:, 1:], grid, registers)
        if registers:
            state["reg_token"] = state.pop("register_tokens")
    else:
        model = timm.create_model(
            "vit_small_patch16_dinov3_qkvb", pretrained=False, num_classes=0, img_size=size, embed_dim=WIDTH,
            depth=DEPTH, num_heads=HEADS)
        state["reg_token"] = state.pop("register_tokens")
        for b in range(DEPTH):
            state[f"blocks.{b}.gamma_1"] = state.pop(f"blocks.{b}.ls1.gamma")
            state[f"blocks.{b}.gamma_2"] = state.pop(f"blocks.{b}.ls2.gamma")
            bias = state.pop(f"blocks.{b}.attn.qkv.bias")
            state[f"blocks.{b}.attn.q_bias"], _, state[f"blocks.{b}.attn.v_bias"] = bias.chunk(3)  # keys have none
    missing, unexpected = model.load_state_dict(state, strict=False)
    assert not unexpected and not missing, (missing, unexpected)
    model.eval()

    def forward(x, dtype):
        m = model.to(dtype)
        return m.forward_intermediates(
            x, indices=[0, 1, 2, 3], norm=True, intermediates_only=True, output_fmt="NCHW")

    entries = [["backbone." + k, list(s)] for k, s in names.items()]
    store(name, entries, [run(forward, (2, 3, *size))])


resnet("resnet18", torchvision.models.resnet18(weights=None))
resnet("resnet50", torchvision.models.resnet50(weights=None))
resnet("wide-resnet50", torchvision.models.wide_resnet50_2(weights=None))
transformer("dinov2", 2, False, (56, 84))
transformer("dinov2-registers", 2, True, (56, 84))
transformer("dinov3", 3, True, (64, 96))
