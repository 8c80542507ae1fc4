"""Writes which attributes tensors, layers and models have, as a TypeScript module with one string for each Keras.

    python attributes.py core/frameworks/keras/generated/attributes.ts

Run in the oracle's virtual environment (`npm run generate` does). A line is a class and the names that it has beside
those of the first line, `Layer`; of `Model` (and Functional and Sequential) and of tensors it is all. An attribute is
there that the class has, on any backend, that one of its methods sets on `self`, or that the package sets on anything
else. Names that begin with an underscore are left out: of those nothing is said. A class that sets attributes by names
that it computes, or answers for them itself, has no line.
"""

import ast
import inspect
import os
import sys
import warnings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
warnings.simplefilter("ignore")

import jax
import keras
import numpy as np
import tensorflow as tf
import tf_keras

OPEN = {"__getattr__", "__getattribute__"}


def sources(package):
    folder = os.path.dirname(package.__file__)
    for where, _, files in os.walk(folder):
        for file in files:
            if file.endswith(".py") and not file.endswith("_test.py"):
                with open(os.path.join(where, file), encoding="utf8") as text:
                    yield ast.parse(text.read())


def stored(tree):
    """Each attribute that code sets: whether it is of `self`, and its name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield isinstance(node.value, ast.Name) and node.value.id == "self", node.attr
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "setattr":
            name = node.args[1]
            yield getattr(node.args[0], "id", "") == "self", name.value if isinstance(name, ast.Constant) else None


class Package:
    def __init__(self, package, more):
        self.package = package
        trees = list(sources(package))
        self.outside = {name for tree in trees for own, name in stored(tree) if not own} - {None}
        self.classes = {}
        for tree in trees:
            for node in ast.walk(tree):
                if isinstance(node, ast.ClassDef):
                    self.classes.setdefault(node.name, []).append(node)
        # A layer's class is made on top of another one for each backend.
        self.more = {name for kind in more for node in self.classes.get(kind, []) for name in self.written(node)}

    def written(self, node):
        methods = {it.name for it in node.body if isinstance(it, ast.FunctionDef)}
        return methods | {name for own, name in stored(node) if own and name is not None}

    def of(self, cls):
        """All names of an instance; None where it may have others."""
        names = set(dir(cls)) | self.outside | self.more
        for base in cls.__mro__[:-1]:
            if base.__module__.split(".")[0] != self.package.__name__:
                continue
            nodes = self.classes.get(base.__name__, [])
            if OPEN & set(vars(base)) or any(name is None for node in nodes for own, name in stored(node) if own):
                return None
            for node in nodes:
                names |= self.written(node)
        return {name for name in names if not name.startswith("_")}

    def layers(self):
        module = self.package.layers
        found = {name: getattr(module, name) for name in dir(module) if not name.startswith("_")}
        layers = [it for it in found.values() if inspect.isclass(it) and issubclass(it, module.Layer)]
        return {it.__name__: it for it in layers}


def listed(name, names):
    return " ".join([name, *sorted(names)])


def names_of(values):
    return {name for value in values for name in dir(value) if not name.startswith("_")}


def table(package, more, tensors, models):
    known = Package(package, more)
    base = known.of(package.layers.Layer)
    lines = [listed("Layer", base)]
    lines.append(listed("Model", set().union(*[known.of(it) or sys.exit(f"{it} is open") for it in models])))
    lines += [listed(name, names) for name, names in tensors.items()]
    for name, cls in sorted(known.layers().items()):
        names = known.of(cls)
        if name not in ("Layer", "Model") and names is not None:
            lines.append(listed(name, names - base))
    return lines


def main():
    target = sys.argv[1]
    x = keras.Input((3,))
    old = tf_keras.Input((3,))
    seen = []

    @tf.function
    def traced(t):
        seen.append(t)
        return t

    traced(tf.ones(2))
    values = [
        tf.ones(2), *seen, tf.Variable(1.0), tf.ragged.constant([[1], [1, 2]]), tf.sparse.from_dense([1, 0]),
        tf.IndexedSlices(tf.ones((1, 2)), tf.constant([0])), keras.Variable(1.0), jax.numpy.ones(2), x, old,
    ]
    # What a layer sees in JAX is no array but stands for one.
    jax.make_jaxpr(lambda t: values.append(t) or t)(jax.numpy.ones(2))
    anything = names_of(values) | names_of([tf.Variable, tf.Tensor, jax.Array, np.ndarray, np.generic])
    anything |= {name for _, name in stored(ast.parse(inspect.getsource(keras.Variable))) if not name.startswith("_")}
    both = {
        3: table(
            keras,
            ["TFLayer", "JaxLayer", "TorchLayer", "NumpyLayer", "OpenvinoLayer"],
            {"KerasTensor": names_of([x, keras.KerasTensor]), "Tensor": anything},
            [keras.Model, keras.Sequential, type(keras.Model(x, x + 1))],
        ),
        2: table(
            tf_keras,
            [],
            {"KerasTensor": names_of([old, *seen]), "Tensor": anything},
            [tf_keras.Model, tf_keras.Sequential, type(tf_keras.Model(old, old + 1))],
        ),
    }
    lines = [
        f"// Generated by tasks/generate/attributes.py from keras {keras.__version__} and tf_keras"
        f" {tf_keras.__version__}. Do not edit.",
        "",
        "export const ATTRIBUTES = {",
    ]
    for version in (2, 3):
        lines += [f"  {version}: String.raw`", *both[version], "`,"]
    with open(target, "w", encoding="utf8") as file:
        file.write("\n".join([*lines, "} as const;", ""]))
    print(target, {version: len(it) for version, it in both.items()})


main()
