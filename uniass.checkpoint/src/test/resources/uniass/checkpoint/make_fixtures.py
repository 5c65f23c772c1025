"""Writes the PyTorch files of the tests beside this program; run once, with PyTorch 2.7.1.

training.pth, training-legacy.pth: a training checkpoint as scripts save it, in both forms
expected.json: the tensors in it, as type, shape and values
"""
import argparse
import json
import os
from collections import OrderedDict

import numpy
import torch

torch.manual_seed(1)
base = torch.arange(12, dtype=torch.float32) / 4
tensors = OrderedDict()
tensors["conv.weight"] = torch.nn.Parameter(base.reshape(3, 4).clone())
tensors["transposed"] = base.reshape(3, 4).t()
tensors["window"] = base[5:9]
tensors["every_third"] = base[1::3]
tensors["expanded"] = torch.tensor([[1.5], [-2.0]]).expand(2, 3)
tensors["same_as_window"] = tensors["window"]
tensors["scalar"] = torch.tensor(7, dtype=torch.int64)
tensors["empty"] = torch.zeros(0, 3)
tensors["double"] = torch.tensor([1 / 3, -1e300], dtype=torch.float64)
tensors["half"] = torch.tensor([1.5, -65504, 6e-8, float("inf")], dtype=torch.float16)
tensors["bfloat16"] = torch.tensor([3.140625, -1e38], dtype=torch.bfloat16)
tensors["int32"] = torch.tensor([-1, 2**31 - 1], dtype=torch.int32)
tensors["int16"] = torch.tensor([-300, 300], dtype=torch.int16)
tensors["int8"] = torch.tensor([-128, 127], dtype=torch.int8)
tensors["uint8"] = torch.tensor([0, 255], dtype=torch.uint8)
tensors["bool"] = torch.tensor([True, False])
tensors["strided_half"] = torch.arange(6, dtype=torch.float16).reshape(2, 3).t()

SAFE = {torch.float32: "F32", torch.float64: "F64", torch.float16: "F16", torch.bfloat16: "BF16",
        torch.int64: "I64", torch.int32: "I32", torch.int16: "I16", torch.int8: "I8",
        torch.uint8: "U8", torch.bool: "BOOL"}
expected = {name: {"type": SAFE[t.dtype], "shape": list(t.shape),
                   "values": [str(v) for v in t.detach().double().flatten().tolist()]}
            for name, t in tensors.items()}
with open("expected.json", "w") as out:
    json.dump(expected, out, indent=0)

layer = torch.nn.Linear(2, 2)
optimizer = torch.optim.AdamW(layer.parameters(), lr=1e-4)
layer(torch.ones(1, 2)).sum().backward()
optimizer.step()
state = OrderedDict(("module." + name, t) for name, t in tensors.items())
state._metadata = OrderedDict([("", {"version": 1})])
training = {"epoch": 3, "arch": "UniAS", "state_dict": state, "best_metric": numpy.float64(0.97),
            "size": torch.Size([224, 224]), "device": torch.device("cpu"), "dtype": torch.float32,
            "optimizer": optimizer.state_dict(), "lr": [1e-4, None, True, 2**40, -5]}
torch.save(training, "training.pth")
torch.save(training, "training-legacy.pth", _use_new_zipfile_serialization=False)

model = torch.nn.Sequential(OrderedDict(conv=torch.nn.Conv2d(1, 2, 3), bn=torch.nn.BatchNorm2d(2)))
torch.save(model.state_dict(), "plain.pth")
torch.save({"model": model.state_dict()}, "plain-legacy.pth.tar",
           _use_new_zipfile_serialization=False, pickle_protocol=4)


class Attack:
    def __reduce__(self):
        return os.system, ("touch attacked",)


torch.save({"state_dict": {"a": Attack()}}, "attack.pth")
torch.save(Attack(), "attack-legacy.pth", _use_new_zipfile_serialization=False)
torch.save({"state_dict": model.state_dict(), "args": argparse.Namespace(lr=1)}, "namespace.pth")
torch.save(model, "whole-model.pth")
torch.save({"epoch": 1}, "no-tensors.pth")
torch.save({"a": torch.zeros(2, dtype=torch.complex64)}, "complex.pth")
torch.jit.save(torch.jit.script(torch.nn.Linear(1, 1)), "script.pt")
