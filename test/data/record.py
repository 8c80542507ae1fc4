"""Runs small programs about data on the real libraries and records what every variable then is.

    python test/data/record.py [FILE.txt…]

A file in test/data/programs holds programs, each under `=== name`. In front of one may stand the files that it reads:
`#file text PATH`, its lines and `#end`; `#file npy PATH (shape) dtype`; `#file image PATH`. Written is
test/oracle/data.json:

    {"versions": {…}, "programs": {"numpy/windows by append": {
        "hash": "…", "error": null | {"type": "ValueError", "message": "…", "line": 7},
        "values": {"8:5-8:16": [["(110, 10, 3)", "float64"]]}}}}

A value stands under the place where its hint belongs: of `x = f()` the expression, of `x, y = f()` each name. It is a
list of tensors, in order: an array's or a data frame's shape and type, a data set's batches, a list's items. Downloads
are replaced by arrays of the documented shapes. Needs TensorFlow, Keras, scikit-learn, pandas and Pillow.
"""

import ast
import hashlib
import json
import os
import re
import sys
import tempfile
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "tasks", "oracle"))
from forked import forked  # noqa: E402

sys.path.pop(0)
PROGRAMS = os.path.join(HERE, "programs")
ORACLE = os.path.join(HERE, "..", "oracle", "data.json")
SECONDS = 120

# The documented shapes of what would have to be downloaded: rows, rest, dtype of x; of y.
SETS = {
    "mnist": (60000, 10000, (28, 28), "uint8", (), "uint8"),
    "fashion_mnist": (60000, 10000, (28, 28), "uint8", (), "uint8"),
    "cifar10": (50000, 10000, (32, 32, 3), "uint8", (1,), "uint8"),
    "cifar100": (50000, 10000, (32, 32, 3), "uint8", (1,), "int64"),
}


def split(text):
    for part in re.split(r"^=== ", text, flags=re.M)[1:]:
        name, body = part.split("\n", 1)
        yield name.strip(), body


class Instrument(ast.NodeTransformer):
    """After `target = value` comes a note of what the names are."""

    def visit_Assign(self, node):
        self.generic_visit(node)
        return [node, *(self.note(place, name) for target in node.targets for place, name in self.places(target, node))]

    def places(self, target, node):
        if isinstance(target, ast.Name):
            yield span(node.value), target.id
        if isinstance(target, (ast.Tuple, ast.List)):
            yield from self.inner(target)

    def inner(self, target):
        for item in target.elts:
            if isinstance(item, ast.Name) and item.id != "_":
                yield span(item), item.id
            elif isinstance(item, (ast.Tuple, ast.List)):
                yield from self.inner(item)

    def visit_For(self, node):
        places = list(self.inner(ast.Tuple([node.target], ast.Load())))
        self.generic_visit(node)
        node.body = [self.note(place, name) for place, name in places] + node.body
        return node

    @staticmethod
    def note(place, name):
        call = ast.Call(ast.Name("__note__", ast.Load()), [ast.Constant(place), ast.Name(name, ast.Load())], [])
        return ast.Expr(call)


def span(node):
    return f"{node.lineno}:{node.col_offset + 1}-{node.end_lineno}:{node.end_col_offset + 1}"


def facts(value, depth=0):
    """(shape, dtype) of every tensor in a value, or None where there is something else in it."""
    import numpy as np
    import pandas as pd
    import tensorflow as tf

    if isinstance(value, tf.data.Dataset):
        return [spec(s) for s in tf.nest.flatten(value.element_spec)]
    if isinstance(value, (tf.TensorSpec, tf.TensorShape)) or isinstance(value, type):
        return None
    if isinstance(value, pd.DataFrame):
        kinds = {str(t) for t in value.dtypes}
        return [[str(value.shape), kinds.pop() if len(kinds) == 1 else "mixed"]]
    if isinstance(value, (pd.Series, pd.Index)):
        return [[str(value.shape), str(value.dtype)]]
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)) and not hasattr(value, "dtype"):
        if not value or len(value) > 64 or depth > 6:
            return None
        inner = [facts(item, depth + 1) for item in value]
        return None if any(not i for i in inner) else [t for i in inner for t in i]
    if isinstance(value, np.generic) or not hasattr(value, "shape") or not hasattr(value, "dtype"):
        return None
    if type(value).__module__.startswith(("tensorflow", "keras", "numpy", "ml_dtypes")):
        name = getattr(value.dtype, "name", str(value.dtype))
        return [[str(tuple(value.shape)), name]]
    return None


def spec(it):
    import tensorflow as tf

    if isinstance(it, tf.data.DatasetSpec):
        return ["dataset", "dataset"]
    return ["?" if it.shape.rank is None else str(tuple(it.shape)), it.dtype.name]


