"""Runs whole training scripts on the real Keras and says whether each raises, where, and what met in its last training.

Standard input: {"programs": [{"text": …, "files": {"data.csv": …}}, …]}; standard output: the versions, then one JSON
line for each program, in order:

    {"raised": null | {"type": "ValueError", "message": "its first line", "lines": [outermost, …, innermost]},
     "training": [{"call": "fit", "x": ["(64, 28, 28)"], "y": ["(64,)"], "outputs": ["(None, 10)"], "loss": "…"}]}

The backend is KERAS_BACKEND's. What a script downloads is stubbed by arrays of the true shapes; a training is cut to
one epoch, of two steps where its data is large, since no shape depends on more. A program that is `plain` is only
asked to train, without XLA, which takes its time.
"""

import importlib
import inspect
import json
import os
import re
import resource
import sys
import tempfile
import traceback

from forked import forked

SECONDS = 120
BYTES = 8 * 2**30
LARGE = 300


def shapes(value):
    """The shape of every array in a value, as Keras prints it; None where there is none to see."""
    if value is None or isinstance(value, str):
        return None
    if hasattr(value, "element_spec"):
        value = value.element_spec
    if hasattr(value, "shape"):
        shape = value.shape
        return ["?" if getattr(shape, "rank", 0) is None else str(tuple(d if d is None else int(d) for d in shape))]
    if isinstance(value, dict):
        value = [value[key] for key in sorted(value)]
    if isinstance(value, (list, tuple)):
        inner = [shapes(item) for item in value]
        return None if any(i is None for i in inner) else [s for i in inner for s in i]
    return None


def loss_name(loss):
    """One name for the string, the function and the instance of a loss; a list or dictionary of them likewise."""
    if isinstance(loss, dict):
        return ", ".join(f"{key}: {loss_name(loss[key])}" for key in sorted(loss))
    if isinstance(loss, (list, tuple)):
        return ", ".join(map(loss_name, loss))
    name = loss if isinstance(loss, str) else getattr(loss, "__name__", type(loss).__name__)
    plain = name.replace("_", "").lower()
    return {"mse": "meansquarederror", "mae": "meanabsoluteerror"}.get(plain, plain)


def outputs_of(model):
    try:
        return shapes(model.outputs)
    except Exception:  # a model that is not built has none
        return None


def size_of(x):
    while isinstance(x, (list, tuple, dict)) and len(x):
        x = next(iter(x.values())) if isinstance(x, dict) else x[0]
    return len(x) if hasattr(x, "shape") and len(x.shape) else 0


def watch(model_class, name, seen):
    plain = getattr(model_class, name)
    signature = inspect.signature(plain)

    def watched(self, *args, **kwargs):
        bound = signature.bind(self, *args, **kwargs)
        asked = bound.arguments
        if "verbose" in signature.parameters:
            asked["verbose"] = 0
        if name == "fit":
            asked["epochs"] = 1
            asked.pop("initial_epoch", None)
            if size_of(asked.get("x")) > LARGE and not asked.get("steps_per_epoch"):
                asked["steps_per_epoch"] = 2
                if asked.get("validation_data") is not None:
                    asked["validation_steps"] = 1
        try:
            return plain(*bound.args, **bound.kwargs)
        finally:
            row = {"call": name, "x": shapes(asked.get("x")), "outputs": outputs_of(self)}
            if name != "predict":
                loss = getattr(self, "loss", None)
                row |= {"y": shapes(asked.get("y")), "loss": None if loss is None else loss_name(loss)}
            seen.append(row)

    setattr(model_class, name, watched)


def without_xla(model_class):
    plain = model_class.compile

    def compile(self, *args, **kwargs):
        return plain(self, *args, **{"jit_compile": False, **kwargs})

    model_class.compile = compile


def stub_datasets(keras, numpy):
    """keras.datasets without the network: zeros of the true shapes, labels and reviews from a seed."""
    random = numpy.random.default_rng(0)

    def images(train, test, size, labels, classes):
        def load_data(*args, **kwargs):
            def half(count):
                return numpy.zeros((count, *size), "uint8"), random.integers(0, classes, (count, *labels), "uint8")

            return half(train), half(test)

        return load_data

    def texts(train, test, words, classes):
        def load_data(*args, num_words=None, maxlen=None, **kwargs):
            top = min(num_words or words, words)

            def half(count):
                rows = numpy.empty(count, object)
                rows[:] = [list(map(int, random.integers(1, top, n))) for n in random.integers(10, 90, count)]
                return rows, random.integers(0, classes, count)

            return half(train), half(test)

        return load_data

    def table(train, test, columns, labels):
        def load_data(*args, **kwargs):
            return tuple((random.random((n, columns)), random.random((n, *labels))) for n in (train, test))

        return load_data

    datasets = keras.datasets
    datasets.mnist.load_data = images(60000, 10000, (28, 28), (), 10)
    datasets.fashion_mnist.load_data = images(60000, 10000, (28, 28), (), 10)
    datasets.cifar10.load_data = images(50000, 10000, (32, 32, 3), (1,), 10)
    datasets.cifar100.load_data = images(50000, 10000, (32, 32, 3), (1,), 100)
    datasets.imdb.load_data = texts(25000, 25000, 88584, 2)
    datasets.reuters.load_data = texts(8982, 2246, 30979, 46)
    datasets.boston_housing.load_data = table(404, 102, 13, ())
    datasets.california_housing.load_data = table(16512, 4128, 8, ())


def told(error):
    text = re.sub(r"\x1b\[\d*m|\{\{function_node [^}]*\}\} ?| at 0x[0-9a-f]+", "", str(error))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return next((line for line in lines if not line.startswith("Exception encountered when calling")), "")[:200]


def child(program, keras):
    for standard in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), standard)
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    numpy = importlib.import_module("numpy")
    stub_datasets(keras, numpy)
    seen, error = [], None
    if program.get("plain"):
        without_xla(keras.Model)
    for name in ("fit", "evaluate", "predict", "train_on_batch", "test_on_batch"):
        watch(keras.Model, name, seen)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        path = os.path.join(folder, "program.py")
        for name, text in {"program.py": program["text"], **program["files"]}.items():
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        sys.path.insert(0, folder)
        keras.utils.set_random_seed(0)
        module = type(sys)("__main__")
        module.__file__ = path
        sys.modules["__main__"] = module
        try:
            exec(compile(program["text"], path, "exec"), module.__dict__)
        except BaseException as raised:
            lines = [f.lineno for f in traceback.extract_tb(raised.__traceback__) if f.filename == path]
            error = {"type": type(raised).__name__, "message": told(raised).replace(folder, ""), "lines": lines}
        os.chdir("/")
    return {"raised": error, "training": seen}


def main():
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    # What is compiled runs for a step or two: the compiler's own time is all there is.
    os.environ.setdefault("XLA_FLAGS", "--xla_backend_optimization_level=0 --xla_llvm_disable_expensive_passes=true")
    programs = json.load(sys.stdin)["programs"]
    keras = importlib.import_module("keras")
    backend = importlib.import_module(keras.backend.backend())
    print(json.dumps({"keras": keras.__version__, backend.__name__: backend.__version__}), flush=True)
    for program in programs:
        answer, why = forked(SECONDS, lambda: child(program, keras))
        print(json.dumps(answer or {"failed": why}), flush=True)


if __name__ == "__main__":
    main()
