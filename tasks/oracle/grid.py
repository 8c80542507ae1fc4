"""Records what the real Keras makes of many small calls of each layer: test/oracle/grid/<Layer>.json, a case per line.

    python tasks/oracle/grid.py [--seed N] [--out DIR] [Layer ...]

The cases come from the tables in gridtables/. A table says of a layer:
    args    argument -> its options; the first is the usual one, OMIT leaves the argument out; an argument of the call
            is written "call.return_attention_scores"
    bad     argument -> options that Keras should refuse
    inputs  shapes it is called on; a list of shapes where it takes several tensors
    call    "one" (default), "list" (layer([a, b])), "positional" (layer(a, b)) or "state" (layer(a, [b, c]))
    dtypes  of the inputs: one for all, or a tuple of one each; float32 unless said
    extra   further cases, each (args beside the usual ones, input[, dtype])
    random  how many combinations are drawn (40); bases  on how many of the inputs every option is tried (2)
    run     False where only the symbolic answer counts, "answered" where only what that accepts is run, or a function
            of (args, shapes) that says whether
Every option is tried once beside the usual ones, then the seed draws combinations.

A case: `args`; `in`, the input shapes; `dtypes` where one is not float32; then either `raises` ([type, first line], and
`at`: "init" or "call") or `out`, `outDtypes` where one is not float32, and `weights` as [name, shape] with
[dtype, trainable] behind where they are not float32 and true. Keras is asked symbolically, then with real tensors (each
None replaced by a size): where the run yields another shape or dtype, or only one of the two raises, `run` says so. It
is false where nothing was run. `run.jax` is set where what TensorFlow refuses runs on JAX.
"""

import argparse
import importlib
import json
import os
import pkgutil
import random
import re
import subprocess
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
import warnings

warnings.filterwarnings("ignore")

import keras
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
BATCH, LENGTH = 2, 11


def class_of(name):
    """Some layers are left to `tf.keras` alone."""
    return getattr(keras.layers, name, None) or getattr(keras._tf_keras.keras.layers, name)


class Of:
    """A layer given as an argument: `Of("Dense", units=3)`."""

    def __init__(self, name, **args):
        self.name, self.args = name, args

    def make(self):
        return class_of(self.name)(**made(self.args))

    def written(self):
        return {"layer": self.name, "args": written(self.args)}


def made(value):
    if isinstance(value, Of):
        return value.make()
    if isinstance(value, dict):
        return {k: made(v) for k, v in value.items()}
    return type(value)(made(v) for v in value) if isinstance(value, (list, tuple)) else value


