"""Writes the signatures of a package's public API as a TypeScript module that holds one string, an entry a line.

    python signatures.py keras    core/frameworks/keras/generated/signatures.ts
    python signatures.py tf_keras core/frameworks/keras/generated/signatures-keras2.ts

Run in the oracle's virtual environment (`npm run generate` does). A string with sorted lines, because an engine reads
it without building 2,000 objects and finds an entry by halving; an entry is parsed when it is asked for. A line is

    <canonical name> <kind> <where it is defined, or -> <JSON>
    <another public name> = <canonical name>
    <another public name> ~ <canonical name>     of `tf.keras` alone

with kind one of class, function, module, constant, and in the JSON, as far as there is something to say:

    tensorflow  true when only `tf.keras` has the name, not `keras`
    bases       of a class: its nearest public base classes
    parameters  as Python writes them, each its own string; `/` and `*` stand where Python has them; a default that is
                not a plain literal is written `=<what it is>`
    keywords    what `**kwargs` accepts beyond the parameters, found by trying; `*` where anything is swallowed
    call        of a layer: the parameters of `call`
    functional  of Model: the parameters when it is given inputs and outputs
    value       of a constant: its repr when it is plain
"""

import ast
import importlib
import inspect
import json
import os
import re
import sys
import types
import warnings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
warnings.simplefilter("ignore")

# What a constructor needs before its keywords can be tried. By parameter name, where the class has no default for it.
NEEDED = {
    "units": 4,
    "filters": 4,
    "kernel_size": 3,
    "rate": 0.5,
    "stddev": 0.5,
    "dims": (2, 1),
    "n": 2,
    "axes": 1,
    "input_dim": 5,
    "output_dim": 4,
    "target_shape": (4,),
    "activation": "relu",
    "function": lambda x: x,
    "num_heads": 2,
    "key_dim": 4,
    "head_dim": 4,
    "num_query_heads": 2,
    "num_key_value_heads": 2,
    "equation": "ab,bc->ac",
    "output_shape": 4,
    "height": 8,
    "width": 8,
    "factor": 0.2,
    "scale": 1.0,
    "num_bins": 4,
    "num_tokens": 4,
    "padding": 1,
    "cropping": 1,
    "value_range": (0, 1),
    "bin_boundaries": [0.0, 1.0],
    "crop_to_aspect_ratio": False,
    "theta": 1.0,
    "output_size": 2,
    "pool_size": 2,
    "height_factor": 0.2,
    "width_factor": 0.2,
    "max_number": 4,
    "num_quantization_bins": 4,
}
# Needed although there is a default, or other than the name says.
NEEDED_BY = {
    "CategoryEncoding": {"num_tokens": 4},
    "InputLayer": {"shape": (3,)},
    "RandomPosterization": {"factor": 4},
    "MaxNumBoundingBoxes": {"max_number": 4},
}
UNKNOWN_KEYWORD = re.compile(
    r"unexpected keyword argument|multiple values for (keyword )?argument|Unrecognized keyword|"
    r"Keyword argument not understood|not recognized|are not supported|takes no arguments",
    re.I,
)
# Keywords of Keras 1 and 2 that real code still passes.
LEGACY_KEYWORDS = [
    "input_dim",
    "input_shape",
    "batch_input_shape",
    "batch_size",
    "batch_shape",
    "input_length",
    "input_dtype",
    "weights",
    "activity_regularizer",
    "autocast",
    "implementation",
    "alpha",
    "time_major",
    "rms_scaling",
    "cpu_merge",
    "ragged",
    "sparse",
    "lr",
    "decay",
    "clipnorm",
    "clipvalue",
    "global_clipnorm",
    # Of what is no layer: regularizers and Tokenizer.
    "l",
    "nb_words",
    "document_count",
]

LAYER_OWN = ["dtype", "name", "trainable"]


def is_plain(value):
    if value is None or isinstance(value, (bool, int, str)):
        return True
    if isinstance(value, float):
        return value == value and abs(value) != float("inf")
    if isinstance(value, (tuple, list)):
        return all(map(is_plain, value))
    return isinstance(value, dict) and all(is_plain(k) and is_plain(v) for k, v in value.items())


def default_text(value):
    if type(value).__module__ == "builtins" and is_plain(value):
        return repr(value)
    name = getattr(value, "__name__", None)
    return "<" + re.sub(r" at 0x[0-9a-f]+", "", name or repr(value)).strip("<>") + ">"