def write_files(body):
    """Writes the files that stand in front of the program, whose lines keep their numbers."""
    import numpy as np
    from PIL import Image

    lines = body.split("\n")
    while lines and lines[0].startswith("#file"):
        kind, path, *rest = lines.pop(0).split(" ", 3)[1:]
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        if kind == "npy":
            shape, dtype = re.fullmatch(r"(\(.*\)) (\w+)", " ".join(rest)).groups()
            np.save(path, np.zeros(ast.literal_eval(shape), dtype))
        elif kind == "image":
            Image.new("RGB", (20, 20)).save(path)
        else:
            end = lines.index("#end")
            with open(path, "w") as file:
                file.write("\n".join(lines[:end]) + "\n")
            lines = lines[end + 1 :]
    return "\n" * (body.count("\n") - len(lines) + 1) + "\n".join(lines)


def stub_downloads():
    import keras
    import numpy as np
    import sklearn.datasets
    from sklearn.utils import Bunch

    def arrays(train, test, x, xt, y, yt):
        part = lambda n: (np.zeros((n, *x), xt),  # noqa: E731
                          np.arange(n * max(1, int(np.prod(y)))).reshape((n, *y)).astype(yt) % 10)
        return lambda *a, **k: (part(train), part(test))

    for name, rest in SETS.items():
        getattr(keras.datasets, name).load_data = arrays(*rest)

    def texts(train, test, classes):
        def load(path=None, num_words=None, **options):
            n = int((train + test) * (1 - options.get("test_split", test / (train + test))))
            make = lambda k: (np.array([[1, 2, 3], [4]] * (k // 2) + [[5, 6]] * (k % 2), dtype=object),  # noqa: E731
                              (np.arange(k) % classes).astype("int64"))
            return make(n), make(train + test - n)
        return load

    keras.datasets.imdb.load_data = texts(25000, 25000, 2)
    keras.datasets.reuters.load_data = texts(8982, 2246, 46)

    def table(rows, columns, dtype):
        def load(*_, test_split=0.2, **__):
            n = int(rows * (1 - test_split))
            make = lambda k: (np.zeros((k, columns), dtype), np.zeros(k, dtype))  # noqa: E731
            return make(n), make(rows - n)
        return load

    keras.datasets.boston_housing.load_data = table(506, 13, "float64")
    keras.datasets.california_housing.load_data = table(20640, 8, "float32")
    housing = lambda **_: Bunch(data=np.zeros((20640, 8)), target=np.zeros(20640))  # noqa: E731
    sklearn.datasets.fetch_california_housing = housing


def run(body):
    import numpy as np

    np.random.seed(1)
    values, doubled = {}, set()

    def note(place, value):
        found = facts(value)
        if found is not None and place not in doubled:
            if values.setdefault(place, found) != found:
                doubled.add(place)

    error = None
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        source = write_files(body)
        stub_downloads()
        try:
            tree = ast.fix_missing_locations(Instrument().visit(ast.parse(source)))
            exec(compile(tree, "<program>", "exec"), {"__name__": "__main__", "__note__": note})
        except Exception as raised:
            lines = [f.lineno for f in traceback.extract_tb(raised.__traceback__) if f.filename == "<program>"]
            message = str(raised).split("\n")[0][:200]
            error = {"type": type(raised).__name__, "message": message, "line": lines[0] if lines else None}
        os.chdir("/")
    for place in doubled:
        values.pop(place)
    order = lambda place: [int(n) for n in re.split("[:-]", place)]  # noqa: E731
    return {"error": error, "values": {place: values[place] for place in sorted(values, key=order)}}


def main(names):
    os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1", KERAS_BACKEND="tensorflow")
    import keras
    import numpy
    import pandas
    import PIL.Image  # noqa: F401
    import sklearn
    import sklearn.datasets
    import sklearn.utils  # noqa: F401
    import tensorflow

    known = {}
    if names and os.path.exists(ORACLE):
        with open(ORACLE) as file:
            known = json.load(file)["programs"]
    files = sorted(f for f in os.listdir(PROGRAMS) if f.endswith(".txt") and (not names or f in names))
    for name in files:
        known = {k: v for k, v in known.items() if not k.startswith(name[:-4] + "/")}
        with open(os.path.join(PROGRAMS, name)) as file:
            for title, body in split(file.read()):
                seen, why = forked(SECONDS, lambda body=body: run(body))
                seen = seen or {"error": {"type": "none", "message": why, "line": None}, "values": {}}
                print(f"{name[:-4]}/{title}", (seen.get("error") or {}).get("message", ""), flush=True)
                known[f"{name[:-4]}/{title}"] = {"hash": hashlib.sha256(body.encode()).hexdigest()[:16], **seen}
    packages = {"keras": keras, "tensorflow": tensorflow, "numpy": numpy, "scikit-learn": sklearn, "pandas": pandas}
    versions = {name: it.__version__ for name, it in packages.items()}
    record = {"versions": versions, "programs": dict(sorted(known.items()))}
    with open(ORACLE, "w") as file:
        json.dump(record, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1:])
