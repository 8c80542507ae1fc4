"""Records what the real Keras says of the builders of keras.applications.

    python applications.py test/frameworks/keras/applications/programs.txt test/oracle/applications.json

A program for each builder, with the top and without, and those of the file: blocks that begin with `# what it is about`
and bind `model`. Of each the record has the shapes of its input and outputs, its parameters and how many are trained,
and one line for each of its layers; of a long list the lines' SHA-256 and their number. Where Keras raises it has the
error.
"""

import hashlib
import inspect
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras  # noqa: E402
from keras.src.initializers import random_initializers  # noqa: E402

SHORT = 12


def fast():
    """Random numbers take most of the time and are of no interest here."""
    for cls in vars(random_initializers).values():
        if isinstance(cls, type) and "__call__" in vars(cls):
            cls.__call__ = lambda self, shape, dtype=None, **_: keras.ops.zeros(shape, dtype=dtype)


def programs(path):
    builders = [it for it in sorted(dir(keras.applications)) if inspect.isfunction(getattr(keras.applications, it))]
    for name in builders:
        yield name, f"model = applications.{name}(weights=None)"
        yield f"{name} without its top", f"model = applications.{name}(weights=None, include_top=False)"
    with open(path) as file:
        for block in file.read().split("\n\n# "):
            name, text = block.removeprefix("# ").split("\n", 1)
            yield name, text


def record(text):
    keras.utils.clear_session()
    names = {"keras": keras, "layers": keras.layers, "applications": keras.applications}
    try:
        exec(text, names)
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}".split("\n")[0][:100]}
    model = names["model"]
    lines = [f"{it.name} {type(it).__name__} {shapes(shown(it))} {it.count_params()}" for it in model.layers]
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return {
        "name": model.name,
        "input": shapes(model.inputs),
        "output": shapes(model.outputs),
        "params": model.count_params(),
        "trainable": sum(int(keras.ops.size(it)) for it in model.trainable_weights),
        "layers": len(lines),
        "rows": lines if len(lines) <= SHORT else digest,
    }


def shown(layer):
    """What Keras's summary shows of a layer: its last call in a graph."""
    return layer._inbound_nodes[-1].output_tensors


def shapes(tensors):
    if isinstance(tensors, (list, tuple)):
        return " ".join(map(shapes, tensors))
    return f"({', '.join(map(str, tensors.shape))})"


def main(source, target):
    fast()
    records = {}
    for name, text in programs(source):
        records[name] = record(text)
        print(name, flush=True)
    with open(target, "w") as file:
        lines = [f"{json.dumps(name)}: {json.dumps(it)}" for name, it in records.items()]
        file.write("{\n" + ",\n".join(lines) + "\n}\n")


main(*sys.argv[1:])
