"""Writes what each builder of keras.applications assembles, as a TypeScript module that holds one string of JSON.

    python applications.py core/frameworks/keras/generated/applications.ts

Run in the oracle's virtual environment (`npm run generate` does). Each builder is run without weights, and every call
that it makes on a symbolic tensor is written down as a row: which class, which arguments other than the class's
defaults, which name, and which rows before it are its inputs. The JSON has

    kinds     [class, arguments] of a row, each pair once; a Sequential has its layers under "layers", as
              [class, arguments, name]; an operator has its operands under "operands", null for a tensor
    names     the names of rows, sorted; each as one character for how many characters (base 36) it shares with the one
              before it, and the rest. `@` stands for the model's own name
    rows      sequences of rows. A row is `kind.name~inputs`, kind and name as indices in base 36, no name where Keras
              gives an automatic one; an input is how many rows back, `0` the model's input; without `~…` it is the row
              before
    builders  by name: the defaults of its input (`size`, `least`), and its `variants`: the condition, and indices of
              sequences: what comes first, by condition (`heads`), the `body`, and what comes last (`ends`)

Where an argument is what the caller gave or follows from the input's size, a string that begins with `$` stands for it.
"""

import inspect
import json
import os
import sys
import warnings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
warnings.simplefilter("ignore")

import keras  # noqa: E402
from keras.src.applications import imagenet_utils  # noqa: E402
from keras.src.layers.layer import Layer  # noqa: E402
from keras.src.ops.operation import Operation  # noqa: E402
from keras.src.utils import file_utils  # noqa: E402

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
# Values that stand for what the caller gives: nothing else in the models is like them.
CLASSES, ACTIVATION, DROPOUT, MULTIPLIER, NAME = 1013, "hard_sigmoid", 0.1237, 7, "@"
GIVEN = {CLASSES: "$classes", DROPOUT: "$dropout"}

rows = []
tensors = {}
kept = []
given = {}
least = {}


class Padding(tuple):
    """What `correct_pad` gave: it follows from the size of its input."""


def correct_pad(inputs, kernel_size, real=imagenet_utils.correct_pad):
    made = Padding(real(inputs, kernel_size))
    made.kernel = kernel_size if isinstance(kernel_size, int) else kernel_size[0]
    assert isinstance(kernel_size, int) or set(kernel_size) == {made.kernel}
    return made


def obtain_input_shape(*args, real=imagenet_utils.obtain_input_shape, **kwargs):
    least.update(size=kwargs["default_size"], least=kwargs["min_size"])
    return real(*args, **kwargs)


def called(layer, inputs):
    """`layer(inputs)` by shapes alone: no weights are made, so that hundreds of models take seconds."""
    several = isinstance(inputs, (list, tuple))
    shapes = [tuple(it.shape) for it in (inputs if several else [inputs])]
    made = keras.KerasTensor(output_shape(layer, shapes if several else shapes[0]))
    note(layer, [inputs], made)
    return made


def output_shape(layer, shape):
    if isinstance(layer, keras.Sequential):
        for it in layer.layers:
            shape = output_shape(it, shape)
        return shape
    if type(layer).__module__.startswith("keras.src.applications."):
        return shape[0] if isinstance(shape, list) else shape
    return layer.compute_output_shape(shape)


def operated(operation, *args):
    made = operation.compute_output_spec(*args)
    note(operation, args, made)
    return made


def made_with(cls, *args, real=Operation.__new__, **kwargs):
    operation = real(cls, *args, **kwargs)
    given[id(operation)] = inspect.signature(cls.__init__).bind(operation, *args, **kwargs).arguments
    kept.append(operation)
    return operation


class Model:
    """Stands in for Functional: nobody asks what it is."""

    def __init__(self, inputs, outputs, name):
        self.output, self.name = outputs, name

    def load_weights(self, *_, **__):
        """Pretrained weights change no shape."""


def note(operation, args, made):
    operands = list(args[0]) if len(args) == 1 and isinstance(args[0], (list, tuple)) else list(args)
    inputs = [it for it in operands if isinstance(it, keras.KerasTensor)]
    kind = described(operation)
    if not isinstance(operation, Layer):
        kind[1]["operands"] = [None if isinstance(it, keras.KerasTensor) else it for it in operands]
    here = len(rows) + 1
    back = [here - tensors[id(it)] if id(it) in tensors else 0 for it in inputs]
    rows.append((*kind, back))
    tensors[id(made)] = here
    kept.append(made)


