"""Reads a model file of ours with the safetensors package, as a PyTorch program does.

usage: python bench/safetensors_peer.py MODEL.safetensors [--pth CHECKPOINT]
needs: torch, safetensors. Development only.

Without --pth: every tensor loads, and names and shapes are the released network's (the list that the
unit tests use, without what nothing computes with). With --pth: also every value equals the one in
the PyTorch checkpoint that the file was converted from.
"""
import argparse
import gzip
import json
import os
import re
import sys

import torch
from safetensors import safe_open

UNUSED = re.compile(r"backbone\.(_blocks\.(2[2-9]|3.)\.|_conv_head|_bn1|_fc)|.*num_batches_tracked$")
KEYS = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                    "..", "uniass.model", "src", "test", "resources", "keys", "default.json.gz")

parser = argparse.ArgumentParser()
parser.add_argument("model")
parser.add_argument("--pth")
arguments = parser.parse_args()

with safe_open(arguments.model, framework="pt") as file:
    metadata = file.metadata()
    tensors = {name: file.get_tensor(name) for name in file.keys()}
print(f"{len(tensors)} tensors, {sum(t.numel() for t in tensors.values()) / 1e6:.1f} M values, metadata {sorted(metadata)}")

problems = []
if arguments.pth:
    state = torch.load(arguments.pth, map_location="cpu", weights_only=True)
    state = state.get("state_dict", state)
    state = {re.sub(r"^module\.", "", name): value for name, value in state.items()}
    expected = {name: value for name, value in state.items() if not UNUSED.match(name)}
    problems += [f"{name} differs" for name in expected.keys() & tensors.keys()
                 if not torch.equal(expected[name], tensors[name])]
    shapes = {name: list(value.shape) for name, value in expected.items()}
else:
    shapes = {name: shape for name, shape, *_ in json.load(gzip.open(KEYS)) if not UNUSED.match(name)}
problems += [f"{name} is missing" for name in shapes.keys() - tensors.keys()]
problems += [f"{name} is left over" for name in tensors.keys() - shapes.keys()]
problems += [f"{name} has shape {list(tensors[name].shape)}, not {shape}" for name, shape in shapes.items()
             if name in tensors and list(tensors[name].shape) != shape]
print("\n".join(sorted(problems)) or f"all {len(shapes)} agree")
sys.exit(1 if problems else 0)
