"""Runs whole programs on the real Keras and records what each of their calls yielded. compare.ts judges Inlayer by it.

    python test/differential/run_real.py [NAME…]

writes test/oracle/differential.json for the programs in test/differential/programs (all, or those of the given names):

    {"versions": {…}, "programs": {"unet": {
        "hash": "…",
        "error": null | {"type": "ValueError", "message": "its first line", "lines": [outermost, …, innermost]},
        "calls": {"12:5-12:30": {"kind": "tensor|layer|model", "shapes": [["(None, 10)"]], "dtypes": [["float32"]],
                                 "params": 60}},
        "models": [{"line": 12, "class": "Sequential", "params": 60, "trainable": 60, "outputs": [["(None, 10)"]],
                    "layers": [["dense", "Dense", 60]]}]}}}

A span is line:column-line:column, both from 1, as Inlayer's JSON has it. `shapes` has one entry for each distinct
result, a list of tensors each. A layer's construction has the results of its calls. Unknown (not built yet) is null.
"""

import ast
import builtins
import hashlib
import importlib
import json
import os
import re
import sys
import tempfile
import time
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "tasks", "oracle"))
from forked import forked  # noqa: E402

# The programs shall not find what stands there.
sys.path.pop(0)
PROGRAMS = os.path.join(HERE, "programs")
ORACLE = os.path.join(HERE, "..", "oracle", "differential.json")
SECONDS = 120


class Instrument(ast.NodeTransformer):
    """`f(…)` becomes `__seen__(span, __callee__(span, f)(…))`; `super()` needs its own frame and stays."""

    def visit_Call(self, node):
        start, end = f"{node.lineno}:{node.col_offset + 1}", f"{node.end_lineno}:{node.end_col_offset + 1}"
        span = f"{start}-{end}"
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in ("super", "locals", "vars", "dir", "globals"):
            return node
        node.func = self.wrapped("__callee__", span, node.func)
        return self.wrapped("__seen__", span, node)

    @staticmethod
    def wrapped(name, span, expression):
        call = ast.Call(ast.Name(name, ast.Load()), [ast.Constant(span), expression], [])
        return ast.fix_missing_locations(ast.copy_location(call, expression))


def shape_text(shape):
    if getattr(shape, "rank", 0) is None:
        return "?"
    return str(tuple(d if d is None else int(d) for d in shape))


class Observer:
    def __init__(self, keras):
        self.keras = keras
        self.results, self.layers, self.callees = {}, {}, {}
        self.models, self.outputs = {}, {}
        plain = keras.layers.Layer.__call__

        def call(layer, *args, **kwargs):
            result = plain(layer, *args, **kwargs)
            facts = self.tensors(result)
            if facts:
                seen = self.outputs.setdefault(id(layer), (layer, []))[1]
                if facts not in seen:
                    seen.append(facts)
            return result

        keras.layers.Layer.__call__ = call

    def callee(self, span, function):
        layer = getattr(function, "__self__", function) if not isinstance(function, type) else None
        if isinstance(layer, self.keras.layers.Layer) and layer is function:
            self.add(self.callees, span, layer)
        return function

    def seen(self, span, value):
        if isinstance(value, self.keras.layers.Layer):
            self.add(self.layers, span, value)
            if isinstance(value, self.keras.Model):
                self.models.setdefault(id(value), (value, int(span.split(":")[0])))
            return value
        facts = self.tensors(value)
        if facts:
            seen = self.results.setdefault(span, [])
            if facts not in seen and len(seen) < 64:
                seen.append(facts)
        return value

    @staticmethod
    def add(kept, span, layer):
        kept.setdefault(span, {})[id(layer)] = layer

    def tensors(self, value, depth=0):
        """(shape, dtype) of every tensor in a value, or None where there is something else in it."""
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, (list, tuple)) and not hasattr(value, "dtype"):
            if not value or len(value) > 64 or depth > 6:
                return None
            inner = [self.tensors(item, depth + 1) for item in value]
            return None if any(not i for i in inner) else [t for i in inner for t in i]
        if isinstance(value, type) or not hasattr(value, "shape") or not hasattr(value, "dtype"):
            return None
        try:
            return [(shape_text(value.shape), self.dtype(value))]
        except Exception:  # an array-like of a kind that has no such shape
            return None

    def dtype(self, tensor):
        try:
            return self.keras.backend.standardize_dtype(tensor.dtype)
        except Exception:
            return str(getattr(tensor.dtype, "name", tensor.dtype))

    def params(self, layers):
        counts = {count(layer) for layer in layers}
        return counts.pop() if len(counts) == 1 else None

    def layer_results(self, layer):
        if isinstance(layer, self.keras.Model):
            try:
                outputs = self.tensors(layer.outputs) if layer.outputs else None
            except Exception:
                outputs = None
            if outputs:
                return [outputs]
        return self.outputs.get(id(layer), (layer, []))[1]

    def calls(self):
        found = {}
        for span in {**self.results, **self.layers}:
            layers = list(self.layers.get(span, {}).values())
            results = self.results.get(span) or [r for layer in layers for r in self.layer_results(layer)]
            distinct = [list(map(list, zip(*r))) for r in results]
            distinct = [json.loads(text) for text in dict.fromkeys(map(json.dumps, distinct))]
            is_model = any(isinstance(layer, self.keras.Model) for layer in layers)
            found[span] = {
                "kind": "model" if is_model else "layer" if layers else "tensor",
                "shapes": [shapes for shapes, _ in distinct],
                "dtypes": [dtypes for _, dtypes in distinct],
                "params": self.params(layers or self.callees.get(span, {}).values()),
            }
        place = lambda span: [int(n) for n in re.split("[:-]", span)]  # noqa: E731
        return {span: found[span] for span in sorted(found, key=place)}

    def model_rows(self):
        return [self.model_row(model, line) for model, line in self.models.values()]

    def model_row(self, model, line):
        params = count(model)
        rows = [[layer.name, type(layer).__name__, count(layer)] for layer in model.layers]
        outputs = self.layer_results(model)
        known = params is not None
        return {
            "line": line,
            "class": type(model).__name__,
            "params": params,
            "trainable": sum(count_of(w) for w in model.trainable_weights) if known else None,
            "outputs": [[shape for shape, _ in tensors] for tensors in outputs],
            "layers": rows,
        }


