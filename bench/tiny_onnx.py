"""Writes uniass.itest's exported model: as small as can be, in the form that 'uniass export' has.

    python bench/tiny_onnx.py uniass.itest/src/main/resources/uniass/itest/tiny.onnx

Its anomaly map is how red a pixel is, its score the map's largest value.
"""
import json
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SIZE = 64
weight = np.array([0.5, -0.25, -0.25], np.float32).reshape(1, 3, 1, 1)
graph = helper.make_graph(
    [
        helper.make_node("Conv", ["image", "weight"], ["balance"]),
        helper.make_node("Relu", ["balance"], ["anomaly_map"]),
        helper.make_node("ReduceMax", ["anomaly_map", "axes"], ["score"], keepdims=0),
    ],
    "tiny",
    [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["images", 3, SIZE, SIZE])],
    [
        helper.make_tensor_value_info("anomaly_map", TensorProto.FLOAT, ["images", 1, SIZE, SIZE]),
        helper.make_tensor_value_info("score", TensorProto.FLOAT, ["images"]),
    ],
    [
        numpy_helper.from_array(weight, "weight"),
        numpy_helper.from_array(np.array([1, 2, 3], np.int64), "axes"),
    ],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)
form = {
    "height": SIZE,
    "width": SIZE,
    "resize": "PIL_BILINEAR",
    "maskThreshold": 0,
    "maximumPixels": 1000000,
    "depth": 8,
}
threshold = {
    "value": 0.3,
    "false-alarm-rate": 0.01,
    "confidence": 0.95,
    "images": 300,
    "alarms": 0,
    "upper-bound": 0.01,
    "supported": True,
    "needed": 299,
}
texts = {
    "uniass.model": {
        "name": "tiny",
        "format": form,
        "wholeFormat": form,
        "tile": 0,
        "overlap": 0,
        "normalization": {"mean": [0.5, 0.5, 0.5], "deviation": [0.5, 0.5, 0.5]},
        "pixels": False,
        "batch": 0,
    },
    "uniass.thresholds": {"*": threshold},
}
helper.set_model_props(model, {key: json.dumps(value) for key, value in texts.items()})
onnx.checker.check_model(model, full_check=True)
onnx.save(model, sys.argv[1])