def written(value):
    """JSON that keeps a float apart from an int: {"float": 0.5}."""
    if isinstance(value, Of):
        return value.written()
    if isinstance(value, dict):
        return {k: written(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [written(v) for v in value]
    return {"float": value} if isinstance(value, float) else value


def is_several(entry):
    """A list of shapes, rather than one shape."""
    return isinstance(entry, list)


def cases(table, seed):
    """Argument and input combinations, each once, in a fixed order."""
    options = table.get("args", {})
    inputs = table["inputs"]
    dtypes = table.get("dtypes", ["float32"])
    first = {k: v[0] for k, v in options.items()}
    bad = [(k, o) for k, v in table.get("bad", {}).items() for o in v]
    found = [(first, x, dtypes[0]) for x in inputs]
    for x in inputs[: table.get("bases", 2)]:
        found += [({**first, k: o}, x, dtypes[0]) for k, v in options.items() for o in v[1:]]
    found += [({**first, k: o}, inputs[0], dtypes[0]) for k, o in bad]
    found += [(first, inputs[0], d) for d in dtypes[1:]]
    for changed, x, *dtype in table.get("extra", []):
        found.append(({**first, **changed}, x, dtype[0] if dtype else dtypes[0]))
    for _ in range(table.get("random", 40)):
        drawn = {k: seed.choice(v) for k, v in options.items()}
        if bad and seed.random() < 0.1:
            drawn = {**drawn, **dict([seed.choice(bad)])}
        # Mostly the first dtype, so that the shapes are what varies.
        found.append((drawn, seed.choice(inputs), seed.choice(dtypes) if seed.random() < 0.15 else dtypes[0]))
    return found


OMIT = "<omit>"


def dtype_list(dtype, n):
    return list(dtype) if isinstance(dtype, (list, tuple)) else [dtype] * n


CALL = "call."


def create(name, args):
    return class_of(name)(**made({k: v for k, v in args.items() if not k.startswith(CALL)}))


def call(layer, xs, args, table):
    how = table.get("call", "one")
    more = {k[len(CALL) :]: made(v) for k, v in args.items() if k.startswith(CALL)}
    if how == "list":
        return layer(xs, **more)
    if how == "positional":
        return layer(*xs, **more)
    if how == "state":
        # A cell, or a recurrent layer with a state to begin with.
        return layer(xs[0], xs[1:], **more) if len(xs) > 1 else layer(xs[0], **more)
    if how == "stack":
        # An LSTMCell under a GRUCell.
        return layer(xs[0], [xs[1:3], xs[3:]], **more)
    return layer(xs[0], **more)


def reason(error):
    lines = [re.sub(r"\x1b\[\d+m", "", line).strip() for line in str(error).splitlines()]
    lines = [line for line in lines if line and not line.startswith("Exception encountered when calling")] or [""]
    # Keras numbers its layers: the number says how many cases came before.
    return [type(error).__name__, re.sub(r"\b([a-z]\w*?)_\d+(?=['/])", r"\1", lines[0])[:110]]


def flat(outputs):
    return list(keras.tree.flatten(outputs))


def real(shape, dtype):
    sizes = [(BATCH if i == 0 else LENGTH) if d is None else d for i, d in enumerate(shape)]
    if dtype == "string":
        return np.full(sizes, "a", dtype=object)
    return keras.ops.cast(keras.ops.ones(sizes), dtype)


def weights_of(layer):
    found = []
    for w in layer.weights:
        dtype = keras.backend.standardize_dtype(w.dtype)
        usual = dtype == "float32" and w.trainable
        found.append([w.name, list(w.shape)] + ([] if usual else [dtype, bool(w.trainable)]))
    return found


def dtypes_of(outputs):
    """Nothing where all are float32."""
    found = [keras.backend.standardize_dtype(t.dtype) for t in flat(outputs)]
    return {} if all(d == "float32" for d in found) else {"outDtypes": found}


def ask(name, args, shapes, dtypes, table):
    """What Keras answers symbolically, and what differs when it runs."""
    answer = {}
    try:
        layer = create(name, args)
    except Exception as error:
        return {"raises": reason(error), "at": "init"}
    try:
        y = call(layer, [keras.KerasTensor(s, dtype=d) for s, d in zip(shapes, dtypes)], args, table)
        answer["out"] = [list(t.shape) for t in flat(y)]
        answer.update(dtypes_of(y))
        answer["weights"] = weights_of(layer)
    except Exception as error:
        answer = {"raises": reason(error), "at": "call"}
    return {**answer, **run(name, args, shapes, dtypes, table, answer)}


def run(name, args, shapes, dtypes, table, symbolic):
    """What differs when the layer is called on real tensors."""
    runs = table.get("run", True)
    if runs is False or (callable(runs) and not runs(args, shapes)) or (runs == "answered" and "raises" in symbolic):
        return {"run": False}
    # With another size than None Keras may well answer otherwise.
    certain = all(d is not None for shape in shapes for d in shape[1:])
    try:
        layer = create(name, args)
        y = call(layer, [real(s, d) for s, d in zip(shapes, dtypes)], args, table)
        out = [list(t.shape) for t in flat(y)]
        types = dtypes_of(y)
    except Exception as error:
        return {} if "raises" in symbolic or not certain else {"run": {"raises": reason(error)}}
    if "raises" in symbolic:
        return {"run": {"out": out, **types, "weights": weights_of(layer)}} if certain else {}
    same = len(out) == len(symbolic["out"]) and all(
        len(a) == len(b) and all(n is None or n == m for n, m in zip(a, b)) for a, b in zip(symbolic["out"], out)
    )
    difference = {} if same else {"out": varying(layer, out, shapes, dtypes, args, table)}
    if types.get("outDtypes") != symbolic.get("outDtypes"):
        difference["outDtypes"] = types.get("outDtypes", ["float32"] * len(out))
    return {"run": difference} if difference else {}


def varying(layer, out, shapes, dtypes, args, table):
    """None where a larger batch and length change a size of the output."""
    try:
        larger = [
            real([d if d is not None else (BATCH if i == 0 else LENGTH) + 2 for i, d in enumerate(s)], t)
            for s, t in zip(shapes, dtypes)
        ]
        other = [list(t.shape) for t in flat(call(layer, larger, args, table))]
    except Exception:
        return out
    if [len(a) for a in out] != [len(b) for b in other]:
        return out
    return [[n if n == m else None for n, m in zip(a, b)] for a, b in zip(out, other)]


def drawn(table, seed):
    """Each different case once: what is written of it, then args, shapes and dtypes."""
    seen = set()
    for args, entry, dtype in cases(table, seed):
        args = {k: v for k, v in args.items() if not (isinstance(v, str) and v == OMIT)}
        shapes = list(entry) if is_several(entry) else [entry]
        dtypes = dtype_list(dtype, len(shapes))
        case = {"args": written(args), "in": [list(s) for s in shapes]}
        if any(d != "float32" for d in dtypes):
            case["dtypes"] = dtypes
        key = json.dumps(case)
        if key not in seen:
            seen.add(key)
            yield case, args, shapes, dtypes


def write(path, found):
    with open(path, "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in found) + "\n]\n")


def record(name, table, seed, path):
    keras.utils.set_random_seed(0)
    found = [{**case, **ask(name, *call, table)} for case, *call in drawn(table, seed)]
    write(path, found)
    print(f"{name}: {len(found)} cases, {sum('at' in case for case in found)} of them raise", flush=True)
    return len(found)


def second_opinion(name, table, seed, path):
    """Marks what raises in a run of TensorFlow's alone: where the two backends differ, nothing is an error."""
    with open(path) as file:
        found = json.load(file)
    for case, (_, args, shapes, dtypes) in zip(found, drawn(table, seed)):
        if isinstance(case.get("run"), dict) and "raises" in case["run"]:
            if "raises" not in run(name, args, shapes, dtypes, {**table, "run": True}, {"out": []}).get("run", {}):
                case["run"][keras.backend.backend()] = True
    write(path, found)


def tables():
    sys.path.insert(0, HERE)
    found = {}
    for module in sorted(pkgutil.iter_modules([os.path.join(HERE, "gridtables")]), key=lambda m: m.name):
        found.update(importlib.import_module(f"gridtables.{module.name}").LAYERS)
    return found


def main():
    sys.modules["grid"] = sys.modules[__name__]
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", default=os.path.join(HERE, "..", "..", "test", "oracle", "grid"))
    parser.add_argument("--second", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("layers", nargs="*")
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    print(f"Keras {keras.__version__} on {keras.backend.backend()}, seed {options.seed}", flush=True)
    total = 0
    for name, table in tables().items():
        if options.layers and name not in options.layers:
            continue
        # A seed of its own for each layer, so that recording one alone gives the same cases.
        seed = random.Random(f"{options.seed} {name}")
        path = os.path.join(options.out, f"{name}.json")
        if options.second:
            second_opinion(name, table, seed, path)
        else:
            total += record(name, table, seed, path)
    if not options.second:
        print(f"{total} cases", flush=True)
        again = [sys.executable, os.path.abspath(__file__), "--second", *sys.argv[1:]]
        subprocess.run(again, env={**os.environ, "KERAS_BACKEND": "jax", "JAX_PLATFORMS": "cpu"}, check=True)


if __name__ == "__main__":
    main()
