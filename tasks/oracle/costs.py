"""Records what XLA counts for layers without a bias: test/oracle/costs.json, {name, args, in, out, flops}.

    KERAS_BACKEND=jax python tasks/oracle/costs.py

XLA counts a multiplication and an addition as two. It leaves padded taps out, so convolutions are `valid` here. Of
recurrent layers it would count the activations too: of those, `products` are the multiplications in each product of
matrices that JAX makes of the layer's call, counted one by one over all the steps.
"""

import json
import math
import os

os.environ["KERAS_BACKEND"] = "jax"
os.environ.setdefault("JAX_PLATFORMS", "cpu")

import jax
import keras
import numpy as np
from jax.interpreters import partial_eval

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

LSTM = {"layer": "LSTMCell", "args": {"units": 3}}
GRU = {"layer": "GRUCell", "args": {"units": 2}}
SIMPLE = {"layer": "SimpleRNNCell", "args": {"units": 4}}
STACKED = {"layer": "StackedRNNCells", "args": {"cells": [LSTM, GRU, SIMPLE]}}
RECURRENT = [
    ("RNN", {"cell": [LSTM, GRU]}, (1, 7, 5)),
    ("RNN", {"cell": STACKED}, (1, 7, 5)),
    ("RNN", {"cell": STACKED, "return_sequences": True, "unroll": True}, (1, 4, 5)),
    ("RNN", {"cell": [GRU, SIMPLE, LSTM], "unroll": True}, (1, 4, 5)),
    ("RNN", {"cell": SIMPLE, "unroll": True, "go_backwards": True}, (1, 6, 2)),
    ("LSTM", {"units": 3}, (1, 7, 5)),
    ("LSTM", {"units": 3, "unroll": True}, (1, 7, 5)),
    ("GRU", {"units": 3, "unroll": True, "return_sequences": True}, (1, 5, 4)),
    ("GRU", {"units": 3, "unroll": True, "reset_after": False}, (1, 5, 4)),
    ("SimpleRNN", {"units": 6, "unroll": True}, (1, 3, 4)),
    ("Bidirectional", {"layer": {"layer": "LSTM", "args": {"units": 3, "unroll": True}}}, (1, 4, 5)),
    ("Bidirectional", {"layer": {"layer": "RNN", "args": {"cell": [LSTM, GRU]}}}, (1, 4, 5)),
]


def made(value):
    if isinstance(value, dict) and "layer" in value:
        return getattr(keras.layers, value["layer"])(**{name: made(it) for name, it in value["args"].items()})
    return [made(it) for it in value] if isinstance(value, list) else value


def products(jaxpr):
    """The multiplications in its products of matrices."""
    count = 0
    for equation in jaxpr.eqns:
        params = equation.params
        if equation.primitive.name == "dot_general":
            ((inner, _), _) = params["dimension_numbers"]
            left = equation.invars[0].aval.shape
            count += math.prod(equation.outvars[0].aval.shape) * math.prod(left[axis] for axis in inner)
        for it in params.values():
            if hasattr(it, "jaxpr") or hasattr(it, "eqns"):
                count += products(getattr(it, "jaxpr", it)) * params.get("length", 1)
    return count


def recurrent(name, args, shape):
    layer = getattr(keras.layers, name)(**{key: made(it) for key, it in args.items()})
    x = np.ones(shape, "float32")
    y = layer(x)
    traced = jax.make_jaxpr(lambda value: layer(value))(x).jaxpr
    # What nothing uses is not computed: a first step that only tells of shapes.
    used, _ = partial_eval.dce_jaxpr(traced, [True] * len(traced.outvars))
    count = products(used)
    return {"name": name, "args": args, "in": list(shape), "out": list(y.shape), "products": count}


def recorded(name, args, shape):
    more = {} if name == "EinsumDense" else {"use_bias": False}
    layer = getattr(keras.layers, name)(**args, **more)
    x = np.ones(shape, "float32")
    y = layer(x)
    cost = jax.jit(lambda value: layer(value)).lower(x).compile().cost_analysis()
    cost = cost[0] if isinstance(cost, list) else cost
    return {"name": name, "args": {**args, **more}, "in": list(shape), "out": list(y.shape), "flops": cost["flops"]}


ROWS = [recorded(*case) for case in CASES] + [recurrent(*case) for case in RECURRENT]
HERE = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(HERE, "..", "..", "test", "oracle", "costs.json"), "w") as file:
    file.write("[\n" + ",\n".join(map(json.dumps, ROWS)) + "\n]\n")
