"""Records what Keras 2 makes of the calls in gridtables/: test/oracle/grid2/<Layer>.json, a program per line.

    python tasks/oracle/grid2.py [--seed N] [--random N] [--out DIR] [Layer ...]

Keras 2 is tf-keras. Of its layers those are called that a table of grid.py knows; fewer combinations are drawn (10),
as most rules are those of Keras 3. A case is the program, less its first line, and either `raises`, the type and the
first line of what it raised, or `out`, the shapes of the outputs, `dtypes` where one is not float32, and `params`:
null where a weight has no size.
"""

import argparse
import json
import math
import os
import random
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
os.environ["TF_USE_LEGACY_KERAS"] = "1"

import grid
import tensorflow as tf
import tf_keras

grid.class_of = lambda name: getattr(tf_keras.layers, name)


def literal(value):
    if isinstance(value, grid.Of):
        return f"keras.layers.{value.name}({keywords(value.args)})"
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(literal, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {literal(item)}" for key, item in value.items()) + "}"
    return repr(value)


def keywords(args):
    return ", ".join(f"{name}={literal(value)}" for name, value in args.items())


def program(name, args, shapes, dtypes, table):
    made = {k: v for k, v in args.items() if not k.startswith(grid.CALL)}
    more = {k[len(grid.CALL) :]: v for k, v in args.items() if k.startswith(grid.CALL)}
    xs = [f"x{i}" for i in range(len(shapes))]
    listed = {
        "list": f"[{', '.join(xs)}]",
        "positional": ", ".join(xs),
        "state": f"{xs[0]}, [{', '.join(xs[1:])}]" if len(xs) > 1 else xs[0],
        "stack": f"{xs[0]}, [[{', '.join(xs[1:3])}], [{', '.join(xs[3:])}]]",
    }
    called = listed.get(table.get("call", "one"), xs[0]) + (f", {keywords(more)}" if more else "")
    inputs = [
        f"{x} = keras.Input(batch_shape={literal(tuple(shape))}"
        + ("" if dtype == "float32" else f", dtype={dtype!r}")
        + ")"
        for x, shape, dtype in zip(xs, shapes, dtypes)
    ]
    return "\n".join([*inputs, f"layer = keras.layers.{name}({keywords(made)})", f"y = layer({called})"])


def ask(name, args, shapes, dtypes, table):
    try:
        layer = grid.create(name, args)
        xs = [tf_keras.Input(batch_shape=s, dtype=d) for s, d in zip(shapes, dtypes)]
        outputs = tf.nest.flatten(grid.call(layer, xs, args, table))
        out = [None if y.shape.rank is None else list(y.shape) for y in outputs]
        types = [tf.as_dtype(y.dtype).name for y in outputs]
        sizes = [w.shape for w in layer.weights]
    except Exception as error:
        return {"raises": grid.reason(error)}
    params = None if any(None in size for size in sizes) else sum(math.prod(size) for size in sizes)
    return {"out": out, **({} if set(types) == {"float32"} else {"dtypes": types}), "params": params}


def main():
    sys.modules["grid"] = grid
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--random", type=int, default=10)
    parser.add_argument("--out", default=os.path.join(grid.HERE, "..", "..", "test", "oracle", "grid2"))
    parser.add_argument("layers", nargs="*")
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    print(f"tf-keras {tf_keras.__version__}, seed {options.seed}", flush=True)
    for name, table in grid.tables().items():
        if not hasattr(tf_keras.layers, name) or (options.layers and name not in options.layers):
            continue
        seed = random.Random(f"{options.seed} {name}")
        few = {**table, "random": min(options.random, table.get("random", 40)), "bases": 1}
        found = [
            {"program": program(name, *case, table), **ask(name, *case, table)} for _, *case in grid.drawn(few, seed)
        ]
        grid.write(os.path.join(options.out, f"{name}.json"), found)
        print(f"{name}: {len(found)} cases, {sum('raises' in case for case in found)} of them raise", flush=True)
        tf_keras.backend.clear_session()


if __name__ == "__main__":
    main()
