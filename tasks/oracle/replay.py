"""Runs programs on the real Keras and says what it saw. The judge of the claims is elsewhere (test/markdown/judge.ts).

Standard input: {"blocks": [{"text": …, "offset": 4, "lines": [claimed lines], "environment": {…}}, …]}, where `offset`
lines stand before the block's first. Standard output: the versions, then one JSON line per block, in order:

    {"lines": {"3": {"shapes": ["(None, 20, 10)"], "dtypes": ["float32"], "params": 60}, "7": "after error"},
     "raised": [{"in": [[3, 3]], "type": "ValueError", "message": "its first line"}]}

A claimed line is about the value of the statement that starts there; else of the outermost call that starts there (an
element of a list on a line of its own); else of the statement that ends there. `shapes` has one entry per distinct
value seen, in order, several tensors joined by ", "; a layer's are those of its outputs at the end of the program.
A line can also say "never ran", "no value" (nothing that has a shape), or "after error".

Each block runs in a forked child with a limit on memory and time, so that neither can harm the run. Where a statement
at the top level raises, the block runs again from the start without it, and the names that it would have bound are
unbound; a statement that then fails for want of such a name is "after error", and so are the claims in it.
`in` lists the first and last line of the statement of each frame, outermost first.
"""

import ast
import importlib
import json
import os
import re
import resource
import sys
import tempfile
import traceback

from forked import forked

SECONDS = 60
BYTES = 6 * 2**30
MOST_FAULTS = 12
SIMPLE = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr, ast.Return)


def targets_of(tree, lines):
    """Claimed line → the statement or expression whose value is meant."""
    statements = [n for n in ast.walk(tree) if isinstance(n, SIMPLE) and getattr(n, "value", None) is not None]
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call)]
    targets = {}
    for line in lines:
        starting = [s for s in statements if s.lineno == line]
        elements = sorted(
            (c for c in calls if c.lineno == line), key=lambda c: (c.col_offset, -c.end_lineno, -c.end_col_offset)
        )
        ending = [s for s in statements if s.end_lineno == line]
        if starting or elements or ending:
            targets[line] = starting[-1] if starting else elements[0] if elements else ending[0]
    return targets


class Instrument(ast.NodeTransformer):
    """Wraps what is claimed in `__value__(line, …)`, and the thing called in `__callee__(line, …)`."""

    def __init__(self, targets):
        self.expressions, self.augmented = {}, {}
        for line, node in targets.items():
            if isinstance(node, ast.AugAssign):
                self.augmented.setdefault(node, []).append(line)
                continue
            value = node.value if isinstance(node, SIMPLE) else node
            if (
                isinstance(value, ast.Call)
                and isinstance(value.func, ast.Attribute)
                and value.func.attr == "add"
                and len(value.args) == 1
                and isinstance(node, ast.Expr)
            ):
                value = value.args[0]  # model.add(layer) is about the layer
            self.expressions.setdefault(value, []).append(line)

    def generic_visit(self, node):
        super().generic_visit(node)
        for line in self.expressions.get(node, []):
            if isinstance(node, ast.Call):
                node.func = self.wrapped("__callee__", line, node.func)
        value = node
        for line in self.expressions.get(node, []):
            value = self.wrapped("__value__", line, value)
        return value

    def visit_AugAssign(self, node):
        super().generic_visit(node)
        result = [node]
        for line in self.augmented.get(node, []):
            read = ast.parse(ast.unparse(node.target), mode="eval").body
            for inner in ast.walk(read):
                ast.copy_location(inner, node)
            after = ast.copy_location(ast.Expr(self.wrapped("__value__", line, read)), node)
            after.number = getattr(node, "number", None)
            result.append(after)
        return result

    @staticmethod
    def wrapped(name, line, expression):
        call = ast.Call(ast.Name(name, ast.Load()), [ast.Constant(line), expression], [])
        return ast.fix_missing_locations(ast.copy_location(call, expression))


