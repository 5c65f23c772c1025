#!/usr/bin/env python3
"""Times scikit-learn and the usual loop over 200 thresholds against uniass.metrics, on the same data.

Needs numpy, scikit-learn and scikit-image. From the repository's root:

    mvn -q -B -pl bench -am process-classes
    python3 bench/metrics_peer.py [--skip-loop] [--classpath "$(cat bench/target/classpath)"]

Wall-clock time and processor time (all threads) in seconds; on a busy machine the latter tells more.
"""
import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time

import numpy as np
from skimage import measure
from sklearn.metrics import average_precision_score, precision_recall_curve, roc_auc_score

SIDE = 224
HERE = os.path.dirname(os.path.abspath(__file__))


def draw(n, seed):
    """Smooth-ish maps; two of three images carry two anomalous rectangles that score higher."""
    rng = np.random.default_rng(seed)
    maps = (rng.random((n, SIDE, SIDE), dtype=np.float32) ** 2 * np.float32(0.7)).astype(np.float32)
    masks = np.zeros((n, SIDE, SIDE), np.uint8)
    for i in range(n):
        if i % 3:
            for _ in range(2):
                y, x = rng.integers(0, SIDE - 24, 2)
                h, w = rng.integers(4, 24, 2)
                masks[i, y:y + h, x:x + w] = 1
            inside = masks[i] > 0
            maps[i][inside] += np.float32(0.6) * rng.random(int(inside.sum()), dtype=np.float32)
    return maps, masks


def timed(work):
    wall, cpu = time.perf_counter(), time.process_time()
    value = work()
    return value, time.perf_counter() - wall, time.process_time() - cpu


def sklearn_three(maps, masks):
    truth, scores = masks.ravel(), maps.ravel()
    auroc = roc_auc_score(truth, scores)
    ap = average_precision_score(truth, scores)
    precision, recall, _ = precision_recall_curve(truth, scores)
    f1 = np.max(2 * precision * recall / np.maximum(precision + recall, 1e-30))
    return auroc, ap, f1


def usual_loop(maps, masks, steps=200, limit=0.3):
    """Overlap per region at equally spaced thresholds, up to a false positive rate, rescaled."""
    low, high = float(maps.min()), float(maps.max())
    normal = int((masks == 0).sum())
    rates, overlaps = [], []
    for t in np.arange(low, high, (high - low) / steps):
        marked = maps > t
        shares = []
        for one, truth in zip(marked, masks):
            for region in measure.regionprops(measure.label(truth)):
                rows, columns = region.coords.T
                shares.append(one[rows, columns].sum() / region.area)
        overlaps.append(np.mean(shares))
        rates.append(int((marked & (masks == 0)).sum()) / normal)
    rates, overlaps = np.array(rates), np.array(overlaps)
    kept = rates < limit
    x, y = rates[kept], overlaps[kept]
    x = x / x.max()
    order = np.argsort(x)
    return float(np.trapezoid(y[order], x[order]))


def ours(maps, masks, classpath, runs):
    with tempfile.TemporaryDirectory() as folder:
        names = [os.path.join(folder, n) for n in ("maps.npy", "masks.npy")]
        np.save(names[0], maps)
        np.save(names[1], masks)
        command = ["java", "-Xmx3g", "-cp", classpath, "uniass.bench.MetricsBench", "file", *names, str(runs)]
        lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return [dict(zip(lines[0].split(","), line.split(","))) for line in lines[1:]]


def best(rows, metrics, skip_first):
    """The first evaluation in a fresh Java machine, and the fastest of the later ones."""
    rows = [r for r in rows if r["metrics"] == metrics][1 if skip_first else 0:]
    return min(rows, key=lambda r: float(r["seconds"])) if skip_first else rows[0]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--classpath", default=None)
    parser.add_argument("--skip-loop", action="store_true")
    parser.add_argument("--runs", type=int, default=6)
    arguments = parser.parse_args()
    classpath = arguments.classpath or open(os.path.join(HERE, "target", "classpath")).read().strip()
    classpath = os.path.join(HERE, "target", "classes") + os.pathsep + classpath
    print("load average %.1f on %d processors" % (os.getloadavg()[0], os.cpu_count()))
    print("| data | what | who | wall s | cpu s | figures |")
    print("|---|---|---|---|---|---|")

    maps, masks = draw(200, 1)
    data = "200 maps, %.3g px" % maps.size
    (auroc, ap, f1), wall, cpu = timed(lambda: sklearn_three(maps, masks))
    print(f"| {data} | AUROC + AP + F1-max | scikit-learn | {wall:.3f} | {cpu:.3f} | {auroc!r} {ap!r} {f1!r} |")
    rows = ours(maps, masks, classpath, arguments.runs)
    for later in (False, True):
        row = best(rows, "auroc+ap+f1max", later)
        who = "ours, " + ("warm" if later else "first call")
        print(f"| {data} | AUROC + AP + F1-max | {who} | {row['seconds']} | {row['cpu']} |"
              f" {row['pixel-auroc']} {row['pixel-ap']} {row['pixel-f1-max']} |")
        print(f"|  | ratio | {who} | {wall / float(row['seconds']):.1f} x | {cpu / float(row['cpu']):.1f} x |"
              f" largest difference {max(abs(float(row[k]) - v) for k, v in (('pixel-auroc', auroc), ('pixel-ap', ap), ('pixel-f1-max', f1))):.1e} |")
    sys.stdout.flush()

    maps, masks = draw(1000, 2)
    data = "1000 maps of 224 x 224"
    rows = ours(maps, masks, classpath, arguments.runs)
    for later in (False, True):
        row = best(rows, "aupro", later)
        who = "ours, exact, " + ("warm" if later else "first call")
        print(f"| {data} | AUPRO 0.3 | {who} | {row['seconds']} | {row['cpu']} | {row['aupro']} |")
    sys.stdout.flush()
    if not arguments.skip_loop:
        value, wall, cpu = timed(lambda: usual_loop(maps, masks))
        print(f"| {data} | AUPRO 0.3 | loop over 200 thresholds | {wall:.1f} | {cpu:.1f} | {value!r} |")
        for later in (False, True):
            row = best(rows, "aupro", later)
            print(f"|  | ratio | ours, {'warm' if later else 'first call'} | {wall / float(row['seconds']):.0f} x |"
                  f" {cpu / float(row['cpu']):.0f} x | the loop is off by {abs(value - float(row['aupro'])):.1e} |")
    print("peak memory of Python %.0f MiB" % (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


if __name__ == "__main__":
    main()
