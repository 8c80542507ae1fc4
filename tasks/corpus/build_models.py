"""Records what the real Keras says of the programs of calls.txt.

    python build_models.py VERSION PACKAGES < programs.json > answers.json

VERSION is 2 or 3, PACKAGES the folder that requirements.txt was installed to. The programs come as a list of texts that
bind `model`; the answers are a list in the same order: shapes, parameters and a row for each layer, or the error that
Keras raises. Each runs in a child process, so that one is as good as another whatever the first did to Keras.
"""

import importlib.abc
import importlib.machinery
import json
import os
import sys
import types
from unittest import mock

VERSION, PACKAGES = sys.argv[1:]
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_USE_LEGACY_KERAS"] = "1" if VERSION == "2" else "0"
sys.path[:0] = [os.path.join(os.path.dirname(__file__), "../oracle")]
sys.path.append(PACKAGES)

from forked import forked  # noqa: E402

SECONDS = 240


class Absent(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Stands in for packages that are large and that no model is made of: files, plots, tokenizers, other data."""

    NAMES = frozenset(
        "tensorflow_text tensorflow_datasets tensorflow_hub tensorflow_addons tensorflow_model_optimization "
        "sentencepiece tokenizers cv2 matplotlib skimage sklearn pandas seqeval sacrebleu rouge_score nltk "
        "pycocotools kagglehub psutil oauth2client tf_slim ai_edge_litert safetensors requests_toolbelt grain".split()
    )

    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in self.NAMES:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        module = types.ModuleType(spec.name)
        module.__getattr__ = stand_in
        return module

    def exec_module(self, module):
        pass


def stand_in(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return type(name, (), {"__init__": lambda *_, **__: None}) if name[0].isupper() else mock.MagicMock(name=name)


def shapes(value):
    """As a Keras summary has them; of several a list, and those of a dictionary in the order of its keys."""
    if value is None:
        return None
    if isinstance(value, dict):
        value = [value[key] for key in sorted(value)]
    if isinstance(value, list) or (isinstance(value, tuple) and any(isinstance(it, (list, tuple)) for it in value)):
        return [shapes(it) for it in value]
    sizes = ", ".join(str(it) for it in tuple(value))
    return f"({sizes},)" if len(value) == 1 else f"({sizes})"


def output_shape(layer):
    try:
        return shapes(layer.output_shape) if VERSION == "2" else shapes_of_tensors(layer.output)
    except (AttributeError, ValueError, RuntimeError):
        return None


def shapes_of_tensors(value):
    if isinstance(value, dict):
        value = [value[key] for key in sorted(value)]
    if isinstance(value, (list, tuple)):
        return [shapes_of_tensors(it) for it in value]
    return shapes(tuple(value.shape))


def count(variables):
    unique = {id(it): it for it in variables}.values()
    total = 0
    for it in unique:
        size = 1
        for length in it.shape:
            size *= int(length)
        total += size
    return total


def record(text):
    names = {"__name__": "__main__"}
    try:
        exec(text, names)
        model = names["model"]
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}".split("\n")[0][:200]}
    return {
        "type": type(model).__name__,
        "inputs": [shapes(tuple(it.shape)) for it in model.inputs],
        "outputs": [shapes(tuple(it.shape)) for it in model.outputs],
        "params": count(model.weights),
        "trainable": count(model.trainable_weights),
        "layers": [[it.name, type(it).__name__, output_shape(it), count(it.weights)] for it in model.layers],
    }


def fast():
    """Random numbers take most of the time and are of no interest here."""
    import keras
    import tensorflow as tf

    for module in (tf.keras.initializers, keras.initializers):
        for cls in vars(module).values():
            if isinstance(cls, type) and "__call__" in vars(cls) and "Random" in repr(cls.__mro__):
                cls.__call__ = lambda self, shape, dtype=None, **_: tf.zeros(shape, dtype or "float32")


def main():
    answers = sys.stdout
    sys.stdout = sys.stderr
    sys.meta_path.append(Absent())
    import tensorflow as tf

    assert tf.keras.Sequential
    for number, text in enumerate(json.load(sys.stdin)):
        answer, failure = forked(SECONDS, lambda text=text: record(text))
        print(json.dumps([number, answer or {"error": failure}]), file=answers, flush=True)


if __name__ == "__main__":
    main()
