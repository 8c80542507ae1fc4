from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Optional

import keras
from keras import layers, ops


@dataclass(frozen=True)
class Config:
    vocabulary: int = 20_000
    length: int = 200
    width: int = 64
    heads: int = 4
    dropout: float = 0.1
    hidden: list[int] = field(default_factory=lambda: [64, 32])

    @property
    def head_width(self) -> int:
        return self.width // self.heads


@keras.saving.register_keras_serializable(package="samples")
class TokenAndPosition(layers.Layer):
    def __init__(self, length, vocabulary, width, **kwargs):
        super().__init__(**kwargs)
        self.tokens = layers.Embedding(input_dim=vocabulary, output_dim=width)
        self.positions = layers.Embedding(input_dim=length, output_dim=width)

    def call(self, x):
        length = ops.shape(x)[-1]
        positions = ops.arange(0, length, 1)
        return self.tokens(x) + self.positions(positions)


class Block(layers.Layer):
    """Attention, then two dense layers; each with a residual."""

    def __init__(self, width: int, heads: int, inner: Optional[int] = None, rate: float = 0.1):
        super().__init__()
        inner = inner or 4 * width
        self.attention = layers.MultiHeadAttention(num_heads=heads, key_dim=width // heads)
        self.feed = keras.Sequential(
            [
                layers.Dense(inner, activation="gelu"),
                layers.Dense(width),
            ]
        )
        self.norms = [layers.LayerNormalization(epsilon=1e-6) for _ in range(2)]
        self.drops = [layers.Dropout(rate), layers.Dropout(rate)]

    def build(self, input_shape):
        self.scale = self.add_weight(shape=(input_shape[-1],), initializer="ones", name="scale")
        super().build(input_shape)

    def call(self, inputs, training=None, mask=None):
        y = self.attention(inputs, inputs, attention_mask=mask, training=training)
        y = self.drops[0](y, training=training)
        x = self.norms[0](inputs + y)
        y = self.feed(x)
        y = self.drops[1](y, training=training)
        return self.norms[1](x + y * self.scale)

    def get_config(self):
        return {**super().get_config(), "width": self.scale.shape[-1]}


class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, width, warmup=4000):
        self.width, self.warmup = float(width), warmup

    def __call__(self, step):
        step = ops.cast(step, "float32")
        return ops.rsqrt(self.width) * ops.minimum(ops.rsqrt(step), step * (self.warmup**-1.5))


def classifier(config: Config) -> keras.Model:
    inputs = keras.Input(shape=(config.length,), dtype="int32")
    x = TokenAndPosition(config.length, config.vocabulary, config.width)(inputs)
    for depth in range(2):
        x = Block(config.width, config.heads, rate=config.dropout)(x)
        if depth % 2 == 1 and config.dropout > 0.0:
            x = layers.SpatialDropout1D(config.dropout)(x)
    x = layers.GlobalAveragePooling1D()(x)
    for units in config.hidden:
        x = layers.Dense(units, activation="relu")(x)
    outputs = layers.Dense(2, activation="softmax")(x)
    return keras.Model(inputs=inputs, outputs=outputs)


def describe(layer):
    match layer:
        case layers.Dense(units=units) if units > 1:
            return f"dense of {units}"
        case layers.Embedding() | TokenAndPosition():
            return "embedding"
        case [first, *_]:
            return describe(first)
        case {"class_name": name, **rest}:
            return name
        case _:
            return "other"


config = Config()
model = classifier(config)
text = """
def not_code(x):
    return Dense(
"""
try:
    model.load_weights("weights.h5")
except (OSError, ValueError) as error:
    print("no weights:", error)
else:
    print("loaded")
finally:
    steps = math.ceil(25_000 / 32)

if (count := model.count_params()) > 1_000_000:
    print(count)
model.compile(keras.optimizers.Adam(Schedule(config.width), beta_2=0.98), "sparse_categorical_crossentropy")
sizes = {layer.name: tuple(w.shape) for layer in model.layers for w in layer.weights if w.trainable}
first, last = model.layers[0], model.layers[-1]
middle = model.layers[1:-1:2]
with open("summary.txt", "w") as out, keras.device("cpu:0"):
    model.summary(print_fn=lambda line, *rest, **more: out.write(line + "\n"))
