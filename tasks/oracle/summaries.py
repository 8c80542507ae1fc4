"""Records the tables that the real Keras prints.

    python summaries.py test/frameworks/keras/summaries/programs.txt examples test/oracle/summaries.json

Programs are blocks that begin with `# what it is about` and bind `model`; of an example every model that a name is
bound to by its end, or by where it raises. Each is printed with `line_length=100`, once as it is and once with
`expand_nested=True, show_trainable=True`. A short table is recorded line by line; of a long one each line is the first
four digits of its SHA-256.
"""

import glob
import hashlib
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
# rich crops to the width of the terminal, which Python takes for 80 where there is none.
os.environ["COLUMNS"] = "200"

import keras  # noqa: E402
from keras.src.initializers import random_initializers  # noqa: E402

SHORT = 60
DIES = {"06_out_of_memory"}
WAYS = {"plain": {}, "whole": {"expand_nested": True, "show_trainable": True}}


def fast():
    """Random numbers take most of the time and are of no interest here."""
    for cls in vars(random_initializers).values():
        if isinstance(cls, type) and "__call__" in vars(cls):
            cls.__call__ = lambda self, shape, dtype=None, **_: keras.ops.zeros(shape, dtype=dtype)


def programs(path, examples):
    with open(path) as file:
        for block in file.read().split("\n\n# "):
            name, text = block.removeprefix("# ").split("\n", 1)
            yield name, text, ["model"]
    for path in sorted(glob.glob(f"{examples}/*.py")):
        name = os.path.basename(path).removesuffix(".py")
        if name not in DIES:
            with open(path) as file:
                yield name, file.read(), None


def record(text, wanted):
    keras.utils.clear_session()
    names = {"keras": keras, "layers": keras.layers, "__name__": "__main__"}
    try:
        exec(text, names)
    except Exception:
        if wanted is not None:
            raise
    models = {name: it for name, it in names.items() if isinstance(it, keras.Model) and (wanted or [name]) == [name]}
    return {f"{name} {way}": printed(it, options) for name, it in models.items() for way, options in WAYS.items()}


def printed(model, options):
    parts = []
    model.summary(line_length=100, print_fn=parts.append, **options)
    lines = "".join(parts).rstrip("\n").split("\n")
    return lines if len(lines) <= SHORT else " ".join(hashlib.sha256(it.encode()).hexdigest()[:4] for it in lines)


def main(source, examples, target):
    fast()
    records = {}
    for name, text, wanted in programs(source, examples):
        records[name] = record(text, wanted)
        print(name, flush=True)
    with open(target, "w") as file:
        json.dump({"keras": keras.__version__, "programs": records}, file, indent=1, ensure_ascii=False)
        file.write("\n")


main(*sys.argv[1:])
