#!/usr/bin/env python3
"""Writes 1,000 maps with NumPy over a data set in the MVTec AD layout and compares `uniass score` with scikit-learn.

Needs numpy, Pillow and scikit-learn, and the distribution built. From the repository's root:

    python3 bench/score_peer.py FOLDER            # makes FOLDER, scores it, prints the largest differences
    python3 bench/score_peer.py FOLDER --make     # only makes it
"""
import argparse
import json
import os
import subprocess
import time

import numpy as np
from PIL import Image
from sklearn.metrics import average_precision_score, precision_recall_curve, roc_auc_score

SIDE = 224
CATEGORIES = ("bolt", "nut", "ring", "washer")
METRICS = "pixel-auroc,pixel-ap,pixel-f1-max,image-auroc,image-ap,image-f1-max,dice"


def save_image(path, array):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    Image.fromarray(array).save(path)


def make(folder):
    """The data set under data/, the maps under maps/; returns maps and masks by category."""
    rng = np.random.default_rng(11)
    gray = np.full((SIDE, SIDE, 3), 128, np.uint8)
    made = {}
    for category in CATEGORIES:
        save_image(f"{folder}/data/{category}/train/good/000.png", gray)
        maps, masks = [], []
        for i in range(250):
            defect = "good" if i < 80 else ("bent" if i < 160 else "hole")
            mask = np.zeros((SIDE, SIDE), np.uint8)
            score = (rng.random((SIDE, SIDE), dtype=np.float32) ** 2 * np.float32(0.7)).astype(np.float32)
            if defect != "good":
                y, x = rng.integers(0, SIDE - 30, 2)
                h, w = rng.integers(4, 30, 2)
                mask[y:y + h, x:x + w] = 255
                score[mask > 0] += np.float32(0.5) * rng.random(int((mask > 0).sum()), dtype=np.float32)
                save_image(f"{folder}/data/{category}/ground_truth/{defect}/{i:03d}_mask.png", mask)
            save_image(f"{folder}/data/{category}/test/{defect}/{i:03d}.png", gray)
            name = f"{folder}/maps/{category}/test/{defect}/{i:03d}.npy"
            os.makedirs(os.path.dirname(name), exist_ok=True)
            np.save(name, score)
            maps.append(score)
            masks.append(mask > 0)
        made[category] = np.stack(maps), np.stack(masks)
    return made


def f1_max(truth, scores):
    precision, recall, _ = precision_recall_curve(truth, scores)
    return np.max(2 * precision * recall / np.maximum(precision + recall, 1e-30))


def dice(maps, masks):
    precision, recall, thresholds = precision_recall_curve(masks.ravel(), maps.ravel())
    marked = maps >= thresholds[np.argmax(precision + recall)]
    both = (marked & masks).sum((1, 2))
    all_ = marked.sum((1, 2)) + masks.sum((1, 2))
    return np.where(all_ == 0, 1, 2 * both / np.maximum(all_, 1)).mean()


def peer(maps, masks):
    pixels, truth = maps.ravel(), masks.ravel()
    images, labels = maps.max((1, 2)), masks.any((1, 2))
    return {
        "pixel-auroc": roc_auc_score(truth, pixels),
        "pixel-ap": average_precision_score(truth, pixels),
        "pixel-f1-max": f1_max(truth, pixels),
        "image-auroc": roc_auc_score(labels, images),
        "image-ap": average_precision_score(labels, images),
        "image-f1-max": f1_max(labels, images),
        "dice": dice(maps, masks),
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--make", action="store_true")
    parser.add_argument("--launcher", default="./uniass")
    arguments = parser.parse_args()
    made = make(arguments.folder)
    start = time.perf_counter()
    expected = {category: peer(*arrays) for category, arrays in made.items()}
    print("scikit-learn: %.1f s without reading files" % (time.perf_counter() - start))
    with open(f"{arguments.folder}/expected.json", "w") as file:
        json.dump(expected, file, indent=1)
    if arguments.make:
        return
    start = time.perf_counter()
    out = f"{arguments.folder}/out"
    subprocess.run([arguments.launcher, "score", "--maps", f"{arguments.folder}/maps", "--dataset", "mvtec-ad",
                    "--root", f"{arguments.folder}/data", "--metrics", METRICS, "--out", out], check=True)
    print("uniass score: %.1f s, start and files included" % (time.perf_counter() - start))
    with open(f"{out}/metrics.json") as file:
        groups = json.load(file)["results"][0]["categories"]
    worst = max(abs(group["values"][name] - value)
                for group in groups for name, value in expected[group["category"]].items())
    print("largest difference %.1e over %d figures" % (worst, sum(map(len, expected.values()))))


if __name__ == "__main__":
    main()