def bound_names(statement):
    names = {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        names = {statement.name}
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        names = {(a.asname or a.name).split(".")[0] for a in statement.names}
    return names


def shape_text(shape):
    if getattr(shape, "rank", 0) is None:
        return "?"
    return str(tuple(d if d is None else int(d) for d in shape))


class Observer:
    """Keeps what passed the claimed lines, and the outputs of every layer call; read once, at the end."""

    def __init__(self, keras):
        self.keras = keras
        self.values, self.callees, self.outputs = {}, {}, {}
        plain = keras.layers.Layer.__call__

        def call(layer, *args, **kwargs):
            result = plain(layer, *args, **kwargs)
            self.outputs.setdefault(id(layer), (layer, []))[1].append(result)
            return result

        keras.layers.Layer.__call__ = call

    def value(self, line, value):
        self.values.setdefault(line, []).append(value)
        return value

    def callee(self, line, function):
        if isinstance(function, self.keras.layers.Layer):
            self.callees.setdefault(line, []).append(function)
        return function

    def results(self, value):
        """The values that stand for a value: a layer's outputs, one per use."""
        if not isinstance(value, self.keras.layers.Layer):
            return [value]
        if isinstance(value, self.keras.Model) and getattr(value, "outputs", None):
            structure = getattr(value, "_outputs_struct", None)
            return [value.outputs if structure is None else structure]
        nodes = [node.outputs for node in value._inbound_nodes]
        return nodes or self.outputs.get(id(value), (value, []))[1]

    def tensors(self, value):
        """Every tensor in a value, or None when there is something else in it."""
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, (list, tuple)) and not hasattr(value, "shape"):
            inner = [self.tensors(v) for item in value for v in (self.results(item)[:1] or [None])]
            return None if not inner or any(i is None for i in inner) else [t for i in inner for t in i]
        if hasattr(value, "element_spec"):
            spec = value.element_spec
            return self.tensors(spec)
        return [value] if hasattr(value, "shape") and hasattr(value, "dtype") and not isinstance(value, type) else None

    def facts(self, line):
        if line not in self.values:
            return "never ran"
        seen = [self.tensors(result) for value in self.values[line] for result in self.results(value)]
        if not seen or any(tensors is None for tensors in seen):
            params = self.params(line)
            return "no value" if params is None else {"shapes": None, "dtypes": None, "params": params}
        pairs = [(", ".join(shape_text(t.shape) for t in ts), ", ".join(self.dtype(t) for t in ts)) for ts in seen]
        distinct = list(dict.fromkeys(pairs))
        return {"shapes": [s for s, _ in distinct], "dtypes": [d for _, d in distinct], "params": self.params(line)}

    def dtype(self, tensor):
        return self.keras.backend.standardize_dtype(tensor.dtype) if str(tensor.dtype) != "object" else "object"

    def params(self, line):
        layers = [v for v in self.values[line] if isinstance(v, self.keras.layers.Layer)] or self.callees.get(line, [])
        counts = {layer.count_params() if layer.built else None for layer in layers}
        return counts.pop() if len(counts) == 1 else None


def statements_at(tree, lines):
    """The innermost statement around each line, as [first, last]."""
    spans = []
    for line in lines:
        around = [n for n in ast.walk(tree) if isinstance(n, ast.stmt) and n.lineno <= line <= n.end_lineno]
        inner = min(around, key=lambda n: n.end_lineno - n.lineno, default=None)
        compound = inner is not None and hasattr(inner, "body")
        spans.append([line, line] if inner is None or compound else [inner.lineno, inner.end_lineno])
    return spans


