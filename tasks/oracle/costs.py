"""Records what XLA counts for layers without a bias: test/oracle/costs.json, {name, args, in, out, flops}.

    KERAS_BACKEND=jax python tasks/oracle/costs.py

XLA counts a multiplication and an addition as two. It leaves padded taps out, so convolutions are `valid` here.
"""

import json
import os

os.environ["KERAS_BACKEND"] = "jax"
os.environ.setdefault("JAX_PLATFORMS", "cpu")

import jax
import keras
import numpy as np

CASES = [
    ("Dense", {"units": 5}, (1, 8)),
    ("Dense", {"units": 64}, (1, 10, 32)),
    ("Conv1D", {"filters": 6, "kernel_size": 3}, (1, 20, 4)),
    ("Conv1D", {"filters": 6, "kernel_size": 3, "strides": 2}, (1, 21, 4)),
    ("Conv2D", {"filters": 8, "kernel_size": 3}, (1, 12, 10, 4)),
    ("Conv2D", {"filters": 8, "kernel_size": [3, 2], "strides": 2}, (1, 12, 10, 4)),
    ("Conv2D", {"filters": 8, "kernel_size": 3, "groups": 2}, (1, 12, 10, 4)),
    ("Conv3D", {"filters": 4, "kernel_size": 2}, (1, 5, 6, 7, 3)),
    ("DepthwiseConv2D", {"kernel_size": 3, "depth_multiplier": 2}, (1, 12, 10, 4)),
    ("SeparableConv2D", {"filters": 6, "kernel_size": 3}, (1, 12, 10, 4)),
    ("EinsumDense", {"equation": "abc,cd->abd", "output_shape": [10, 6]}, (1, 10, 8)),
    ("EinsumDense", {"equation": "abc,cde->abde", "output_shape": [10, 4, 5]}, (1, 10, 8)),
    ("EinsumDense", {"equation": "abcd,cde->abe", "output_shape": [10, 7]}, (1, 10, 2, 8)),
]


def recorded(name, args, shape):
    more = {} if name == "EinsumDense" else {"use_bias": False}
    layer = getattr(keras.layers, name)(**args, **more)
    x = np.ones(shape, "float32")
    y = layer(x)
    cost = jax.jit(lambda value: layer(value)).lower(x).compile().cost_analysis()
    cost = cost[0] if isinstance(cost, list) else cost
    return {"name": name, "args": {**args, **more}, "in": list(shape), "out": list(y.shape), "flops": cost["flops"]}


HERE = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(HERE, "..", "..", "test", "oracle", "costs.json"), "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(recorded(*case)) for case in CASES) + "\n]\n")
