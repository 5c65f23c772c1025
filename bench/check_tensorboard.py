"""Opens a run in a real TensorBoard and holds what it shows against history.csv.

    python bench/check_tensorboard.py runs/demo        (needs: pip install tensorboard)

Exits with 0 if every figure of every epoch is there, with 1 and the differences otherwise.
"""

import csv
import json
import math
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

from tensorboard import program

NAMES = {"learning-rate": "rate"}
TRAIN = {"loss", "learning-rate", "gradient-norm", "skipped-batches"}


def tag(column):
    if column in TRAIN:
        return "train/" + NAMES.get(column, column)
    return "validation/" + column.removeprefix("test-")


def expected(history):
    """Figures by tag and epoch."""
    tags = {}
    with open(history, newline="") as file:
        for row in csv.DictReader(file):
            for column, value in row.items():
                if column not in ("epoch", "step") and value:
                    tags.setdefault(tag(column), {})[int(row["epoch"])] = float(value)
    return tags


def get(url, **query):
    with urllib.request.urlopen(url + "?" + urllib.parse.urlencode(query)) as answer:
        return json.load(answer)


def shown(base, wait=60):
    """What TensorBoard serves to its pages, once it has loaded the run."""
    end = time.monotonic() + wait
    while time.monotonic() < end:
        runs = get(base + "data/plugin/scalars/tags")
        if any(runs.values()):
            break
        time.sleep(0.5)
    else:
        raise SystemExit("TensorBoard found no run")
    return {
        name: {
            step: value
            for _, step, value in get(base + "data/plugin/scalars/scalars", run=run, tag=name)
        }
        for run, names in runs.items()
        for name in names
    }


def main(run):
    server = program.TensorBoard()
    server.configure(
        argv=["tensorboard", "--logdir", str(run), "--port", "0", "--samples_per_plugin", "scalars=1000000"]
    )
    there = shown(server.launch().rstrip("/") + "/")
    wanted = expected(run / "history.csv")
    wrong = [
        f"{name}, epoch {step}: {value} in history.csv, {there.get(name, {}).get(step)} in TensorBoard"
        for name, steps in wanted.items()
        for step, value in steps.items()
        if not close(value, there.get(name, {}).get(step))
    ]
    count = sum(len(steps) for steps in wanted.values())
    print(f"{len(wanted)} tags, {count} figures, {len(wrong)} differ")
    print("\n".join(wrong))
    return 1 if wrong else 0


def close(value, other):
    """TensorBoard's files hold float32."""
    try:
        other = float(other)
    except (TypeError, ValueError):
        return False
    return math.isclose(value, other, rel_tol=1e-6) or math.isnan(value) and math.isnan(other)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    sys.exit(main(Path(sys.argv[1])))
