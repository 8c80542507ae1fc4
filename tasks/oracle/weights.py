"""Weights as Keras writes them, and what the models then give: npm run oracle -- --weights

Runs test/engine/weights/*.py, gives each model seeded weights, and writes beside it, compressed, the file of weights of
Keras 3, the archive and the older HDF5 file, and into recorded.json inputs and outputs.
"""

import gzip
import json
import os
import pathlib
import runpy
import sys
import tempfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"

import numpy as np  # noqa: E402

FOLDER = pathlib.Path(__file__).parents[2] / "test/engine/weights"
KINDS = {"weights.h5": "save_weights", "keras": "save", "h5": "save"}


def drawn(model, random):
    for weight in model.weights:
        values = random.uniform(-0.7, 0.7, weight.shape)
        # A variance is positive, and what counts is a whole number.
        if "variance" in weight.name:
            values = np.abs(values) + 0.5
        weight.assign(values.astype(np.asarray(weight).dtype))


def inputs_of(model, random, batch=2):
    made = []
    for it in model.inputs:
        shape = [batch, *it.shape[1:]]
        whole = "int" in str(getattr(it.dtype, "name", it.dtype))
        made.append(random.integers(0, 10, shape) if whole else random.normal(size=shape).astype("float32"))
    return made


def asked(model, random):
    if getattr(model, "inputs", None):
        return inputs_of(model, random)
    return [random.normal(size=(2, 4)).astype("float32")]


def listed(array):
    return {"shape": list(array.shape), "values": [round(float(it), 7) for it in np.ravel(array)]}


def record(path, folder):
    random = np.random.default_rng(7)
    model = runpy.run_path(str(path))["model"]
    given = [np.round(it, 4) for it in asked(model, random)]
    drawn(model, random)
    outputs = model(given[0] if len(given) == 1 else given)
    outputs = outputs if isinstance(outputs, (list, tuple)) else [outputs]
    for ending, method in KINDS.items():
        name = f"{path.stem}.{ending}"
        try:
            getattr(model, method)(os.path.join(folder, name))
        except Exception as error:  # noqa: BLE001
            print(f"  {name}: {type(error).__name__}: {str(error)[:90]}", file=sys.stderr)
            continue
        data = pathlib.Path(folder, name).read_bytes()
        (FOLDER / f"{name}.gz").write_bytes(gzip.compress(data, 9, mtime=0))
    return {"inputs": [listed(it) for it in given], "outputs": [listed(np.asarray(it)) for it in outputs]}


def main(names):
    target = FOLDER / "recorded.json"
    recorded = json.loads(target.read_text()) if target.exists() else {}
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(FOLDER.glob("*.py")):
            if names and path.stem not in names:
                continue
            print(path.stem, file=sys.stderr)
            recorded[path.stem] = record(path, folder)
    lines = [f"  {json.dumps(name)}: {json.dumps(recorded[name])}" for name in sorted(recorded)]
    target.write_text("{\n" + ",\n".join(lines) + "\n}\n")


main([it for it in sys.argv[1:] if not it.startswith("--")])