def described(operation):
    """[class, arguments, name], the name empty where Keras makes it up."""
    cls = type(operation)
    if isinstance(operation, keras.Sequential):
        layers = [described(it) for it in operation.layers if not isinstance(it, keras.layers.InputLayer)]
        return ["Sequential", {"layers": layers}, operation.name]
    if not isinstance(operation, Layer):
        return [cls.__name__, {}, ""]
    arguments_given = dict(given[id(operation)])
    arguments_given.update(arguments_given.pop("kwargs", {}))
    name = arguments_given.pop("name", None) or ""
    parameters = inspect.signature(cls.__init__).parameters
    defaults = {key: it.default for key, it in parameters.items()}
    arguments = {}
    for key, value in sorted(arguments_given.items()):
        if key == "self" or (key in defaults and same(defaults[key], value)):
            continue
        written, known = plain(operation, key, value)
        if known:
            arguments[key] = written
    return [cls.__name__, arguments, name]


def same(default, value):
    return type(default) is type(value) and default == value


def plain(operation, key, value):
    """The value as JSON, and whether it is one: an initializer's object is not."""
    if isinstance(value, Padding):
        return f"$pad{value.kernel}", True
    if key == "activation" and value == ACTIVATION:
        return "$classifier_activation", True
    if key == "target_shape" and CLASSES in value:
        return ["$classes"], True
    if key == "depth_multiplier" and value == MULTIPLIER:
        return "$depth_multiplier", True
    if isinstance(value, (int, float)) and value in GIVEN:
        return GIVEN[value], True
    if value is None or isinstance(value, (bool, int, str)):
        return value, True
    if isinstance(value, float):
        return round(value, 12), True
    if isinstance(value, (list, tuple)):
        parts = [plain(operation, "", it) for it in value]
        return [it for it, _ in parts], all(known for _, known in parts)
    return None, False


def build(name, **arguments):
    rows.clear()
    tensors.clear()
    kept.clear()
    given.clear()
    keras.utils.clear_session()
    function = getattr(keras.applications, name)
    sentinels = {"weights": None, "classes": CLASSES, "classifier_activation": ACTIVATION, "name": NAME}
    if name.startswith("EfficientNetV2"):
        # It looks its blocks up by its name.
        del sentinels["name"]
    if name.startswith("MobileNetV3"):
        sentinels["dropout_rate"] = DROPOUT
    if name == "MobileNet":
        sentinels.update(dropout=DROPOUT, depth_multiplier=MULTIPLIER)
    model = function(**{**sentinels, **arguments})
    assert tensors[id(model.output)] == len(rows), name
    return [tuple(it) for it in rows]


ANY = {"input_shape": (None, None, 3)}
ENDS = {
    "top": {"include_top": True},
    "none": {"include_top": False},
    "avg": {"include_top": False, "pooling": "avg"},
    "max": {"include_top": False, "pooling": "max"},
}


def variants_of(name):
    """[condition, arguments]: where a builder assembles something else for some of its arguments."""
    if name == "MobileNet":
        return [({"alpha": it}, {"alpha": it}) for it in (1.0, 0.25, 0.5, 0.75, 1.25, 1.5, 2.0)]
    if name == "MobileNetV2":
        return [({"alpha": it}, {"alpha": it}) for it in (1.0, 0.25, 0.35, 0.5, 0.75, 1.25, 1.3, 1.4, 1.5)]
    if name.startswith("MobileNetV3"):
        both = [{"alpha": a, "minimalistic": b} for b in (False, True) for a in (1.0, 0.25, 0.35, 0.5, 0.75, 1.25, 1.5)]
        return [(it, it) for it in both]
    if name.startswith("NASNet"):
        # Two sizes that are both not known are equal to the builder, and then it leaves out what makes them so.
        return [({"width": True}, {"input_shape": (224, 224, 3)}), ({"width": False}, ANY)]
    return [({}, {})]


def heads_of(name):
    """[condition, arguments] for what comes before the body."""
    one = {"input_shape": (224, 224, 1)}
    if name.startswith("EfficientNetV2") or name.startswith("ConvNeXt"):
        return [
            ({"include_preprocessing": True, "rgb": True}, {}),
            ({"include_preprocessing": True, "rgb": False}, one),
            ({"include_preprocessing": False}, {"include_preprocessing": False}),
        ]
    if name.startswith("MobileNetV3"):
        return [({"include_preprocessing": it}, {"include_preprocessing": it}) for it in (True, False)]
    if name.startswith("EfficientNet"):
        return [({"imagenet": False}, {}), ({"imagenet": True}, {"weights": "imagenet", "classes": 1000})]
    return [({}, {})]


def common(sequences):
    """How many rows all sequences begin with."""
    count = 0
    for parts in zip(*sequences):
        if any(it != parts[0] for it in parts[1:]):
            break
        count += 1
    return count


