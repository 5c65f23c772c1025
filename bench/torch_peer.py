"""PyTorch's side of the network benchmark. For development only; `./uniass bench --peer PYTHON` starts it.

    python bench/torch_peer.py yardstick|forward1|forward8|train8

Needs torch 2.7.1. It warms up, prints `ready`, then does the work once for each line that it reads and
prints wall and processor seconds; at the end it prints its peak memory.
"""

import os
import resource
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "2")

import torch
from torch import nn

from reference.model import UniAS

WARM_UP = 2


def work(name):
    if name == "yardstick":
        x, w = torch.randn(1, 256, 56, 56), torch.randn(256, 256, 3, 3)
        return lambda: nn.functional.conv2d(x, w, padding=1)
    model = UniAS()
    images = torch.randn(8 if name.endswith("8") else 1, 3, 224, 224)
    if name.startswith("forward"):
        model.eval()
        return lambda: model(images)
    model.train()
    parameters = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=1e-4, weight_decay=1e-4)

    def step():
        optimizer.zero_grad(set_to_none=True)
        model.loss(model(images)).backward()
        nn.utils.clip_grad_norm_(parameters, 0.1)
        optimizer.step()

    return step


def main():
    torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
    name = sys.argv[1]
    once = work(name)
    with torch.inference_mode(not name.startswith("train")):
        for _ in range(WARM_UP):
            once()
        print("ready", flush=True)
        for _ in sys.stdin:
            wall, processor = time.perf_counter(), time.process_time()
            once()
            print(time.perf_counter() - wall, time.process_time() - processor, flush=True)
    print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


if __name__ == "__main__":
    main()