def parameters_of(function, drop_first=False):
    """The parameters as Python writes them, or None when the object does not tell (a builtin)."""
    try:
        listed = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return None
    texts, star = [], False
    for position, parameter in enumerate(listed[1:] if drop_first else listed):
        kind = parameter.kind
        if kind is parameter.VAR_POSITIONAL:
            texts.append("*" + parameter.name)
            star = True
            continue
        if kind is parameter.VAR_KEYWORD:
            texts.append("**" + parameter.name)
            continue
        if kind is parameter.KEYWORD_ONLY and not star:
            texts.append("*")
            star = True
        has_default = parameter.default is not parameter.empty
        texts.append(parameter.name + ("=" + default_text(parameter.default) if has_default else ""))
        following = listed[(1 if drop_first else 0) :][position + 1 : position + 2]
        if kind is parameter.POSITIONAL_ONLY and not (following and following[0].kind is parameter.POSITIONAL_ONLY):
            texts.append("/")
    return texts


def names_in(texts):
    return [re.match(r"\w+", t).group() for t in texts or [] if re.match(r"\w", t)]


def walk(module, prefix, found, modules, depth=0):
    """Collects every public name under a module: found[name] = object, modules[name] = module."""
    for name in sorted(vars(module)):
        if name.startswith("_") and not (depth == 0 and name == "__version__"):
            continue
        value, path = vars(module)[name], f"{prefix}.{name}"
        if isinstance(value, types.ModuleType):
            root = value.__name__.split(".")[0]
            inside = root == module.__name__.split(".")[0] and ".src" not in value.__name__
            if inside and name not in ("src", "api", "protobuf"):
                modules[path] = value
                walk(value, path, found, modules, depth + 1)
        else:
            found[path] = value


def canonical_of(value, names):
    """Keras's own first name for an object; else the shortest of its public names."""
    exported = getattr(value, "_api_export_path", None) if isinstance(value, (type, types.FunctionType)) else None
    if isinstance(value, type) and "_api_export_path" not in vars(value):
        exported = None
    if "keras.Input" in names:  # Keras lists keras.layers.Input first; everybody writes keras.Input
        return "keras.Input"
    first = exported[0] if isinstance(exported, (list, tuple)) and exported else exported
    if isinstance(first, str) and first in names:
        return first
    return min(names, key=lambda n: (n.count("."), len(n), n))


class Keywords:
    """Finds by trying which keywords a class takes through `**kwargs`."""

    def __init__(self, package):
        self.package = package

    def minimal(self, cls):
        given = {}
        for p in list(inspect.signature(cls.__init__).parameters.values())[1:]:
            if p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD) or p.default is not p.empty:
                continue
            given[p.name] = self.needed(cls, p.name)
        return {**given, **NEEDED_BY.get(cls.__name__, {})}

    def needed(self, cls, name):
        layers = self.package.layers
        if name == "layer":
            return layers.LSTM(4) if cls.__name__ == "Bidirectional" else layers.Dense(4)
        if name in ("cell", "cells"):
            return layers.LSTMCell(4) if name == "cell" else [layers.LSTMCell(4)]
        return NEEDED.get(name)

    def accepts(self, cls, keyword, value):
        try:
            cls(**{**self.minimal(cls), keyword: value})
            return True
        except Exception as error:  # only the kind of complaint matters
            return UNKNOWN_KEYWORD.search(str(error)) is None

    def of(self, cls):
        own = None if cls.__init__ is object.__init__ else parameters_of(cls.__init__, drop_first=True)
        if not own or not any(t.startswith("**") for t in own):
            # What wraps the constructor of a metric takes one more argument.
            return ["mesh"] if hasattr(cls.__init__, "_tf_decorator") and self.accepts(cls, "mesh", None) else None
        try:
            cls(**self.minimal(cls))
        except Exception as error:
            print(f"cannot make {cls.__name__}: {str(error).splitlines()[:1]}", file=sys.stderr)
            if not issubclass(cls, self.package.layers.Layer):
                return None
            # It cannot be made here (another package is missing): what every layer accepts.
            return sorted(set(self.of(self.package.layers.Layer) + LAYER_OWN) - set(names_in(own)))
        candidates = {}
        for base in cls.__mro__[1:]:
            if "__init__" in vars(base) and base.__module__.split(".")[0] == self.package.__name__:
                for p in list(inspect.signature(base.__init__).parameters.values())[1:]:
                    if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY):
                        candidates.setdefault(p.name, None if p.default is p.empty else p.default)
        samples = {
            "input_dim": 3,
            "input_shape": (3,),
            "batch_input_shape": (2, 3),
            "batch_shape": (2, 3),
            "batch_size": 2,
            "input_length": 3,
            "implementation": 1,
            "alpha": 0.1,
        }
        for name in LEGACY_KEYWORDS:
            candidates.setdefault(name, samples.get(name))
        for name in popped_in(cls):
            candidates.setdefault(name, samples.get(name))
        # How weights are spread over devices, which layers of Keras 2 take beside how they begin.
        for name in names_in(own):
            if name.endswith("_initializer"):
                candidates.setdefault(name.replace("_initializer", "_layout"), None)
        if self.accepts(cls, "no_such_keyword", 1):
            return ["*"]
        known = set(names_in(own))
        return sorted(
            k
            for k, v in candidates.items()
            if k not in known and not k.startswith("_") and self.accepts(cls, k, samples.get(k, v))
        )


