"""Records what the real Keras prints for `model.summary()`, with the facts that it printed, for summary.test.ts.

Run with Keras and TensorFlow installed: python test/graph/record_summary.py > test/graph/generated/summary.json
"""

import json
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"

import keras
import rich.console
from keras import layers, ops
from keras.src import tree
from keras.src.utils import summary_utils


def output_of(layer):
    """The structure of the layer's output; a shape is a list of sizes. None: Keras prints "?"."""
    if layer._inbound_nodes:
        outputs = layer._inbound_nodes[-1].output_tensors
        shapes = [list(x.shape) for x in tree.flatten(outputs)]
        return {"shapes": shapes}
    if not layer._build_shapes_dict:
        return None
    try:
        if hasattr(layer, "output_shape"):
            return {"shapes": [list(layer.output_shape)]}
        found = layer.compute_output_shape(**layer._build_shapes_dict)
        shapes = []
        tree.map_shape_structure(lambda s: shapes.append(list(s)), found)
        return {"shapes": shapes}
    except NotImplementedError:
        return None


def connected_to(layer, model):
    if not isinstance(model, keras.src.models.Functional):
        return []
    nodes = [n for v in model._nodes_by_depth.values() for n in v]
    return [
        f"{t._keras_history.operation.name}[{t._keras_history.node_index}][{t._keras_history.tensor_index}]"
        for node in layer._inbound_nodes
        if node in nodes
        for t in node.input_tensors
    ]


def layer_report(layer, model):
    built = getattr(layer, "built", True)
    output = output_of(layer)
    return {
        "name": layer.name,
        "type": type(layer).__name__,
        "output": output and output["shapes"],
        "params": (layer.count_params() if built else None) if hasattr(layer, "built") else 0,
        "built": built,
        "weighted": len(getattr(layer, "weights", [])) > 0,
        "trainable": getattr(layer, "trainable", True),
        "connectedTo": connected_to(layer, model),
        "nested": [layer_report(inner, None) for inner in getattr(layer, "layers", [])],
    }


def model_report(model):
    functional = isinstance(model, keras.src.models.Functional)
    sequential = isinstance(model, keras.Sequential)
    found = model._operations if functional and not sequential else model.layers
    count = summary_utils.count_params
    size = summary_utils.weight_memory_size
    trainable, frozen = model.trainable_weights, model.non_trainable_weights
    return {
        "kerasName": model.name,
        "kind": "sequential" if sequential else "functional" if functional else "subclass",
        "trainable": count(trainable),
        "nonTrainable": count(frozen),
        "trainableBytes": size(trainable),
        "nonTrainableBytes": size(frozen),
        "layers": [layer_report(layer, model) for layer in found],
    }


CASES = []


def case(name, model, **options):
    # 80 is what Python and rich assume where there is no terminal. A length that was asked for is not to be cropped.
    os.environ["COLUMNS"] = "200" if "line_length" in options else "80"
    lines = []
    model.summary(print_fn=lines.append, **options)
    plain = "".join(lines)

    # The same in colour, as on a terminal of 256 colours.
    made = rich.console.Console
    recorded = []

    class Terminal(made):
        def __init__(self, **kwargs):
            kwargs.update(force_terminal=True, color_system="256", width=200)
            super().__init__(**kwargs)

        def end_capture(self):
            recorded.append(super().end_capture())
            return recorded[-1]

    rich.console.Console = Terminal
    try:
        model.summary(print_fn=lambda _: None, **options)
    finally:
        rich.console.Console = made
    CASES.append(
        {"name": name, "options": options, "model": model_report(model), "text": plain, "coloured": recorded[0]}
    )


def sequential():
    keras.backend.clear_session()
    return keras.Sequential(
        [
            keras.Input((10, 3)),
            layers.TimeDistributed(layers.Dense(16)),
            layers.GlobalAveragePooling1D(),
            layers.Dense(2),
        ]
    )


def branches():
    keras.backend.clear_session()
    x = keras.Input((32, 32, 3), name="image")
    y = layers.Conv2D(8, 3, padding="same", activation="relu")(x)
    z = layers.BatchNormalization()(layers.Conv2D(8, 1)(x))
    out = layers.Dense(10)(layers.GlobalAveragePooling2D()(layers.Add()([y, z])))
    return keras.Model(x, out, name="two_branches")


def shared():
    keras.backend.clear_session()
    dense = layers.Dense(4, name="shared_dense")
    a, b = keras.Input((4,), name="left"), keras.Input((4,), name="right")
    return keras.Model([a, b], layers.Concatenate()([dense(a), dense(dense(b))]))


