"""Does it learn? Changes one factor of a small training at a time. For development only.

    python bench/ablations.py UNIASS DATA=FOLDER ... [--seeds 1 2 3] [--epochs 8] > table.md

UNIASS is the launcher, each DATA=FOLDER a data set in the MVTec AD layout with a name for the table. Trains
and evaluates every factor at every seed in folders that are removed afterwards, and prints mean and spread
(half the range) of pixel-AP and pixel-AUROC over the seeds. A factor whose numbers exist in
--cache FILE is not computed again.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import tempfile

SMALL = {
    "dataset": {"reader": "mvtec-ad", "image-size": 64},
    "model": {
        "backbone": "efficientnet-lite0",
        "hidden": 64,
        "pixel-decoder": {"name": "transformer-fpn", "layers": 1, "ffn": 128},
        "attention": {"name": "spatial-channel", "ffn": 128, "neighbour-mask": 3},
    },
    "train": {
        "batch": 8,
        "learning-rate": 1.0e-3,
        "schedule": {"name": "cosine", "warm-up": 1},
        "validate-every": 0,
        "checkpoint-every": 1000,
    },
    "evaluate": {"metrics": ["pixel-ap", "pixel-auroc"]},
}

FACTORS = {
    "as above": [],
    "loss released": ["model.loss.cosine=released"],
    "gated-cnn identity": ["model.gated-cnn=identity"],
    "no jitter": ["model.jitter.probability=0"],
    "backbone random": ["model.backbone.weights=random"],
}


def run(uniass, data, seed, epochs, overrides):
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        experiment = scratch / "small.yaml"
        settings = json.loads(json.dumps(SMALL))
        settings["dataset"]["root"] = str(pathlib.Path(data).resolve())
        settings["train"].update(seed=seed, epochs=epochs)
        experiment.write_text(json.dumps(settings))
        sets = [word for override in overrides for word in ("--set", override)]
        out = scratch / "run"
        command = [uniass, "train", str(experiment), "--out", str(out), *sets]
        subprocess.run(command, check=True, capture_output=True, text=True)
        model = out / "model.safetensors"
        command = [uniass, "evaluate", str(experiment), "--model", str(model), "--json", *sets]
        result = subprocess.run(command, check=True, capture_output=True, text=True)
        return json.loads(result.stdout)["mean"]


def cell(values):
    return f"{statistics.mean(values):.3f} ± {(max(values) - min(values)) / 2:.3f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("uniass")
    parser.add_argument("data", nargs="+", metavar="DATA=FOLDER")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--cache", type=pathlib.Path)
    options = parser.parse_args()
    known = json.loads(options.cache.read_text()) if options.cache and options.cache.exists() else {}
    print("| data | factor | pixel-AP | pixel-AUROC |\n|---|---|---|---|", flush=True)
    for named in options.data:
        name, folder = named.split("=", 1)
        for factor, overrides in FACTORS.items():
            means = []
            for seed in options.seeds:
                key = f"{name} {factor} {seed} {options.epochs}"
                if key not in known:
                    known[key] = run(options.uniass, folder, seed, options.epochs, overrides)
                    if options.cache:
                        options.cache.write_text(json.dumps(known))
                means.append(known[key])
            row = [cell([m[metric] for m in means]) for metric in ("pixel-ap", "pixel-auroc")]
            print(f"| {name} | {factor} | {row[0]} | {row[1]} |", flush=True)


if __name__ == "__main__":
    main()