def popped_in(cls):
    """What the constructors take out of `**kwargs` by name: `kwargs.pop("l", l2)`."""
    inits = [vars(it)["__init__"] for it in cls.__mro__ if isinstance(vars(it).get("__init__"), types.FunctionType)]
    return [name for it in inits for name in re.findall(r'kwargs\.pop\(\s*"(\w+)"', inspect.getsource(it))]


def public_bases(cls, canonical):
    """The nearest base classes that have a public name, looking through those that have none."""
    result = []
    for base in cls.__bases__:
        names = [canonical[id(base)]] if id(base) in canonical else public_bases(base, canonical)
        result += [n for n in names if n not in result]
    return result


def describe(value, name, canonical, keywords):
    """(kind, where it is defined, the rest of the entry)."""
    if not isinstance(value, type) and not callable(value):
        return "constant", "-", {"value": repr(value) if is_plain(value) else f"<{type(value).__name__}>"}
    defined = f"{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', type(value).__qualname__)}"
    if not isinstance(value, type):
        return "function", defined, {"parameters": parameters_of(value)}
    bare = value.__init__ is object.__init__ and value.__new__ is object.__new__
    # A metaclass may take the arguments in the class's place.
    own = type(value) is not type and vars(type(value)).get("__call__")
    maker = own or value.__init__
    parameters = [] if bare and maker is value.__init__ else parameters_of(maker, drop_first=True)
    is_layer = issubclass(value, keywords.package.layers.Layer)
    entry = {"bases": public_bases(value, canonical), "parameters": parameters, "keywords": keywords.of(value)}
    if is_layer and callable(getattr(value, "call", None)):
        entry["call"] = parameters_of(value.call, drop_first=True)
    if name == "keras.Model":
        tensor = keywords.package.Input((1,))
        entry["functional"] = parameters_of(type(value(tensor, tensor)).__init__, drop_first=True)
    return "class", defined, entry


# What a script that builds models never asks of Keras 2.
LEFT_OUT = {"tf_keras": ("callbacks", "dtensor", "estimator", "experimental", "export", "datasets")}


def collect(package_name):
    """The package's version, (names, kind, defined, entry) of each object, and the names of `tf.keras` alone."""
    package = importlib.import_module(package_name)
    found, modules, only_tensorflow = {}, {}, set()
    walk(package, "keras", found, modules)
    if package_name == "keras":
        more, more_modules = {}, {}
        walk(importlib.import_module("keras._tf_keras.keras"), "keras", more, more_modules)
        only_tensorflow = set(more) - set(found)
        # Where both have a name but mean different objects, `keras` wins; `tf.keras` is then not told apart.
        found = {**more, **found}
        modules = {**more_modules, **modules}
    if package_name == "tf_keras":
        # Keras 2.0 to 2.3 had these beside the others.
        old = importlib.import_module("tf_keras.api._v1.keras.layers")
        found.update({f"keras.layers.{name}": getattr(old, name) for name in ("CuDNNGRU", "CuDNNLSTM")})
    left_out = LEFT_OUT.get(package_name, ())
    groups, keep = {}, {}
    for name, value in found.items():
        if any(part in left_out for part in name.split(".")):
            continue
        key = id(value) if isinstance(value, type) or callable(value) else name
        groups.setdefault(key, []).append(name)
        keep[key] = value
    canonical = {key: canonical_of(keep[key], names) for key, names in groups.items()}
    keywords = Keywords(package)
    entries = []
    for key, names in groups.items():
        kind, defined, entry = describe(keep[key], canonical[key], canonical, keywords)
        if canonical[key] in only_tensorflow:
            entry["tensorflow"] = True
        aliases = sorted(set(names) - {canonical[key]})
        entries.append(([canonical[key], *aliases], kind, defined, {k: v for k, v in entry.items() if v is not None}))
    entries += [([name], "module", "-", {}) for name in modules if not any(p in left_out for p in name.split("."))]
    return package.__version__, sorted(entries, key=lambda e: e[0]), only_tensorflow


def main(package_name, path):
    version, entries, only_tensorflow = collect(package_name)
    lines = []
    for names, kind, defined, entry in entries:
        assert " " not in defined, defined
        body = json.dumps(entry, separators=(",", ":")).replace("`", "\\u0060").replace("${", "\\u0024{")
        lines.append(" ".join([names[0], kind, defined, body]))
        lines += [f"{alias} {'~' if alias in only_tensorflow else '='} {names[0]}" for alias in names[1:]]
    text = f"// Generated by tasks/generate/signatures.py from {package_name} {version}. Do not edit.\n\n"
    text += (
        f'export const VERSION = "{version}";\n\nexport const SIGNATURES = String.raw`\n'
        + "\n".join(sorted(lines))
        + "\n`;\n"
    )
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    print(f"{path}: {len(entries)} names, {len(text):,} bytes")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