def several_outputs():
    keras.backend.clear_session()
    x = keras.Input((7, 5))
    sequence, state, cell = layers.LSTM(6, return_sequences=True, return_state=True)(x)
    a, b = layers.Dense(2, name="a_head_with_a_very_long_name_that_needs_folding")(sequence), layers.Dense(3)(state)
    return keras.Model(x, [a, b, ops.transpose(cell), sequence[:, 0] + 1.0])


def nested():
    keras.backend.clear_session()
    i = keras.Input((8,))
    inner = keras.Model(i, layers.Dense(4)(layers.Dense(6)(i)), name="inner")
    two = keras.Model(i, [layers.Dense(4)(i), layers.Dense(6)(i)], name="two")
    x = keras.Input((8,))
    block = keras.Sequential([inner, layers.Dropout(0.5), layers.Dense(3)], name="block")
    a, b = two(x)
    return keras.Model(x, layers.Concatenate()([block(x), a, b]))


class Subclassed(keras.Model):
    def __init__(self):
        super().__init__()
        self.flatten = layers.Flatten()
        self.hidden = layers.Dense(128, activation="relu")
        self.head = layers.Dense(10)
        self.block = keras.Sequential([layers.Dense(10), layers.Dense(5)], name="inner_block")

    def call(self, x):
        return self.block(self.head(self.hidden(self.flatten(x))))


class States(keras.Model):
    def __init__(self):
        super().__init__(name="states")
        self.lstm = layers.LSTM(4, return_state=True)
        self.attention = layers.MultiHeadAttention(2, 3)

    def call(self, x):
        self.attention(x, x, return_attention_scores=True)
        return self.lstm(x)


class Mystery(layers.Layer):
    def build(self, shape):
        self.w = self.add_weight(shape=(3,), dtype="float16")

    def call(self, x):
        return x


def subclassed(called):
    keras.backend.clear_session()
    model = Subclassed()
    if called:
        model(keras.ops.zeros((32, 10, 5)))
    return model


class Odd(keras.Model):
    def __init__(self):
        super().__init__(name="odd")
        self.mystery = Mystery()
        self.unused = layers.Dense(3)
        self.ones = layers.Dense(1)

    def call(self, x):
        return self.ones(self.mystery(x))


def frozen():
    keras.backend.clear_session()
    base = keras.Sequential([keras.Input((4,)), layers.Dense(3), layers.BatchNormalization()], name="base")
    base.trainable = False
    return keras.Sequential([keras.Input((4,)), base, layers.Dense(2), layers.Dropout(0.1)])


def large():
    keras.backend.clear_session()
    return keras.Sequential(
        [layers.Embedding(1000, 64), layers.LSTM(128, return_sequences=True), layers.Dense(1000, activation="softmax")]
    )


def large_built():
    model = large()
    model.build((None, None))
    return model


def main():
    case("sequential", sequential())
    case("sequential, 100 wide", sequential(), line_length=100)
    case("sequential, narrow", sequential(), line_length=44)
    case("branches", branches())
    case("branches, 100 wide", branches(), line_length=100)
    case("branches, 120 wide, trainable", branches(), line_length=120, show_trainable=True)
    case("shared", shared())
    case("several outputs", several_outputs())
    case("several outputs, 108 wide", several_outputs(), line_length=108)
    case("nested", nested())
    case("nested, expanded", nested(), expand_nested=True)
    case("nested, expanded, 100 wide", nested(), expand_nested=True, line_length=100)
    case("subclassed, called", subclassed(True))
    case("subclassed, called, expanded", subclassed(True), expand_nested=True)
    case("subclassed, not built", subclassed(False))
    odd = Odd()
    odd(keras.ops.zeros((2, 3)))
    case("odd", odd)
    states = States()
    states(keras.ops.zeros((2, 3, 5)))
    case("states", states)
    case("frozen", frozen(), show_trainable=True)
    case("frozen, expanded", frozen(), show_trainable=True, expand_nested=True)
    case("not built", large())
    case("built", large_built())
    case("empty", keras.Sequential(name="empty"))
    odd_names = [layers.Dense(3, name="[bold]dense[0]"), layers.Dense(3, name="層" * 20)]
    case("brackets, wide characters", keras.Sequential([keras.Input((4,)), *odd_names], name="[x]"))
    print(json.dumps({"keras": keras.__version__, "cases": CASES}, indent=1, ensure_ascii=False))


main()
