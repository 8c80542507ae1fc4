"""Records which values the real Keras refuses, argument by argument: test/oracle/arguments/<area>.json.

    python tasks/oracle/arguments.py [--seed N] [--most N] [--out DIR] [--only NAME] [--second] [AREA ...]

Each class is made by one legal call: a layer's is the usual one of its table in gridtables/, that of others is in
LEGAL. One argument of it then gets a value of VALUES, whatever the argument means; an argument gets a misspelled name;
one that is needed is left out. What Keras does is a letter for each: `.` it runs,
`i` the constructor refuses, `c` the call refuses. With KERAS_BACKEND=jax and --second, `?` goes where JAX differs from
what is recorded. A layer is called on symbolic tensors.

The file is {seed, values, classes}; of a class: `args`, the legal call's arguments, and `then`, what the layer is
called on; `of`, by an argument's name, the places in `values` that were tried and what came of each; `unknown`, the
misspelled names, and `missing`, those left out. Each argument gets `most` of the values, drawn with the seed.
"""

import argparse
import contextlib
import inspect
import io
import json
import os
import random
import sys

import grid
import keras
from grid import CALL, OMIT, Of

HERE = os.path.dirname(os.path.abspath(__file__))
AREAS = "layers initializers regularizers constraints optimizers losses metrics callbacks".split()
VALUES = (
    "None True False -1 0 1 2 7 1.5 -0.5 0.5 1.0 'relu' 'nonsense' 'same' '' () [] {} (2,) (2,2) [2,3] (2,3,4) "
    "(2,3,4,5) ((1,2),(3,4)) (0,1) (-1,2) (1.5,2) (None,2) 'float16' 'channels_first' 'max' 'mean' 'l2' 'zeros' "
    "'Zeros' 'non_neg' 'MaxNorm' 'he_normal' 'sum' 'int' ['a','b'] object() keras.initializers.Zeros() "
    "keras.regularizers.L2() keras.constraints.NonNeg() keras.layers.ReLU() (lambda*a:0)"
).split()
LEGAL = {
    "initializers.Constant": "value=1.0",
    "metrics.IoU": "num_classes=2, target_class_ids=[0]",
    "metrics.MeanIoU": "num_classes=2",
    "metrics.OneHotIoU": "num_classes=2, target_class_ids=[0]",
    "metrics.OneHotMeanIoU": "num_classes=2",
    "metrics.MeanMetricWrapper": "fn=(lambda a, b: a)",
    "metrics.PrecisionAtRecall": "recall=0.5",
    "metrics.RecallAtPrecision": "precision=0.5",
    "metrics.SensitivityAtSpecificity": "specificity=0.5",
    "metrics.SpecificityAtSensitivity": "sensitivity=0.5",
    "optimizers.LossScaleOptimizer": "inner_optimizer='sgd'",
    "callbacks.LearningRateScheduler": "schedule=(lambda a: a)",
    "callbacks.ModelCheckpoint": "filepath='a.keras'",
    "callbacks.BackupAndRestore": "backup_dir='a'",
    "callbacks.CSVLogger": "filename='a'",
    "callbacks.SwapEMAWeights": "",
}
# The classes that users derive from, and those that look for what is not installed.
LEFT_OUT = {
    *"layers.Layer layers.Wrapper layers.InputSpec layers.JaxLayer layers.FlaxLayer layers.TFSMLayer".split(),
    *"layers.TorchModuleWrapper layers.Lambda layers.InputLayer layers.Pipeline".split(),
    *"optimizers.Optimizer losses.Loss metrics.Metric callbacks.Callback callbacks.CallbackList".split(),
    *"callbacks.RemoteMonitor callbacks.TensorBoard callbacks.OrbaxCheckpoint callbacks.LambdaCallback".split(),
    *"optimizers.Muon".split(),
}


def source(value):
    """Python's text of an argument in a table."""
    if isinstance(value, Of):
        return f"keras.layers.{value.name}({listed(value.args)})"
    if isinstance(value, (list, tuple)):
        inner = ", ".join(source(it) for it in value)
        return f"[{inner}]" if isinstance(value, list) else f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{source(k)}: {source(v)}" for k, v in value.items()) + "}"
    return repr(value)


def listed(args):
    return ", ".join(f"{k}={source(v)}" for k, v in args.items())


def classes(area):
    """(name, legal arguments as source by name, input shapes, dtypes, how it is called) of each class of an area."""
    if area == "layers":
        for name, table in grid.tables().items():
            if not hasattr(keras.layers, name) or f"layers.{name}" in LEFT_OUT:
                continue
            args = {k: v[0] for k, v in table.get("args", {}).items()}
            args = {k: source(v) for k, v in args.items() if not (isinstance(v, str) and v == OMIT)}
            entry = table["inputs"][0]
            shapes = list(entry) if grid.is_several(entry) else [entry]
            dtypes = grid.dtype_list(table.get("dtypes", ["float32"])[0], len(shapes))
            yield name, args, shapes, dtypes, table.get("call", "one")
        return
    seen = set()
    module = getattr(keras, area)
    for name in sorted(dir(module)):
        value = getattr(module, name)
        if not isinstance(value, type) or inspect.isabstract(value) or id(value) in seen:
            continue
        if f"{area}.{name}" in LEFT_OUT:
            continue
        seen.add(id(value))
        pairs = eval(f"dict({LEGAL.get(f'{area}.{value.__name__}', '')})", {"keras": keras})
        text = LEGAL.get(f"{area}.{value.__name__}", "")
        args = {k: part for k, part in zip(pairs, split(text))} if pairs else {}
        yield name, args, None, None, None