def count_of(weight):
    total = 1
    for size in weight.shape:
        total *= int(size)
    return total


def count(layer):
    try:
        return int(layer.count_params()) if layer.built else None
    except Exception:
        return None


def told(error):
    text = re.sub(r"\x1b\[\d*m|\{\{function_node [^}]*\}\} ?| at 0x[0-9a-f]+", "", str(error))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return next((line for line in lines if not line.startswith("Exception encountered when calling")), "")[:200]


def child(name, text, keras):
    for standard in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), standard)
    observer = Observer(keras)
    error = None
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        path = os.path.join(folder, f"{name}.py")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        sys.path.insert(0, folder)
        keras.utils.set_random_seed(0)
        builtins.__seen__, builtins.__callee__ = observer.seen, observer.callee
        tree = ast.fix_missing_locations(Instrument().visit(ast.parse(text, path)))
        # A module of its own, as `python file.py` has it: classes find theirs by name.
        module = type(sys)("__main__")
        module.__file__ = path
        sys.modules["__main__"] = module
        try:
            exec(compile(tree, path, "exec"), module.__dict__)
        except BaseException as raised:
            lines = [f.lineno for f in traceback.extract_tb(raised.__traceback__) if f.filename == path]
            error = {"type": type(raised).__name__, "message": told(raised).replace(folder, ""), "lines": lines}
        answer = {
            "hash": hashlib.sha256(text.encode()).hexdigest()[:16],
            "error": error,
            "calls": observer.calls(),
            "models": observer.model_rows(),
        }
        os.chdir("/")
    return answer


def run(name, text, keras):
    return forked(SECONDS, lambda: child(name, text, keras))[0]


def write_oracle(oracle):
    """One call a line, so that a change can be read."""
    lines = ["{", f'"versions": {json.dumps(oracle["versions"])},', '"programs": {']
    names = sorted(oracle["programs"])
    for name in names:
        program = oracle["programs"][name]
        lines.append(f"{json.dumps(name)}: {{")
        lines.append(f'"hash": {json.dumps(program["hash"])}, "error": {json.dumps(program["error"])},')
        lines.append('"calls": {')
        lines.append(",\n".join(f"{json.dumps(span)}: {json.dumps(it)}" for span, it in program["calls"].items()))
        lines.append('}, "models": [')
        lines.append(",\n".join(map(json.dumps, program["models"])))
        lines.append("]}" + ("" if name == names[-1] else ","))
    lines.append("}}")
    with open(ORACLE, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def main():
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    keras = importlib.import_module("keras")
    import tensorflow  # noqa: F401  warm, so that each child starts with it
    oracle = {"versions": {}, "programs": {}}
    if os.path.exists(ORACLE):
        with open(ORACLE, encoding="utf-8") as file:
            oracle = json.load(file)
    oracle["versions"] = {name: importlib.import_module(name).__version__ for name in ("keras", "tensorflow", "numpy")}
    all_names = sorted(name[:-3] for name in os.listdir(PROGRAMS) if name.endswith(".py"))
    oracle["programs"] = {name: it for name, it in oracle["programs"].items() if name in all_names}
    for name in sys.argv[1:] or all_names:
        with open(os.path.join(PROGRAMS, f"{name}.py"), encoding="utf-8") as file:
            text = file.read()
        known = oracle["programs"].get(name)
        if not sys.argv[1:] and known and known["hash"] == hashlib.sha256(text.encode()).hexdigest()[:16]:
            if "--all" not in sys.argv:
                continue
        started = time.monotonic()
        answer = run(name, text, keras)
        told_error = answer and answer["error"]
        seconds = f"{time.monotonic() - started:.1f} s"
        print(f"{name}: {seconds}", "no answer" if answer is None else told_error or "", flush=True)
        if answer is not None:
            oracle["programs"][name] = answer
    write_oracle(oracle)


if __name__ == "__main__":
    main()
