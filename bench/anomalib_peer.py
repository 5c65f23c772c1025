#!/usr/bin/env python3
"""Writes the anomaly maps of anomalib's PatchCore or PaDiM with our Lite0 weights, for `uniass score`.

    pip install torch==2.7.1 timm==1.0.31 anomalib==2.7.0 safetensors
    python3 bench/anomalib_peer.py DATA MAPS [--model padim] [--seed 1] [--held-out 0.3] [--blocks 2,4]
    python3 bench/anomalib_peer.py DATA SMALL --only-data       # the test set as `uniass evaluate` sees it at 256 px
    ./uniass score --maps MAPS --dataset mvtec-ad --root SMALL --rules uniass

DATA is in the MVTec AD layout. PatchCore has one bank for all categories, PaDiM a model for each of them. With
`--held-out`, images are held back as `uniass train` does with that `calibrate.held-out` and `train.seed`. Images
have 256 px, mean and deviation of these weights (0.5), no center crop. Layers: timm's blocks 1, 2, 4 of Lite0 have strides 4, 8, 16.
`--check MODEL` of `train fast` says how far the patches in that model are from those made here, which shows whether
weights, images and split are the same; it wants `--blocks 1,2,4`.
"""
import argparse
import pathlib
import time

import numpy as np
import torch
from anomalib.models.components import KCenterGreedy
from anomalib.models.image.padim.torch_model import PadimModel
from anomalib.models.image.patchcore.torch_model import PatchcoreModel
from PIL import Image
from safetensors.torch import load_file

WEIGHTS = "uniass.weights.lite0/src/main/resources/uniass/weights/lite0/efficientnet-lite0.safetensors"
BLOCKS = [(0, 0), (1, 0), (1, 1), (2, 0), (2, 1), (3, 0), (3, 1), (3, 2), (4, 0), (4, 1), (4, 2)]
FIRST = {"_depthwise_conv": "conv_dw", "_bn1": "bn1", "_project_conv": "conv_pw", "_bn2": "bn2"}
OTHERS = {
    "_expand_conv": "conv_pw", "_bn0": "bn1", "_depthwise_conv": "conv_dw", "_bn1": "bn2",
    "_project_conv": "conv_pwl", "_bn2": "bn3",
}
BITS = (1 << 64) - 1
SIZE = 256


def load_weights(extractor, file):
    """Gives timm's Lite0 the weights that travel with the product, under timm's names."""
    named = {}
    for key, value in load_file(file).items():
        if not key.startswith("_blocks."):
            named[key[1:].replace("bn0", "bn1")] = value
            continue
        _, number, part, rest = key.split(".", 3)
        stage, index = BLOCKS[int(number)]
        named[f"blocks.{stage}.{index}.{(OTHERS if int(number) else FIRST)[part]}.{rest}"] = value
    result = extractor.load_state_dict(named, strict=False)
    assert not result.unexpected_keys, result
    unset = [key for key in result.missing_keys if "num_batches" not in key]
    assert all(key.startswith(("blocks.5", "blocks.6", "conv_head", "bn2")) for key in unset), unset


def mix(value):
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & BITS
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & BITS
    return value ^ (value >> 31)


def shuffled(items, category, seed):
    """As Collections.shuffle does with uniass.tensor.Seeds.of(seed, category.hashCode())."""
    code = 0
    for letter in category:
        code = (31 * code + ord(letter)) & 0xFFFFFFFF
    code -= (code >> 31) << 32
    state = mix((seed * 0x9E3779B97F4A7C15 + code + 0x632BE59BD9B4E019) & BITS) ^ 0x5DEECE66D
    state &= (1 << 48) - 1

    def bits():
        nonlocal state
        state = (state * 0x5DEECE66D + 0xB) & ((1 << 48) - 1)
        return state >> 17

    def below(bound):
        drawn = bits()
        if bound & (bound - 1) == 0:
            return (bound * drawn) >> 31
        while drawn - drawn % bound + bound - 1 >= 1 << 31:
            drawn = bits()
        return drawn % bound

    items = list(items)
    for i in range(len(items), 1, -1):
        other = below(i)
        items[i - 1], items[other] = items[other], items[i - 1]
    return items


def read(file):
    image = Image.open(file).convert("RGB").resize((SIZE, SIZE), Image.BILINEAR)
    pixels = torch.from_numpy(np.asarray(image, np.float32) / 255).permute(2, 0, 1)
    return (pixels - 0.5) / 0.5  # as these weights were trained


