#!/usr/bin/env python3
"""Writes the stored case that tells whether the rule sets resize as the tools do whose conventions they are.

A small data set in the MVTec AD layout whose masks have 64 x 50 pixels, maps of 23 x 29 (no whole-numbered ratio), and
scikit-learn's figures after torchvision (`anomalib`: a transform of tv_tensors.Mask), Pillow (`ader`) or PyTorch
(`mvtec`) brought maps and masks to one size. Needs numpy, Pillow, scikit-learn, torch and torchvision (written with
torch 2.7.1, torchvision 0.22.1, Pillow 13.0):

    python3 bench/rules_peer.py uniass.runner/src/test/resources/rules-peer.zip
"""
import io
import json
import sys
import zipfile

import numpy as np
import torch
from PIL import Image
from sklearn.metrics import average_precision_score, precision_recall_curve, roc_auc_score
from torchvision import tv_tensors
from torchvision.transforms import v2

MASK = (64, 50)
MAP = (23, 29)


def png(array):
    out = io.BytesIO()
    Image.fromarray(array).save(out, "png", optimize=True)
    return out.getvalue()


def npy(array):
    out = io.BytesIO()
    np.save(out, array)
    return out.getvalue()


def anomalib(score, mask):
    resized = v2.Resize(MAP, antialias=True)(tv_tensors.Mask(torch.from_numpy(mask)[None]))
    return score, resized.numpy()[0] > 0


def ader(score, mask):
    resized = Image.fromarray(mask).resize((MAP[1], MAP[0]), Image.BILINEAR)
    return score, np.asarray(resized, np.float32) / 255 > 0.5


def mvtec(score, mask):
    grown = torch.nn.functional.interpolate(torch.from_numpy(score)[None, None], MASK, mode="bilinear")
    return grown.numpy()[0, 0], mask > 0


def figures(pairs):
    pixels = np.concatenate([score.ravel() for score, _ in pairs])
    truth = np.concatenate([mask.ravel() for _, mask in pairs])
    precision, recall, _ = precision_recall_curve(truth, pixels)
    return {
        "pixel-ap": average_precision_score(truth, pixels),
        "pixel-auroc": roc_auc_score(truth, pixels),
        "pixel-f1-max": np.max(2 * precision * recall / np.maximum(precision + recall, 1e-30)),
        "pixels": len(truth),
        "anomalous-pixels": int(truth.sum()),
    }


def main():
    rng = np.random.default_rng(5)
    expected = {"anomalib": {}, "ader": {}, "mvtec": {}}
    with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as out:
        def write(name, content):  # without a clock, so that the same script writes the same file
            out.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)

        gray = png(np.full(MASK + (3,), 128, np.uint8))
        for category in ("board", "wire"):
            write(f"data/{category}/train/good/000.png", gray)
            made = []
            for i in range(6):
                defect = "good" if i < 2 else "cut"
                mask = np.zeros(MASK, np.uint8)
                if defect == "cut":
                    for _ in range(2 if category == "board" else 5):
                        side = rng.integers(6, 20) if category == "board" else rng.integers(1, 4)
                        y, x = rng.integers(0, MASK[0] - side), rng.integers(0, MASK[1] - side)
                        mask[y:y + side, x:x + 2 * side] = 255
                    write(f"data/{category}/ground_truth/{defect}/{i:03d}_mask.png", png(mask))
                small = np.asarray(Image.fromarray(mask).resize((MAP[1], MAP[0]), Image.BILINEAR), np.float32)
                score = small / 255 * np.float32(0.6) + rng.random(MAP, np.float32) * np.float32(0.4)
                write(f"data/{category}/test/{defect}/{i:03d}.png", gray)
                write(f"maps/{category}/test/{defect}/{i:03d}.npy", npy(score))
                made.append((score, mask))
            for rules in (anomalib, ader, mvtec):
                expected[rules.__name__][category] = figures([rules(*one) for one in made])
        write("expected.json", json.dumps(expected, indent=1))
    print(json.dumps(expected, indent=1))


if __name__ == "__main__":
    main()
