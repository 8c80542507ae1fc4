"""Checks the models of a folder, as tasks/oracle/onnx.ts writes them: the onnx checker, then onnxruntime's numbers."""

import json
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime

TYPES = {"tensor(float)": "float32", "tensor(int32)": "int32", "tensor(int64)": "int64", "tensor(bool)": "bool"}
TOLERANCE = 1e-4


def fault(path, asked):
    onnx.checker.check_model(str(path), full_check=True)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    feeds = {
        it.name: np.array(given["values"], TYPES[it.type]).reshape(given["shape"])
        for it, given in zip(session.get_inputs(), asked["inputs"], strict=True)
    }
    for output, wanted in zip(session.run(None, feeds), asked["outputs"], strict=True):
        right = np.array(wanted["values"], "float64").reshape(wanted["shape"])
        if list(output.shape) != wanted["shape"]:
            return f"gives {list(output.shape)}, and not {wanted['shape']}"
        finite = np.isfinite(right)
        if not np.array_equal(np.isfinite(output), finite):
            return "gives numbers in other places"
        off = np.max(np.abs(output.astype("float64") - right), initial=0, where=finite)
        if off > TOLERANCE * np.max(np.abs(right), initial=0, where=finite) + 1e-7:
            return f"is off by {off}"
    return None


def main(folder):
    faults = 0
    every = json.loads((folder / "asked.json").read_text())
    for i, asked in enumerate(every):
        try:
            problem = fault(folder / f"{i}.onnx", asked)
        except Exception as error:  # noqa: BLE001
            problem = f"{type(error).__name__}: {str(error)[:300]}"
        if problem is not None:
            faults += 1
            print(f"{asked['name']}: {problem}")
    versions = f"onnx {onnx.__version__}, onnxruntime {onnxruntime.__version__}"
    print(f"{len(every) - faults} of {len(every)} models pass the checker and give the same numbers ({versions})")
    return 1 if faults else 0


sys.exit(main(pathlib.Path(sys.argv[1])))
