"""Records what the real libraries make of many small calls of tensor functions: test/oracle/ops/<table>.json.

    python tasks/oracle/ops.py [--seed N] [--out DIR] [TABLE ...]

The calls come from the tables in opstables/, one module each, which has a list TEMPLATES of (template, options of the
first blank, options of the second, ...): each `%` is a blank; the product of the options is taken, or, where it is
larger than MOST, that many of it are drawn with the seed; a module may say its own MOST, and leave out what only the
run refuses (AGREED). Operands are made by the functions of PRELUDE, which is a part of every program that the tests
analyse: K(None, 4) a symbolic tensor, E(2, 4) one of TensorFlow's, A(2, 4) an array.

A case: [call, answer] or [call, answer, run]. An answer is "raises TypeError", "(None, 4) float32" for a tensor, a list
of answers for several, "float" for a float, and Python's own text for anything else. Of a call with symbolic tensors
the answer is the symbolic one; where the same call on real tensors (each None replaced by a size) answers otherwise,
`run` says how. Without a TABLE also test/oracle/operations.json: what Keras's graph calls each function.
"""

import argparse
import importlib
import itertools
import json
import os
import random
import re
import sys
import warnings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
warnings.filterwarnings("ignore")

import keras
import numpy as np
import tensorflow as tf

HERE = os.path.dirname(os.path.abspath(__file__))
MOST = 24
PRELUDE = open(os.path.join(HERE, "opstables", "prelude.txt")).read()


def text(value):
    """An answer as it is recorded."""
    if isinstance(value, (list, tuple)) and not hasattr(value, "as_list"):
        return [text(item) for item in value]
    if isinstance(value, (tf.TensorShape,)):
        return text(value.as_list())
    if hasattr(value, "shape") and hasattr(value, "dtype"):
        dtype = value.dtype.name if hasattr(value.dtype, "name") else str(value.dtype)
        dtype = "string" if dtype.startswith(("str", "bytes", "object")) else dtype
        return f"{shape(value.shape)} {dtype}"
    return "float" if isinstance(value, float) else repr(value)


def shape(it):
    return str(tuple(None if size is None else int(size) for size in it))


def answer(call, names):
    """What the call gives, and how it runs where it is symbolic: None where it is not or as the symbolic form says."""
    inputs = []

    def symbolic(*shape, dtype="float32"):
        inputs.append(keras.Input(batch_shape=shape, dtype=dtype))
        return inputs[-1]

    try:
        value = eval(call, {**names, "K": symbolic})
    except Exception as error:
        return f"raises {type(error).__name__}", None
    if not any(isinstance(it, keras.KerasTensor) for it in flat(value)):
        return text(value), None
    said = text(value)
    try:
        run = text(list(keras.Function(inputs, flat(value))([concrete(it) for it in inputs])))
        run = run if isinstance(said, list) else run[0]
    except Exception as error:
        run = f"raises {type(error).__name__}"
    return said, None if agrees(said, run) else run


def concrete(tensor):
    return tf.cast(tf.ones([5 if size is None else size for size in tensor.shape]), tensor.dtype)


def flat(value):
    return [it for item in value for it in flat(item)] if isinstance(value, (list, tuple)) else [value]


def agrees(symbolic, run):
    """The run answers as the symbolic form, but that each `None` is a number."""
    if isinstance(symbolic, list) or isinstance(run, list):
        pairs = isinstance(symbolic, list) and isinstance(run, list) and len(symbolic) == len(run)
        return pairs and all(agrees(a, b) for a, b in zip(symbolic, run))
    return re.match("^" + re.escape(symbolic).replace("None", r"\d+") + "$", run) is not None


def world():
    names = {}
    exec(PRELUDE, names)
    return names


def calls(table, rng):
    seen = set()
    most = getattr(table, "MOST", MOST)
    for template, *options in table.TEMPLATES:
        product = list(itertools.product(*options))
        if len(product) > most:
            product = rng.sample(product, most)
        for chosen in product:
            # Without blanks a `%` is Python's own.
            parts = template.split("%") if options else [template]
            if len(parts) != len(chosen) + 1:
                sys.exit(f"{template}: {len(parts) - 1} blanks, {len(chosen)} options")
            call = parts[0] + "".join(str(option) + part for option, part in zip(chosen, parts[1:]))
            call = re.sub(r", [a-z_0-9]+=OMIT", "", call).replace(", OMIT", "")
            if call not in seen:
                seen.add(call)
                yield call


def record(table, seed):
    module = importlib.import_module(f"opstables.{table}")
    names = world()
    cases = []
    for call in calls(module, random.Random(seed)):
        said, run = answer(call, names)
        if getattr(module, "AGREED", False) and str(run).startswith("raises"):
            continue
        case = [call, said] if run is None else [call, said, run]
        cases.append(case)
    return cases


def class_names(tables, seed):
    """What Keras's graph calls each function: the class of the operation behind its first symbolic result."""
    found = {}
    for table in tables:
        names = world()
        for call in calls(importlib.import_module(f"opstables.{table}"), random.Random(seed)):
            function = re.match(r"(ops|keras)\.[a-z_0-9.]+(?=\(K\()", call)
            if function is None or function[0] in found or "tf." in call:
                continue
            try:
                first = flat(eval(call, names))[0]
                if type(first._keras_history.operation).__name__ == "InputLayer":
                    continue
                found[function[0]] = [call, type(first._keras_history.operation).__name__]
            except Exception:
                pass
    return sorted(found.values())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tables", nargs="*")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", default=os.path.join(HERE, "../../test/oracle/ops"))
    options = parser.parse_args()
    every = sorted(it[:-3] for it in os.listdir(os.path.join(HERE, "opstables")) if it.endswith(".py"))
    print("seed", options.seed)
    os.makedirs(options.out, exist_ok=True)
    for table in options.tables or every:
        cases = record(table, options.seed)
        lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
        with open(os.path.join(options.out, f"{table}.json"), "w") as file:
            file.write(f"[\n{lines}\n]\n")
        print(table, len(cases))
    if not options.tables:
        lines = ",\n".join(json.dumps(it) for it in class_names(every, options.seed))
        with open(os.path.join(options.out, "..", "operations.json"), "w") as file:
            file.write(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    sys.path.insert(0, HERE)
    main()
