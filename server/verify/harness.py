"""Runs a program and tells what its expressions were: what "Verify with Keras" starts, in a process of its own.

On standard input: {"path", "root", "text", "spans": [[line, column, end line, end column], …]}, columns in bytes of
UTF-8, lines from 1. On standard output a line of JSON for each thing that is learnt. `fit`, `evaluate`, `predict` and
whatever writes files is recorded, and not run; a model that `fit` would build is built on a symbolic input.
"""

import ast
import builtins
import collections
import io
import json
import os
import sys
import tempfile
import time
import traceback

MOST = 64


def channel():
    """Standard output is the program's no more: what it prints goes nowhere."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    void = os.open(os.devnull, os.O_WRONLY)
    os.dup2(void, 1)
    sys.stdout = open(os.devnull, "w", encoding="utf-8")

    def tell(**what):
        out.write(json.dumps(what) + "\n")
        out.flush()

    return tell


ASKED = json.load(sys.stdin)
PATH = ASKED["path"]
TELL = channel()
sys.stdin = io.StringIO()


def line_of_user():
    frame = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename != PATH:
        frame = frame.f_back
    return frame.f_lineno if frame is not None else None


def recorded(what):
    TELL(recorded=what, line=line_of_user())


# ---- what is seen


def sizes(shape):
    """None where not even the number of axes is known."""
    try:
        return [None if size is None else int(size) for size in shape]
    except (TypeError, ValueError):
        return None


def tensors(value, depth=0):
    """The shapes in a value, as Keras flattens them; None where it holds something else."""
    if hasattr(value, "shape") and hasattr(value, "dtype"):
        return [sizes(value.shape)]
    if hasattr(value, "element_spec"):
        return tensors(value.element_spec, depth + 1)
    if isinstance(value, dict):
        value = [value[key] for key in sorted(value, key=str)]
    if not isinstance(value, (list, tuple)) or not value or depth > 4 or len(value) > MOST:
        return None
    found = [tensors(it, depth + 1) for it in value]
    return None if any(it is None for it in found) else [shape for it in found for shape in it]


class Seen:
    def __init__(self):
        self.layers = ()
        self.told = collections.defaultdict(set)
        # The spans that made a layer, and the layers themselves: an id is used again once its object is gone.
        self.makers = collections.defaultdict(set)
        self.alive = {}
        # What a layer gave last, and the spans of such calls.
        self.last = (None, None)
        self.callers = collections.defaultdict(set)
        # Answers of which not even the number of samples is right.
        self.fakes = {}

    def expression(self, span, value):
        layer, result = self.last
        if result is value and layer is not None:
            self.alive[id(layer)] = layer
            self.callers[id(layer)].add(span)
        if isinstance(value, self.layers):
            # The innermost expression made it; others pass it on.
            if id(value) not in self.makers:
                self.makers[id(value)].add(span)
            self.alive[id(value)] = value
        elif id(value) not in self.fakes:
            self.tell(span, tensors(value))
        return value

    def outputs(self, layer, value):
        shapes = None if value is None else tensors(value)
        for span in self.makers.get(id(layer), ()):
            self.tell(span, shapes)

    def tell(self, span, shapes):
        key = json.dumps(shapes)
        if shapes is None or key in self.told[span] or len(self.told[span]) >= MOST:
            return
        self.told[span].add(key)
        TELL(saw=span, shapes=shapes)

    def ended(self):
        """A model may grow until then; what was never called has no outputs of its own."""
        for number, layer in self.alive.items():
            self.outputs(layer, getattr(layer, "outputs", None) or None)
            try:
                count = int(layer.count_params()) if layer.built else None
            except Exception:  # noqa: BLE001
                count = None
            if count is not None:
                for span in self.makers[number] | self.callers[number]:
                    TELL(params=count, saw=span)


SEEN = Seen()


class Watch(ast.NodeTransformer):
    """`e` becomes `__inlayer_saw__(n, e)` at the places that are asked for."""

    def __init__(self, spans):
        self.spans = {tuple(span): number for number, span in enumerate(spans)}

    def visit(self, node):
        node = self.generic_visit(node)
        if not isinstance(node, ast.expr) or isinstance(getattr(node, "ctx", None), (ast.Store, ast.Del)):
            return node
        at = (node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)
        number = self.spans.get(at)
        if number is None:
            return node
        name = ast.Name("__inlayer_saw__", ast.Load())
        return ast.copy_location(ast.Call(name, [ast.Constant(number), node], []), node)


# ---- what is not run


class History:
    def __init__(self, model):
        self.history = collections.defaultdict(lambda: [0.0])
        self.epoch, self.params, self.model = [0], {}, model


def first_of(data):
    """One batch of what is given to `fit`, and whether it is a part: of a data set, a sequence, a generator."""
    if hasattr(data, "element_spec"):
        spec = data.element_spec
        return (spec[0] if isinstance(spec, tuple) else spec), True
    if hasattr(data, "__getitem__") and hasattr(data, "__len__") and not hasattr(data, "shape"):
        if not isinstance(data, (list, tuple, dict)):
            batch = data[0]
            return (batch[0] if isinstance(batch, tuple) else batch), True
    if hasattr(data, "__next__"):
        batch = next(data)
        return (batch[0] if isinstance(batch, tuple) else batch), True
    return data, False


def outputs_on(keras, model, data):
    """What the model gives for the data, symbolically, and how many samples there are."""
    batch, _ = first_of(data)
    count = [1]

    def symbolic(value):
        if isinstance(value, dict):
            return {key: symbolic(it) for key, it in value.items()}
        if isinstance(value, (list, tuple)) and value and not isinstance(value[0], (int, float)):
            return [symbolic(it) for it in value]
        shape = sizes(value.shape)
        count[0] = shape[0] or 1
        dtype = getattr(value.dtype, "name", str(value.dtype))
        return keras.Input(tuple(shape[1:]), dtype="float32" if dtype == "float64" else dtype)

    return model(symbolic(batch)), count[0]


def untrained(keras, np):
    def build(model, data):
        try:
            return outputs_on(keras, model, data)
        except Exception:  # noqa: BLE001
            return None, 1

    def zeros(model, data):
        made, count = build(model, data)
        shapes = tensors(made) if made is not None else None
        sized = [[count if i == 0 else size or 1 for i, size in enumerate(it)] for it in shapes or [[count, 1]]]
        arrays = [np.zeros(it) for it in sized]
        return arrays[0] if len(arrays) == 1 else arrays

    def fit(self, x=None, *args, **kwargs):
        recorded("fit")
        build(self, x)
        self.history = History(self)
        return self.history

    def scores(self, x=None, *args, return_dict=False, **kwargs):
        recorded("evaluate")
        build(self, x)
        names = ["loss", *getattr(self, "_inlayer_metrics", [])]
        if return_dict:
            return dict.fromkeys(names, 0.0)
        return 0.0 if len(names) == 1 else [0.0] * len(names)

    def predict(self, x=None, *args, **kwargs):
        recorded("predict")
        made = zeros(self, x)
        if first_of(x)[1]:
            SEEN.fakes[id(made)] = made
        return made

    compiled = keras.Model.compile

    def compile_model(self, *args, **kwargs):
        metrics = kwargs.get("metrics") or (args[2] if len(args) > 2 else None) or []
        self.__dict__["_inlayer_metrics"] = [str(it) for it in metrics] if isinstance(metrics, list) else ["metric"]
        return compiled(self, *args, **kwargs)

    keras.Model.compile = compile_model
    for name in ("fit", "fit_generator", "train_on_batch"):
        setattr(keras.Model, name, fit)
    for name in ("evaluate", "evaluate_generator", "test_on_batch"):
        setattr(keras.Model, name, scores)
    for name in ("predict", "predict_generator", "predict_on_batch"):
        setattr(keras.Model, name, predict)
    for name in ("save", "save_weights", "export", "load_weights"):
        setattr(keras.Model, name, doing(name))


def doing(name, result=None):
    def noted(*args, **kwargs):
        recorded(name)
        return result

    return noted


class Text(io.StringIO):
    """A file that is written nowhere."""

    def close(self):
        pass


class Bytes(io.BytesIO):
    def close(self):
        pass


def writes_nothing():
    really = builtins.open

    def opened(file, mode="r", *args, **kwargs):
        if not isinstance(mode, str) or not set(mode) & set("wax+") or isinstance(file, int) or file == os.devnull:
            return really(file, mode, *args, **kwargs)
        # A folder stands for a file without a name, as tempfile makes them: for code that TensorFlow has rewritten.
        if os.path.isdir(file):
            return really(file, mode, *args, **kwargs)
        recorded(f"write {file}")
        return Bytes() if "b" in mode else Text()

    builtins.open = io.open = opened
    for name in "mkdir makedirs remove unlink rename replace rmdir removedirs symlink link truncate system".split():
        if hasattr(os, name):
            setattr(os, name, doing(f"os.{name}", 0))
    import shutil
    import subprocess

    for name in "rmtree move copy copy2 copyfile copytree".split():
        setattr(shutil, name, doing(f"shutil.{name}"))
    done = subprocess.CompletedProcess([], 0, "", "")
    for name, result in {"run": done, "call": 0, "check_call": 0, "check_output": b""}.items():
        setattr(subprocess, name, doing(f"subprocess.{name}", result))
    builtins.input = lambda *_: ""
    time.sleep = lambda *_: None
    writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
    free = (os.path.realpath(tempfile.gettempdir()), os.devnull)

    def audit(event, args):
        if event == "open" and isinstance(args[2], int) and args[2] & writing and isinstance(args[0], (str, bytes)):
            path = os.path.realpath(os.fsdecode(args[0]))
            if not path.startswith(free):
                raise PermissionError(f"{path} would be written, which is recorded and not run")
        if event in ("socket.connect", "socket.getaddrinfo"):
            raise PermissionError("nothing is fetched while a program is verified")

    sys.addaudithook(audit)


# ---- the run


def watched(keras):
    import numpy as np

    def hooked(base):
        call = base.__call__

        def __call__(self, *args, **kwargs):
            result = call(self, *args, **kwargs)
            SEEN.outputs(self, result)
            SEEN.last = (self, result)
            return result

        base.__call__ = __call__

    base = keras.layers.Layer
    for it in base.__mro__:
        if it.__name__ == "Layer" and "__call__" in it.__dict__:
            hooked(it)
    SEEN.layers = (*SEEN.layers, base)
    untrained(keras, np)


def libraries():
    names = ["keras"]
    if "tf_keras" in ASKED["text"]:
        names.append("tf_keras")
    found = []
    for name in names:
        try:
            found.append(__import__(name))
        except ImportError as error:
            why = error
    if not found:
        TELL(problem=f"{sys.executable} cannot import Keras: {why}")
        sys.exit(0)
    for it in found:
        watched(it)
    TELL(started=[f"{it.__name__} {it.__version__}" for it in found], python=sys.version.split()[0])


def raised(error):
    words = str(error).strip().split("\n")[0][:300]
    TELL(raised=type(error).__name__, message=words, line=line_of(error))


def main():
    sys.dont_write_bytecode = True
    sys.path[:1] = [os.path.dirname(PATH)]
    sys.path.append(ASKED["root"])
    libraries()
    try:
        tree = ast.fix_missing_locations(Watch(ASKED["spans"]).visit(ast.parse(ASKED["text"], PATH)))
        code = compile(tree, PATH, "exec")
    except SyntaxError as error:
        TELL(raised="SyntaxError", message=str(error.msg), line=error.lineno)
        return
    builtins.__inlayer_saw__ = SEEN.expression
    module = type(sys)("__main__")
    module.__file__ = PATH
    module.__dict__["__builtins__"] = builtins
    sys.modules["__main__"] = module
    sys.argv = [PATH]
    writes_nothing()
    try:
        exec(code, module.__dict__)  # noqa: S102
    except SystemExit as error:
        if error.code not in (None, 0):
            TELL(raised="SystemExit", message=left_with(error), line=line_of(error))
    except BaseException as error:  # noqa: BLE001
        raised(error)
    SEEN.ended()
    TELL(ended=True)


def left_with(error):
    """argparse prints what it lacks, and leaves with a number."""
    for frame, _ in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_name == "error" and frame.f_globals.get("__name__") == "argparse":
            return f"{frame.f_locals.get('message')} (the program is run without arguments)"
    return str(error.code)


def line_of(error):
    places = [it.lineno for it in traceback.extract_tb(error.__traceback__) if it.filename == PATH]
    return places[-1] if places else None


main()
# What libraries do when a process ends is for nobody.
os._exit(0)
