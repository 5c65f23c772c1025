"""Makes a data set from real photographs, in the MVTec AD layout. For development only.

    pip install scikit-image pillow
    python bench/photographs.py OUT [--seed 1] [--size 96] [--train 60] [--test 40]

Takes photographs of surfaces that ship inside scikit-image (brick, grass, gravel; see its
data/README for their license), cuts training tiles from the upper 60 % and test tiles from the
lower 40 %, so that no pixel is in both, and adds defects drawn by code, whose masks are exact: a
scratch, a stain, a patch of another surface, a smooth spot.
"""

import argparse
import pathlib

import numpy as np
from PIL import Image, ImageDraw, ImageFilter
from skimage import data

SURFACES = {"brick": data.brick, "grass": data.grass, "gravel": data.gravel}
DEFECTS = ("scratch", "stain", "foreign", "smooth")


def tile(photo, rng, size, split):
    """A square of 1.5 to 2 times the size, brought to the size, with another exposure each time."""
    height, width = photo.shape
    border = int(height * 0.6)
    low, high = (0, border) if split == "train" else (border, height)
    side = min(int(size * rng.uniform(1.5, 2)), high - low)
    top = rng.integers(low, high - side + 1)
    left = rng.integers(0, width - side + 1)
    square = Image.fromarray(photo[top : top + side, left : left + side])
    pixels = np.asarray(square.resize((size, size), Image.BICUBIC), dtype=np.float64)
    return np.clip(pixels * rng.uniform(0.85, 1.12) + rng.normal(0, 2, pixels.shape), 0, 255)


def blob(rng, size, radius):
    """A ragged disc as a boolean array."""
    noise = Image.fromarray(rng.normal(128, 60, (size, size)).clip(0, 255).astype(np.uint8))
    ragged = np.asarray(noise.filter(ImageFilter.GaussianBlur(size / 20)), dtype=np.float64)
    ragged = (ragged - ragged.mean()) / (ragged.std() + 1e-9)
    y, x = np.mgrid[:size, :size]
    cy, cx = rng.uniform(0.2 * size, 0.8 * size, 2)
    return np.hypot(y - cy, x - cx) < radius * (1 + 0.25 * ragged)


def line(rng, size):
    image = Image.new("L", (size, size))
    at = rng.uniform(0.15 * size, 0.85 * size, 2)
    heading = rng.uniform(0, 2 * np.pi)
    points = [tuple(at)]
    for _ in range(5):
        heading += rng.normal(0, 0.25)
        at = at + rng.uniform(0.05, 0.12) * size * np.array([np.cos(heading), np.sin(heading)])
        points.append(tuple(at))
    ImageDraw.Draw(image).line(points, fill=255, width=int(rng.integers(1, 4)))
    return np.asarray(image) > 0


def spoil(pixels, defect, rng, others):
    size = pixels.shape[0]
    radius = size * np.exp(rng.uniform(np.log(0.05), np.log(0.16)))
    mask = line(rng, size) if defect == "scratch" else blob(rng, size, radius)
    if not mask.any():
        return spoil(pixels, defect, rng, others)
    spoilt = pixels.copy()
    if defect == "scratch":
        spoilt[mask] = rng.choice([25, 235])
    elif defect == "stain":
        spoilt[mask] *= rng.uniform(0.35, 0.6)
    elif defect == "foreign":
        spoilt[mask] = others[rng.integers(len(others))][mask]
    else:
        smooth = Image.fromarray(pixels.astype(np.uint8)).filter(ImageFilter.GaussianBlur(4))
        spoilt[mask] = np.asarray(smooth, dtype=np.float64)[mask]
    return spoilt, mask


def save(pixels, *parts):
    file = pathlib.Path(*parts)
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.clip(np.round(pixels), 0, 255).astype(np.uint8)).save(file)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=96)
    parser.add_argument("--train", type=int, default=60)
    parser.add_argument("--test", type=int, default=40)
    options = parser.parse_args()
    photos = {name: load() for name, load in SURFACES.items()}
    for index, (name, photo) in enumerate(photos.items()):
        rng = np.random.default_rng([options.seed, index])
        for i in range(options.train):
            pixels = tile(photo, rng, options.size, "train")
            save(pixels, options.out, name, "train", "good", f"{i:03d}.png")
        good = options.test // 3
        for i in range(good):
            pixels = tile(photo, rng, options.size, "test")
            save(pixels, options.out, name, "test", "good", f"{i:03d}.png")
        for i in range(options.test - good):
            defect = DEFECTS[i % len(DEFECTS)]
            number = f"{i // len(DEFECTS):03d}"
            others = [tile(p, rng, options.size, "test") for n, p in photos.items() if n != name]
            pixels, mask = spoil(tile(photo, rng, options.size, "test"), defect, rng, others)
            save(pixels, options.out, name, "test", defect, f"{number}.png")
            save(mask * 255.0, options.out, name, "ground_truth", defect, f"{number}_mask.png")


if __name__ == "__main__":
    main()