def split(text):
    """The values of `a=1, b=(lambda a, b: a)`: commas inside brackets do not part."""
    parts, depth, current = [], 0, ""
    for letter in text + ",":
        depth += (letter in "([{") - (letter in ")]}")
        if letter == "," and depth == 0:
            parts.append(current.split("=", 1)[1].strip())
            current = ""
        else:
            current += letter
    return parts


def called(shapes, dtypes, how, more):
    """The input of a call as source."""
    xs = [f"K({', '.join(map(str, s))}, dtype={d!r})" for s, d in zip(shapes, dtypes)]
    if how == "list":
        inside = f"[{', '.join(xs)}]"
    elif how == "state" and len(xs) > 1:
        inside = f"{xs[0]}, [{', '.join(xs[1:])}]"
    elif how == "stack":
        inside = f"{xs[0]}, [[{', '.join(xs[1:3])}], [{', '.join(xs[3:])}]]"
    elif how == "positional":
        inside = ", ".join(xs)
    else:
        inside = xs[0]
    return f"({inside}{more})"


def symbolic(*shape, dtype="float32"):
    return keras.Input(batch_shape=shape, dtype=dtype)


NAMES = {"keras": keras, "K": symbolic}



def letter(call, then):
    """What comes of it."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            made = eval(call, NAMES)
        except Exception:
            return "i"
        if then is None:
            return "."
        try:
            eval(f"made{then}", {**NAMES, "made": made})
        except Exception:
            return "c"
    return "."


def parameters(cls):
    found = [p for p in inspect.signature(cls.__init__).parameters.values()][1:]
    named = [p.name for p in found if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)]
    open_ = any(p.kind == p.VAR_KEYWORD for p in found)
    return named, open_, any(p.kind == p.VAR_POSITIONAL for p in found)


OF_EVERY_LAYER = ["name", "dtype", "trainable", "activity_regularizer", "autocast", "input_shape"]


def record(area, name, args, shapes, dtypes, how, rng, most):
    cls = getattr(getattr(keras, area), name)
    named, open_, takes_any = parameters(cls)
    given = {k: v for k, v in args.items() if not k.startswith(CALL)}
    more = "".join(f", {k[len(CALL):]}={v}" for k, v in args.items() if k.startswith(CALL))
    then = None if shapes is None else called(shapes, dtypes, how, more)
    call = lambda changed: f"keras.{area}.{name}({', '.join(f'{k}={v}' for k, v in changed.items())})"
    if letter(call(given), then) != ".":
        print(f"no legal call: {call(given)}{then}", flush=True)
        return None
    tried = [*named, *(it for it in OF_EVERY_LAYER if open_ and area == "layers" and it not in named)]
    of = {}
    for parameter in tried:
        places = sorted(rng.sample(range(len(VALUES)), min(most, len(VALUES))))
        letters = "".join(letter(call({**given, parameter: VALUES[i]}), then) for i in places)
        of[parameter] = [places, letters]
    wrong = {}
    for parameter in named:
        for spelled in (parameter[:-1] if len(parameter) > 2 else parameter + "s", "x" + parameter):
            if spelled not in named:
                wrong[spelled] = letter(call({**given, spelled: given.get(parameter, "1")}), then)
    missing = {k: letter(call({it: v for it, v in given.items() if it != k}), then) for k in given}
    return {"args": given, **({} if then is None else {"then": then}), "of": of, "unknown": wrong, "missing": missing}


def merge(mine, other):
    """`?` where the backends differ."""
    if isinstance(mine, dict):
        return {k: merge(v, other[k]) for k, v in mine.items()}
    if isinstance(mine, list):
        return [merge(a, b) for a, b in zip(mine, other)]
    if isinstance(mine, str) and mine != other:
        return "".join(a if a == b else "?" for a, b in zip(mine, other))
    return mine


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--most", type=int, default=7)
    options.add_argument("--out", default=os.path.join(HERE, "..", "..", "test", "oracle", "arguments"))
    options.add_argument("--only")
    options.add_argument("--second", action="store_true")
    options.add_argument("areas", nargs="*")
    options = options.parse_args()
    os.makedirs(options.out, exist_ok=True)
    print(f"Keras {keras.__version__} on {keras.backend.backend()}, seed {options.seed}", flush=True)
    for area in options.areas or AREAS:
        path = os.path.join(options.out, f"{area}.json")
        found = {}
        for name, *legal in classes(area):
            if options.only in (None, name):
                rng = random.Random(f"{options.seed} {area} {name}")
                made = record(area, name, *legal, rng, options.most)
                if made is not None:
                    found[name] = made
        if options.second:
            found = merge(json.load(open(path))["classes"], found)
        with open(path, "w") as file:
            lines = ",\n".join(f"{json.dumps(k)}:{json.dumps(v, separators=(',', ':'))}" for k, v in found.items())
            head = f'{{"seed":{options.seed},"values":{json.dumps(VALUES)},"classes":{{\n'
            file.write(f"{head}{lines}\n}}}}\n")
        print(area, len(found), "classes", flush=True)


if __name__ == "__main__":
    sys.path.insert(0, HERE)
    main()
