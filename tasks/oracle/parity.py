"""Runs single layers and small models on the real Keras, on numbers that anybody can make again.

Reads the cases of test/parity, writes test/oracle/parity.json: of every output its shape, mean, L2 norm, and the values
at 64 places; of a model the same for every layer. `--stale` asks only for what is not recorded yet, `--check` compares
with the record instead. Everything random comes from `Stream`, whose twin is test/parity/stream.ts: what is said there
of generator, seeds and places holds here too.
"""

import json
import math
import os
import re
import sys
from pathlib import Path

os.environ.update(KERAS_BACKEND="tensorflow", TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1")

import keras
import numpy as np

ROOT = Path(__file__).parents[2]
CASES = ROOT / "test/parity"
RECORD = ROOT / "test/oracle/parity.json"
# What stands before every case.
PREAMBLE = (CASES / "preamble.py").read_text().strip()
# A size that is None, in an input, is fed 16: OPEN.
BATCH, SAMPLES, VOCABULARY, OPEN = 2, 64, 10, 16


class Stream:
    """Mulberry32, many numbers at a time: numbers below 2^24, which float32 holds exactly."""

    def __init__(self, text):
        self.state = seed_of(text)

    def draw(self, count):
        steps = np.arange(1, count + 1, dtype=np.uint64)
        state = ((self.state + steps * 0x6D2B79F5) & 0xFFFFFFFF).astype(np.uint32)
        self.state = (self.state + count * 0x6D2B79F5) & 0xFFFFFFFF
        mixed = (state ^ (state >> 15)) * (state | 1)
        mixed ^= mixed + (mixed ^ (mixed >> 7)) * (mixed | 61)
        return (mixed ^ (mixed >> 14)) >> 8

    def units(self, shape):
        return self.draw(int(np.prod(shape))).reshape(shape) / 2**24

    def weight(self, name, shape, by=1):
        low = 0.5 if "variance" in name else -0.5
        return ((self.units(shape) + low) * by).astype(np.float32)

    def input(self, shape, dtype):
        units = self.units(shape)
        return (units * VOCABULARY if dtype.startswith("int") else units * 4 - 2).astype(dtype)


def seed_of(text):
    """FNV-1a, 32 bits."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def single_layers():
    """(text, program) of every line of cases.txt and operations.txt that is a case."""
    for line in "".join((CASES / f"{name}.txt").read_text() for name in ("cases", "operations")).splitlines():
        inputs, bar, call = line.partition(" | ")
        if not bar or line.startswith("#"):
            continue
        makers = []
        for name, text in zip("xyzwuv", inputs.split("; ")):
            kind = ', dtype="int32"' if text.startswith("int ") else ""
            makers.append(f"{name} = keras.Input({text.removeprefix('int ')}{kind})")
        names = ", ".join("xyzwuv"[: len(makers)])
        call = call.strip()
        out = f"Run({call})([{names}])" if call.startswith("lambda ") else call
        yield line.strip(), "\n".join([PREAMBLE, *makers, f"out = {out}", f"model = keras.Model([{names}], out)"])


def models():
    for path in sorted((CASES / "models").glob("*.py")):
        yield f"models/{path.name}", path.read_text()


def applications():
    for line in (CASES / "applications.txt").read_text().splitlines():
        if re.fullmatch(r"\w+ \d+", line):
            builder, size = line.split()
            call = f"{builder}(weights=None, input_shape=({size}, {size}, 3), classes=10)"
            yield line, f"import keras\nmodel = keras.applications.{call}"


def is_application(text):
    return re.fullmatch(r"\w+ \d+", text) is not None


def layers_in(model):
    """The layers that have weights of their own, those of models in the model too."""
    for layer in model.layers:
        inner = getattr(layer, "layer", layer)
        yield from layers_in(inner) if isinstance(inner, keras.Model) else [layer]


def run(text, program):
    keras.backend.clear_session()
    namespace = {}
    exec(compile(program, text, "exec"), namespace)
    model = namespace["model"]
    for layer in layers_in(model):
        # One without a name is counted through the whole program: variable_1.
        names = [re.sub(r"^variable_\d+$", "variable", weight.name) for weight in layer.weights]
        for i, (name, weight) in enumerate(zip(names, layer.weights)):
            if weight.dtype == "float32":
                stream = Stream(f"{text} {layer.name} {name} {names[:i].count(name)}")
                shape = tuple(weight.shape)
                scaled = is_application(text) and len(shape) > 1
                weight.assign(stream.weight(name, shape, 2 / math.sqrt(math.prod(shape[:-1])) if scaled else 1))
        if hasattr(layer, "finalize_state"):
            layer.finalize_state()
    data = []
    for i, tensor in enumerate(model.inputs):
        shape = (BATCH, *(size or OPEN for size in tensor.shape[1:]))
        data.append(Stream(f"{text} input {i}").input(shape, tensor.dtype))
    result = probed(model, text)(data if len(data) > 1 else data[0], training=False)
    if isinstance(result, dict):
        return {name: summary(output, f"{text} output {name}") for name, output in result.items()}
    return {str(i): summary(output, f"{text} output {i}") for i, output in enumerate(keras.tree.flatten(result))}


def probed(model, text):
    """
    Of a model in a file, one that gives what each of its layers gives that is called once and gives one tensor; of an
    application, some ten of them.
    """
    if not text.startswith("models/") and not is_application(text):
        return model
    single = [
        layer for layer in model.layers if len(layer._inbound_nodes) == 1 and layer._inbound_nodes[0].input_tensors
    ]
    outputs = {
        layer.name: layer.output
        for layer in single
        if isinstance(layer.output, keras.KerasTensor) and not isinstance(layer, keras.Model)
    }
    if is_application(text):
        names = [*outputs]
        outputs = {name: outputs[name] for name in [*names[:: max(1, len(names) // 9)], names[-1]]}
    return keras.Model(model.inputs, outputs)


def summary(output, seed):
    flat = np.array(output).astype(np.float64).reshape(-1)
    places = range(flat.size) if flat.size <= SAMPLES else (Stream(seed).units((SAMPLES,)) * flat.size).astype(int)
    return {
        "shape": list(np.shape(output)),
        "mean": short(flat.mean()),
        "l2": short(np.sqrt((flat**2).sum())),
        "samples": [short(flat[place]) for place in places],
    }


def short(value):
    """As many digits as float32 tells apart."""
    return float(f"{value:.8g}")


def close(a, b):
    """Records of two machines: the last digits may differ."""
    if {name: it["shape"] for name, it in a.items()} != {name: it["shape"] for name, it in b.items()}:
        return False
    values = [[[it["mean"], it["l2"], *it["samples"]] for it in (a[name], b[name])] for name in a]
    return all(np.allclose(x, y, rtol=1e-4, atol=1e-5 * max(map(abs, y)), equal_nan=True) for x, y in values)


def main(check, stale):
    seen, failures = {}, []
    known = json.loads(RECORD.read_text())["cases"]
    for text, program in [*single_layers(), *models(), *applications()]:
        if stale and text in known:
            seen[text] = known[text]
            continue
        try:
            seen[text] = run(text, program)
        except Exception as error:
            failures.append(f"{text}: {type(error).__name__}: {str(error)[:600]}")
    if check:
        other = [text for text in {**seen, **known} if not close(seen.get(text, {}), known.get(text, {}))]
        failures += [f"{text}: the record differs from what Keras does" for text in other]
    else:
        head = json.dumps({"keras": keras.__version__, "backend": keras.backend.backend()})
        rows = [f"{json.dumps(text)}: {json.dumps(outputs, separators=(',', ':'))}" for text, outputs in seen.items()]
        RECORD.write_text('{"versions": ' + head + ', "cases": {\n' + ",\n".join(rows) + "\n}}\n")
    print("\n".join(failures))
    print(f"parity: {len(seen)} cases ran on Keras {keras.__version__}, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv, "--stale" in sys.argv))