def attempt(text, lines, skipped, path, observer):
    """Runs a program without the skipped statements: (the claims' facts, the first fault or None)."""
    tree = ast.parse(text, path)
    targets = targets_of(tree, lines)
    names = {"__name__": "__main__", "__file__": path, "__value__": observer.value, "__callee__": observer.callee}
    original = ast.parse(text, path)
    for number, statement in enumerate(tree.body):
        statement.number = number
    tree = Instrument(targets).visit(tree)
    lost, dead, fault = set(), [], None
    for statement in tree.body:
        number = statement.number
        if number in skipped:
            lost |= drop(original.body[number], names)
            dead.append(original.body[number])
            continue
        try:
            exec(compile(ast.Module([statement], []), path, "exec"), names)
        except NameError as error:
            if error.name not in lost:
                fault = (number, error)
                break
            lost |= drop(original.body[number], names)
            dead.append(original.body[number])
        except BaseException as error:  # SystemExit too: the program ends there
            fault = (number, error)
            break
        else:
            lost -= bound_names(original.body[number]) & set(names)
    last = fault is not None and fault[0] == len(original.body) - 1
    if last:
        dead.append(original.body[fault[0]])
    facts = {str(line): observer.facts(line) if line in targets else "no value" for line in lines}
    for line in lines:
        in_dead = any(s.lineno <= line <= s.end_lineno for s in dead)
        # It never ran: a function that only a dropped statement would have called.
        if in_dead or dead and facts[str(line)] == "never ran":
            facts[str(line)] = "after error"
    if fault is None:
        return facts, None
    number, error = fault
    frames = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == path]
    return facts, {
        "statement": number,
        "last": last,
        "in": statements_at(original, frames or [original.body[number].lineno]),
        "type": type(error).__name__,
        "message": told(error).replace(os.path.dirname(path), "")[:300],
    }


def told(error):
    """The first line of a message that says something, without what differs from run to run."""
    text = re.sub(r"\x1b\[\d*m|\{\{function_node [^}]*\}\} ?| at 0x[0-9a-f]+", "", str(error))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return next((line for line in lines if not line.startswith("Exception encountered when calling")), "")


def drop(statement, names):
    bound = bound_names(statement)
    for name in bound:
        names.pop(name, None)
    return bound


def child(block, skipped, keras):
    for standard in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), standard)
    used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize() if os.path.exists("/proc") else 0
    resource.setrlimit(resource.RLIMIT_AS, (used + BYTES, used + BYTES))
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        os.environ.update(block.get("environment", {}))
        path = os.path.join(folder, "block.py")
        with open(path, "w", encoding="utf-8") as file:
            file.write(block["text"])
        keras.utils.set_random_seed(0)
        answer = attempt(block["text"], block["lines"], skipped, path, Observer(keras))
        os.chdir("/")
    return answer


def run_once(block, skipped, keras):
    answer, why = forked(SECONDS, lambda: child(block, skipped, keras))
    if answer is not None:
        return answer
    return {str(line): "never ran" for line in block["lines"]}, {
        "statement": None,
        "last": True,
        "in": [],
        "type": "Killed",
        "message": why,
    }


def answer_for(block, keras):
    block["lines"] = [line + block["offset"] for line in block["lines"]]
    skipped, raised = set(), []
    while True:
        facts, fault = run_once(block, skipped, keras)
        if fault is None:
            break
        number, last = fault.pop("statement"), fault.pop("last")
        raised.append(fault)
        if last or len(raised) > MOST_FAULTS:
            break
        skipped.add(number)
    offset = block["offset"]
    for fault in raised:
        fault["in"] = [[first - offset, last - offset] for first, last in fault["in"]]
    return {"lines": {str(int(line) - offset): fact for line, fact in facts.items()}, "raised": raised}


def main():
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    answers = os.fdopen(os.dup(1), "w")
    blocks = json.load(sys.stdin)["blocks"]
    keras = importlib.import_module("keras")
    import numpy  # noqa: F401  warm, so that each child starts with it
    import tensorflow  # noqa: F401

    versions = {name: importlib.import_module(name).__version__ for name in ("keras", "tensorflow", "jax", "numpy")}
    print(json.dumps({"versions": versions}), file=answers, flush=True)
    for block in blocks:
        print(json.dumps(answer_for(block, keras)), file=answers, flush=True)


if __name__ == "__main__":
    main()