class Written:
    def __init__(self):
        self.kinds, self.sequences, self.names = {}, {}, set()

    def sequence(self, parts):
        self.names.update(name for _, _, name, _ in parts if name)
        return self.sequences.setdefault(json.dumps(parts), len(self.sequences))

    def kind(self, cls, arguments):
        return self.kinds.setdefault(json.dumps([cls, arguments], separators=(",", ":")), len(self.kinds))

    def result(self, builders):
        names = sorted(self.names)
        index = {name: base36(i) for i, name in enumerate(names)}
        lines = []
        for text in self.sequences:
            tokens = []
            for cls, arguments, name, back in json.loads(text):
                inputs = "" if back == [1] else "~" + ",".join(map(base36, back))
                tokens.append(f"{base36(self.kind(cls, arguments))}{'.' + index[name] if name else ''}{inputs}")
            lines.append(json.dumps(" ".join(tokens)))
        return (
            '{"kinds":[\n' + ",\n".join(self.kinds) + '\n],"names":' + json.dumps(front_coded(names))
            + ',"rows":[\n' + ",\n".join(lines) + '\n],"builders":{\n'
            + ",\n".join(f'"{name}":{json.dumps(it, separators=(",", ":"))}' for name, it in builders.items())
            + "\n}}"
        )  # fmt: skip


def base36(number):
    return DIGITS[number] if number < 36 else base36(number // 36) + DIGITS[number % 36]


def front_coded(names):
    coded, last = [], ""
    for name in names:
        shared = min(35, len(os.path.commonprefix([last, name])))
        coded.append(DIGITS[shared] + name[shared:])
        last = name
    return " ".join(coded)


def builder(written, name):
    variants, facts = [], {}
    tails = None
    for condition, arguments in variants_of(name):
        least.clear()
        if tails is None:
            whole = {end: build(name, **{**arguments, **how}) for end, how in ENDS.items() if has(condition, end)}
            facts = {"size": least.get("size"), "least": least.get("least", 32)}
            length = common(list(whole.values()))
            tails = {end: it[length:] for end, it in whole.items()}
            if name.startswith("MobileNetV3"):
                tails["topWithoutDropout"] = build(name, dropout_rate=0)[length:]
            base = whole["none"][:length]
        elif name.startswith("NASNet"):
            base = build(name, **arguments, include_top=False)
        else:
            # The end may depend on the variant as well.
            base = build(name, **arguments)
            length = len(base) - len(tails["top"])
            tails = {**tails, "top": base[length:]}
            if "topWithoutDropout" in tails:
                tails["topWithoutDropout"] = build(name, **arguments, dropout_rate=0)[length:]
            base = base[:length]
        heads = [(when, build(name, **{**arguments, **how}, include_top=False)) for when, how in heads_of(name)]
        # Of the no-top models the last rows are the end.
        bodies = [it[: len(it) - len(tails["none"])] for _, it in heads]
        shared = common([it[::-1] for it in bodies]) if len(heads) > 1 else len(base)
        assert bodies[0] == base, name
        variants.append(
            {
                "if": condition,
                "heads": [
                    [when, written.sequence(it[: len(it) - shared])] for (when, _), it in zip(heads, bodies)
                ],
                "body": written.sequence(base[len(base) - shared :]),
                "ends": {end: written.sequence(it) for end, it in tails.items()},
            }
        )
    return {**facts, "variants": variants}


def has(condition, end):
    return end != "top" or condition.get("width") is not False


def main(path, only):
    for part in ("correct_pad", "obtain_input_shape"):
        setattr(imagenet_utils, part, globals()[part])
    Operation.__new__ = made_with
    Layer.__call__ = called
    Operation.symbolic_call = operated
    file_utils.get_file = lambda *_, **__: ""
    for module in list(sys.modules.values()):
        if module.__name__.startswith("keras.src.applications.") and hasattr(module, "Functional"):
            module.Functional = Model
    written = Written()
    builders = {}
    for name in sorted(dir(keras.applications)):
        if inspect.isfunction(getattr(keras.applications, name)) and (not only or name in only):
            builders[name] = builder(written, name)
    text = written.result(builders)
    assert "`" not in text and "${" not in text and "\\" not in text
    with open(path, "w") as file:
        file.write(
            f"// Generated by tasks/generate/applications.py from keras {keras.__version__}. Do not edit.\n"
            f"\nexport const APPLICATIONS = `{text}`;\n"
        )
    print(f"{path}: {len(builders)} builders, {len(text)} bytes")


main(sys.argv[1], sys.argv[2:])
