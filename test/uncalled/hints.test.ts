import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Analysis, LineIndex } from "../../core/index.ts";
import { lineHints } from "../../server/features/lineHints.ts";
import { analyse, openCore } from "../core/open.ts";

const core = await openCore();
const HEAD = "import keras\nimport tensorflow as tf\nfrom keras import layers, ops\n";

/** Each line's hint stands behind it as `#: (None, ?, ?, filters)`; a line without one has none. */
function holds(source: string): Analysis {
  const text = HEAD + source;
  const analysis = analyse(core, text);
  const index = new LineIndex(text);
  const hints = lineHints(analysis.hints, analysis.models, analysis.unknowns, (at) => index.positionAt(at).line);
  const lines = text.split("\n");
  const expected = lines.map((line) => /#: (.*)$/.exec(line)?.[1]);
  const found = lines.map((_, i) => hints.get(i + 1)?.label.replace(/^(?:Σ )?→ /, ""));
  const told = (all: readonly (string | undefined)[]) =>
    lines.map((line, i) => `${line.replace(/ *#: .*/, "")} → ${all[i]}`);
  assert.deepEqual(told(found), told(expected));
  assert.deepEqual(analysis.models, []);
  return analysis;
}
const silently = (source: string) => assert.deepEqual(holds(source).diagnostics, []);

describe("a function that nobody calls", () => {
  it("names sizes by its parameters", () =>
    silently(`
def block(x, filters, kernel_size=3, strides=1, activation="relu"):
    x = layers.Conv2D(filters, kernel_size, strides=strides, padding="same")(x)  #: (None, ?, ?, filters)
    x = layers.BatchNormalization()(x)  #: (None, ?, ?, filters)
    x = layers.Activation(activation)(x)  #: (None, ?, ?, filters)
    return layers.Conv2D(filters * 2, 1)(x)  #: (None, ?, ?, filters * 2)
`));
  it("takes a number by default for a size, unless a number is needed", () =>
    silently(`
def encoder(maxlen, vocabulary, width=32, depth=2):
    x = tokens = keras.Input((maxlen,))  #: (None, maxlen)
    x = layers.Embedding(vocabulary, width)(x)  #: (None, maxlen, width)
    for i in range(depth):
        x = layers.Conv1D(width * 2**i, 3, padding="same")(x)  #: (None, maxlen, width) … (None, maxlen, width * 2) ×2
    x = layers.LSTM(width // 2)(x)  #: (None, width // 2)
    return keras.Model(tokens, x)  #: (None, width // 2)
`));
  it("calls axes as the text calls them", () =>
    silently(`
def excite(x, ratio=16):
    channels = x.shape[-1]
    s = layers.GlobalAveragePooling2D()(x)  #: (None, channels)
    s = layers.Dense(channels // ratio)(s)  #: (None, channels // ratio)
    s = layers.Dense(channels)(s)  #: (None, channels)
    s = layers.Reshape((1, 1, channels))(s)  #: (None, 1, 1, channels)
    return layers.Multiply()([x, s])  #: (None, ?, ?, channels)

def flatten(x):
    b, h, w, c = x.shape
    x = ops.reshape(x, (b, h * w, c))  #: (b, h * w, c)
    return layers.Dense(c // 2)(x)  #: (b, h * w, c // 2)
`));
  it("says what holds at every rank where the rank is not known", () =>
    silently(`
def head(x, units, classes):
    x = layers.Dense(units)(x)  #: (..., units)
    x = layers.Dropout(0.5)(x)  #: (..., units)
    x = layers.Flatten()(x)  #: (?, ?)
    return layers.Dense(classes)(x)  #: (?, classes)

def perceptron(x, widths):
    for width in widths:
        x = layers.Dense(width)(x)  #: (..., width)
    return x
`));
  it("adds what has one shape", () =>
    silently(`
def residual(x, filters):
    y = layers.Conv2D(filters, 3, padding="same")(x)  #: (None, ?, ?, filters)
    y = layers.Add()([x, y])  #: (None, ?, ?, filters)
    z = y + x  #: (None, ?, ?, filters)
    return z
`));
  it("follows parts of its parameters", () =>
    silently(`
def build(config):
    x = keras.Input((config["size"], 3))  #: (None, config["size"], 3)
    y = layers.Conv1D(config["filters"], 3, padding="same")(x)  #: (None, config["size"], config["filters"])
    return keras.Model(x, y)  #: (None, config["size"], config["filters"])

def from_shape(input_shape, classes):
    x = keras.Input(shape=input_shape)  #: (None, ?, ?, ?)
    y = layers.Conv2D(8, 3)(x)  #: (None, ?, ?, 8)
    y = layers.GlobalMaxPooling2D()(y)  #: (None, 8)
    return keras.Model(x, layers.Dense(classes)(y))  #: (None, classes)

def unpacked(input_shape):
    height, width, channels = input_shape
    return keras.Input((height // 2, width // 2, channels * 4))  #: (None, height // 2, width // 2, channels * 4)
`));
  it("knows nothing of a part after something was written into the whole", () =>
    silently(`
def build(config):
    config["units"] = 3
    return layers.Dense(config["units"])(keras.Input((4,)))  #: (None, ?)
`));
  it("shows what stands behind a flag", () =>
    silently(`
def block(x, filters, norm=False, shortcut=None):
    x = layers.Conv2D(filters, 3, padding="same")(x)  #: (None, ?, ?, filters)
    if norm:
        x = layers.BatchNormalization()(x)  #: (None, ?, ?, filters)
    if shortcut is not None:
        x = layers.Add()([x, shortcut])  #: (None, ?, ?, filters)
    return x
`));
  it("reads what it makes to be called", () =>
    silently(`
def block(filters):
    def apply(x):
        return layers.Conv2D(filters, 3)(x)  #: (None, ?, ?, filters)
    return apply
`));
  it("believes annotations and comments", () =>
    silently(`
from jaxtyping import Array, Float

def attend(x: Float[Array, "batch time 64"], units: int):
    x = layers.Dense(units)(x)  #: (batch, time, units)
    return layers.LSTM(8)(x)  #: (batch, 8)

def pool(x: keras.KerasTensor):
    return layers.GlobalAveragePooling1D()(x)  #: (None, ?)

def mix(x, mask):  # inlayer: input (None, 128, 64); (None, 128, 1)
    return layers.Conv1D(8, 3)(x * mask)  #: (None, 126, 8) · 1,544 params
`));
  it("is seen as another one calls it that nobody calls either", () =>
    silently(`
def block(x, filters):
    return layers.Conv2D(filters, 3, padding="same")(x)  #: (None, 32, 32, 8) … (None, 32, 32, 16) ×2

def model():
    x = keras.Input((32, 32, 3))  #: (None, 32, 32, 3)
    x = block(x, 8)  #: (None, 32, 32, 8)
    return block(x, 16)  #: (None, 32, 32, 16)
`));
});

describe("a class that nobody uses", () => {
  it("is made, and called through build and call", () =>
    silently(`
class Block(layers.Layer):
    def __init__(self, units, rate=0.1, **kwargs):
        super().__init__(**kwargs)
        self.wide = layers.Dense(units * 4)  #: (..., units * 4)
        self.narrow = layers.Dense(units)  #: (..., units)
        self.drop = layers.Dropout(rate)  #: (..., units * 4)

    def build(self, input_shape):
        features = input_shape[-1]
        self.scale = self.add_weight(shape=(features,))  #: (features,)

    def call(self, inputs, training=None):
        x = self.wide(inputs * self.scale)  #: (..., units * 4)
        x = self.drop(x, training=training)  #: (..., units * 4)
        return self.narrow(x)  #: (..., units)

    def get_config(self):
        return {"units": 3}
`));
  it("has the hints of its other methods", () =>
    silently(`
class Builder:
    def __init__(self, latent):
        self.latent = latent

    def generator(self):
        noise = keras.Input((self.latent,))  #: (None, latent)
        x = layers.Dense(self.latent * 2)(noise)  #: (None, latent * 2)
        return keras.Model(noise, x)  #: (None, latent * 2)
`));
});

describe("what is wrong in a function that nobody calls", () => {
  const codes = (source: string) => analyse(core, HEAD + source).diagnostics.map((it) => it.code);
  it("is said where every call would fail", () =>
    assert.deepEqual(
      codes(`
def build(units):
    x = keras.Input((8,))
    return layers.Conv2D(units, 3)(x)
`),
      ["incompatible-input"],
    ));
  it("is not said in what other classes are made of and call otherwise", () => {
    const program = (made: string) => `
class Base(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        a = keras.Input((6, 8))
        self.blocks = [keras.Model(a, layers.Activation("relu")(a)) for i in range(2)]

    def call(self, x):
        y = ops.zeros((2, 5, 8))
        for block in self.blocks:
            y = block(y)
        return y

class Longer(Base):
    def call(self, x):
        return self.blocks[0](ops.zeros((2, 6, 8)))

${made}(keras.Input((3,)))
`;
    assert.deepEqual(codes(program("Longer()")), []);
    assert.deepEqual(codes(program("Base()")), ["data-shape"]);
  });
  it("is not said where a call may go another way", () =>
    assert.deepEqual(
      codes(`
def build(flag):
    x = keras.Input((8,))
    if flag:
        return x
    return layers.Conv2D(4, 3)(x)

def refused(case):
    with case.assertRaises(ValueError):
        layers.Conv2D(4, 3)(keras.Input((8,)))

def by_default(rank=2):
    return layers.Conv2D(4, 3)(keras.Input((8,) * rank))
`),
      [],
    ));
});

describe("a function that is called", () => {
  it("is not read by itself", () => {
    const { hints } = analyse(
      core,
      `${HEAD}def block(x, filters):\n    return layers.Dense(filters)(x)\ny = block(keras.Input((3,)), 5)\n`,
    );
    assert.ok(hints.every(({ contexts }) => contexts.every((it) => it.reading === undefined)));
  });
  it("has the names that it would have without those that are not", () => {
    const called = "x = keras.Input((3,))\nm = keras.Model(x, layers.Dense(2)(x))\n";
    const unused = "def f(x):\n    return layers.Dense(3)(x), keras.Sequential([layers.Dense(4)])\n";
    assert.deepEqual(
      analyse(core, HEAD + unused + called).models[0]?.layers.map((it) => it.name),
      ["input_layer", "dense"],
    );
  });
  it("knows a layer that is in use as its use leaves it, whoever calls it", () =>
    silently(`
class Cell(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.width = None
        self.units = units

    def build(self, shape):
        self.width = self.units // 2

    def call(self, x):
        return x

    def start(self, batch_size):
        return ops.zeros((batch_size, self.width))  #: (batch_size, units // 2)

Cell(3)(tf.zeros((2, 4)))  #: (2, 4)
`));
});

describe("arguments of which nothing is known", () => {
  it("may be any that are not given", () =>
    silently(`
import json
more = json.load(open("more.json"))
x = keras.Input((9, 9, 1))  #: (None, 9, 9, 1)
y = layers.Conv2D(4, 3, **more)(x)  #: (None, ?, ?, ?)
z = layers.Conv2D(4, 3, padding="same", **{})(x)  #: (None, 9, 9, 4) · 40 params
`));
});

describe("a method that nobody calls", () => {
  const cls = (change: string) => `
import numpy as np
class Scores:
    def __init__(self):
        self.seen = []
        self.mean = np.zeros(3)
        self.units = 0
        self.options = {}
    def add(self, values):
        ${change}
    def tell(self):
        return self.mean[0, 1], np.array(self.seen)[0, 0]
    def head(self):
        return layers.Dense(self.units), layers.Dense(self.options.get("units", 0))
`;
  const errors = (change: string) => analyse(core, HEAD + cls(change)).diagnostics.map(({ code }) => code);
  it("finds what another method has made of the object by then", () => {
    const changes = "self.mean = self.units = values; self.seen += [values]; self.options.update(units=values)";
    assert.deepEqual(errors(changes), []);
  });
  it("finds what the constructor made where no other changes that", () => {
    assert.deepEqual(errors("return values"), Array(4).fill("bad-argument"));
  });
});

describe("a function that nobody calls", () => {
  const file = (change: string) => `
import numpy as np
seen, shape = [], (3,)
def add(values):
    ${change}
def tell():
    return np.array(seen)[0, 0], np.zeros(shape)[0, 0]
`;
  const errors = (change: string) => analyse(core, HEAD + file(change)).diagnostics.map(({ code }) => code);
  it("finds what another has made of the module's variables by then", () => {
    assert.deepEqual(errors("global shape; shape = values.shape; seen.append(values)"), []);
    assert.deepEqual(errors("return values"), ["bad-argument", "bad-argument"]);
  });
});