def write_small(data, out):
    """Images and masks in the maps' size; masks by the nearest pixel, as in `evaluate`."""
    for file in [*data.glob("*/test/*/*"), *data.glob("*/ground_truth/*/*"), *data.glob("*/train/good/*")]:
        mode, way = ("L", Image.NEAREST) if "ground_truth" in file.parts else ("RGB", Image.BILINEAR)
        target = (out / file.relative_to(data)).with_suffix(".png")
        target.parent.mkdir(parents=True, exist_ok=True)
        Image.open(file).convert(mode).resize((SIZE, SIZE), way).save(target)


def batches(files, count=8):
    for i in range(0, len(files), count):
        yield files[i : i + count], torch.stack([read(file) for file in files[i : i + count]])


class QuickCenters(KCenterGreedy):
    """The same greedy choice; distances by a matrix product, since 4,000 rounds of the original take long."""

    def update_distances(self, cluster_center):
        if getattr(self, "norms", None) is None:
            self.norms = (self.features * self.features).sum(1)
        center = self.features[cluster_center].squeeze()
        squares = torch.addmv(self.norms + center @ center, self.features, center, alpha=-2)
        distances = squares.clamp_min_(0).sqrt_()[:, None]
        self.min_distances = (
            distances if self.min_distances is None else torch.minimum(self.min_distances, distances)
        )


def fit_bank(model, size, original):
    patches = torch.vstack(model.embedding_store)
    model.embedding_store.clear()
    chooser = (KCenterGreedy if original else QuickCenters)(patches, (size + 0.5) / len(patches))
    model.memory_bank = chooser.sample_coreset()
    return len(patches)


def check(model, training, file):
    known = load_file(file)["memory_bank.patches"]
    patches = torch.vstack([model(images) for _, images in batches(training)])
    model.embedding_store.clear()
    nearest = torch.cat([torch.cdist(rows, patches).min(1).values for rows in known.split(200)])
    print(f"{len(known)} patches, norm {known.norm(dim=1).mean():.2f}; to the nearest of {len(patches)}:"
          f" mean {nearest.mean():.2g}, largest {nearest.max():.2g}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("maps", type=pathlib.Path)
    parser.add_argument("--weights", default=WEIGHTS)
    parser.add_argument("--model", choices=["patchcore", "padim"], default="patchcore")
    parser.add_argument("--blocks", default="2,4")
    parser.add_argument("--size", type=int, default=4000)
    parser.add_argument("--features", type=int, default=100, help="of PaDiM")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--held-out", type=float, default=0)
    parser.add_argument("--original", action="store_true", help="anomalib's own loop")
    parser.add_argument("--only-data", action="store_true", help="writes the test set at 256 px instead")
    parser.add_argument("--check", help="a model of `train fast`")
    options = parser.parse_args()
    if options.only_data:
        write_small(options.data, options.maps)
        return

    torch.manual_seed(options.seed)
    np.random.seed(options.seed)
    layers = [f"blocks.{number}" for number in options.blocks.split(",")]
    training, test = {}, {}
    for category in sorted(path.name for path in options.data.iterdir() if path.is_dir()):
        files = sorted((options.data / category / "train" / "good").iterdir())
        held = int(len(files) * options.held_out + 0.5) if len(files) >= 20 else 0
        training[category] = sorted(shuffled(files, category, options.seed)[held:])
        test[category] = sorted((options.data / category / "test").glob("*/*"))
    if options.model == "patchcore":
        groups = [list(training)]
    else:
        groups = [[category] for category in training]
    start, scores = time.time(), []
    for group in groups:
        if options.model == "patchcore":
            model = PatchcoreModel(layers, "tf_efficientnet_lite0", pre_trained=False)
        else:
            model = PadimModel("tf_efficientnet_lite0", layers, pre_trained=False, n_features=options.features)
        load_weights(model.feature_extractor.feature_extractor, options.weights)
        files = [file for category in group for file in training[category]]
        with torch.no_grad():
            model.train()
            if options.check:
                check(model, files, options.check)
                return
            for _, images in batches(files):
                model(images)
            if options.model == "patchcore":
                patches = fit_bank(model, options.size, options.original)
                print(f"{len(model.memory_bank)} of {patches} patches of {len(files)} images, {time.time() - start:.0f} s")
            else:
                model.fit()
            model.eval()
            for part, images in batches([file for category in group for file in test[category]]):
                result = model(images)
                for file, found, score in zip(part, result.anomaly_map, result.pred_score):
                    target = (options.maps / file.relative_to(options.data)).with_suffix(".npy")
                    target.parent.mkdir(parents=True, exist_ok=True)
                    np.save(target, found.squeeze().numpy().astype(np.float32))
                    scores.append(f"{file.relative_to(options.data)},{score.item()}")
    (options.maps / "scores.csv").write_text("\n".join(scores) + "\n")
    print(f"{time.time() - start:.0f} s in all")


if __name__ == "__main__":
    main()
