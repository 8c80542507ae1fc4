import assert from "node:assert/strict";
import { test } from "node:test";
import { type ModelReport, printShape } from "../../../core/index.ts";
import { analyse, openCore } from "../../core/open.ts";

/** What Keras 3.15.1 says of each program was seen by running it. */

const core = await openCore();
const HEAD = "import keras, numpy as np, tensorflow as tf\nfrom keras import layers\n";

interface Told {
  readonly errors: readonly string[];
  model(name: string): ModelReport;
  /** Inputs, outputs and parameters of a model. */
  line(name: string): string;
}
function tell(text: string): Told {
  const { models, diagnostics } = analyse(core, HEAD + text);
  const model = (name: string): ModelReport => {
    const found = models.find((it) => it.name === name);
    assert.ok(found, `no model ${name}`);
    return found;
  };
  const shapes = (all: ModelReport["inputs"]) => all?.map(printShape).join(", ") ?? "?";
  return {
    errors: diagnostics.filter((it) => it.severity === "error").map((it) => it.message),
    model,
    line: (name) => {
      const { inputs, outputs, params } = model(name);
      return `${shapes(inputs)} → ${shapes(outputs)}, ${params ?? "?"}`;
    },
  };
}
const names = ({ layers }: ModelReport): readonly string[] => layers.map((it) => it.name);

test("the outputs of a Sequential's layers make a model", () => {
  const { errors, line, model } = tell(`
model = keras.Sequential([keras.Input((28, 28, 1)), layers.Conv2D(8, 3), layers.MaxPooling2D(), layers.Flatten()])
features = keras.Model(inputs=model.inputs, outputs=[layer.output for layer in model.layers])
one = keras.Model(model.layers[0].input, model.layers[1].output)
`);
  assert.deepEqual(errors, []);
  assert.equal(line("features"), "(None, 28, 28, 1) → (None, 26, 26, 8), (None, 13, 13, 8), (None, 1352), 80");
  assert.equal(line("one"), "(None, 28, 28, 1) → (None, 13, 13, 8), 80");
  assert.deepEqual(names(model("features")), ["input_layer", "conv2d", "max_pooling2d", "flatten"]);
});

test("an Input is the first of a functional model's layers", () => {
  const { line } = tell(`
inputs = keras.Input((4,))
base = keras.Model(inputs, layers.Dense(2)(layers.Dense(3)(inputs)))
half = keras.Model(base.layers[0].output, base.layers[1].output)
`);
  assert.equal(line("half"), "(None, 4) → (None, 3), 15");
});

test("data added to a symbolic tensor is a constant of the model", () => {
  const { errors, line } = tell(`
inputs = keras.Input((16, 8))
positions = layers.Embedding(16, 8)(np.arange(16))
model = keras.Model(inputs, layers.Dense(2)(inputs + positions))
`);
  assert.deepEqual(errors, []);
  assert.equal(line("model"), "(None, 16, 8) → (None, 16, 2), 18");
});

test("training in a loop leaves a model what it is", () => {
  const { line } = tell(`
from unknown import batches
model = keras.Sequential([keras.Input((4,)), layers.Dense(3)])
model.compile("adam", "mse")
for step in range(batches):
    model.train_on_batch(np.zeros((8, 4)), np.zeros((8, 3)))
for x, y in batches:
    if model.predict(x)[0] > y:
        model.fit(x, y)
`);
  assert.equal(line("model"), "(None, 4) → (None, 3), 15");
});

test("a dictionary goes to the inputs by their names", () => {
  const { errors } = tell(`
title, tags = keras.Input((100,), name="title"), keras.Input((7,), name="tags")
x = layers.Concatenate()([title, tags])
model = keras.Model([title, tags], [layers.Dense(1, name="score")(x), layers.Dense(4, name="group")(x)])
model.compile("adam", {"score": "mse", "group": "mse"})
data = {"title": np.zeros((32, 100)), "tags": np.zeros((32, 7))}
model.fit(data, {"group": np.zeros((32, 4)), "score": np.zeros((32, 1))})
model.predict(data)
`);
  assert.deepEqual(errors, []);
});

test("what is built by something unknown has an unknown number of weights", () => {
  const { line } = tell(`
from unknown import data, backbone
fitted = keras.Sequential([layers.Dense(3)])
fitted.compile("adam", "mse")
fitted.fit(data)
called = keras.Sequential([layers.Dense(3)])
called(data)
behind = keras.Sequential([backbone, layers.Dense(3)])
behind(np.zeros((2, 4)))
`);
  assert.equal(line("fitted"), "? → ?, ?");
  assert.equal(line("called"), "? → ?, ?");
  assert.equal(line("behind"), "? → ?, ?");
});

test("keywords stand in a graph by their names", () => {
  const { model } = tell(`
class Gate(keras.Layer):
    def call(self, target, source):
        return target * source

first = keras.Input((8,), name="first")
second = keras.Input((8,), name="second")
gated = Gate(name="gate")(target=layers.Dense(8, name="a")(second), source=layers.Dense(8, name="b")(first))
model = keras.Model([first, second], gated)
`);
  assert.deepEqual(names(model("model")), ["first", "second", "b", "a", "gate"]);
});

test("a function is one in all its spellings", () => {
  const { line } = tell(`
from unknown import flag
if flag:
    from tensorflow.keras.layers import concatenate
else:
    from keras.layers import concatenate
inputs = keras.Input((4,))
model = keras.Model(inputs, concatenate([inputs, inputs]))
`);
  assert.equal(line("model"), "(None, 4) → (None, 8), 0");
});

test("a layer that is named by a string is found by eval", () => {
  const { line } = tell(`
inputs = keras.Input((4,))
model = keras.Model(inputs, eval("layers.Dense")(3)(inputs))
`);
  assert.equal(line("model"), "(None, 4) → (None, 3), 15");
});

test("a model out of a configuration is not one without layers", () => {
  const { line } = tell(`
model = keras.Sequential([keras.Input((4,)), layers.Dense(3)])
copy = keras.Sequential.from_config(model.get_config())
probe = keras.Sequential([keras.Input((4,)), copy])
`);
  assert.equal(line("probe").split(", ").at(-1), "15");
});

test("numbers that keras.ops or TensorFlow compare decide a branch", () => {
  const { errors, line } = tell(`
def block(x, filters, strides=1):
    y = layers.Conv2D(filters, 3, strides=strides, padding="same")(x)
    if keras.ops.equal(x.shape[-1], filters) and tf.less(strides, 2):
        return layers.Add()([x, y])
    return y
x = keras.Input((8, 8, 16))
model = keras.Model(x, block(block(block(x, 16), 16, 2), 8))
`);
  assert.deepEqual(errors, []);
  assert.equal(line("model"), "(None, 8, 8, 16) → (None, 4, 4, 8), 5800");
});

test("what a cell of one's own gives is not taken for a vector where it says that it has several axes", () => {
  const { errors } = tell(`
class Cell(layers.Layer):
    state_size = output_size = [4, 5]
    def call(self, x, states):
        return x, states
class Reader(keras.Model):
    def __init__(self):
        super().__init__()
        self.rnn = layers.RNN(Cell())
        self.pool = layers.GlobalAveragePooling1D()
    def call(self, x):
        return self.pool(self.rnn(x))
y = Reader()(tf.zeros((2, 3, 4, 5)))
`);
  assert.deepEqual(errors, []);
});

test("labels that a mask picked, or that were changed, need not reach as far as all of them", () => {
  const found = (change: string): readonly string[] =>
    analyse(
      core,
      `${HEAD}(x, y), _ = keras.datasets.mnist.load_data()
${change}
model = keras.Sequential([keras.Input((28, 28)), layers.Flatten(), layers.Dense(8, activation="softmax")])
model.compile(loss="sparse_categorical_crossentropy", optimizer="sgd")
model.fit(x, y)
`,
    ).diagnostics.map((it) => it.code);
  assert.deepEqual(found(""), ["output-units"]);
  assert.deepEqual(found("x, y = x[y < 8], y[y < 8]"), []);
  assert.deepEqual(found("y[y > 7] = 0"), []);
});

test("a Sequential of an application's layers begins with its InputLayer", () => {
  const { errors, line, model } = tell(`
model = keras.Sequential()
for layer in keras.applications.VGG16(weights=None).layers[:-1]:
    layer.trainable = False
    model.add(layer)
model.add(layers.Dense(2))
`);
  assert.deepEqual(errors, []);
  assert.equal(line("model"), "(None, 224, 224, 3) → (None, 2), 134268738");
  assert.equal(model("model").trainable, 8194);
});

test("a generator by name is the data of Keras 2's own methods for generators", () => {
  const { errors } = tell(`
from keras.layers.core import Dense
model = keras.Sequential([Dense(3, input_shape=(4,), kernel_regularizer=keras.regularizers.l2(l=0.01))])
model.compile("sgd", "mse")
def batches(width):
    while True:
        yield np.zeros((8, width)), np.zeros((8, 3))
model.fit_generator(generator=batches(4), steps_per_epoch=3, epochs=2)
model.predict_generator(steps=3, generator=batches(4))
model.fit_generator(steps_per_epoch=3, generator=batches(5))
`);
  assert.equal(errors.length, 1);
  assert.match(errors[0] ?? "", /expects \(None, 4\), and this is \(None, 5\)/);
});

test("a label that is new to loc adds a row to a table", () => {
  const { errors, line } = tell(`
import pandas as pd
losses = pd.DataFrame(columns=["MSE"])
losses.loc[len(losses)] = 3.0
last = losses.MSE.values[-1]
table = pd.DataFrame(np.zeros((5, 4)))
table.loc[2] = 1.0
model = keras.Sequential([keras.Input((len(table),)), layers.Dense(table.shape[1])])
`);
  assert.deepEqual(errors, []);
  assert.equal(line("model"), "(None, 5) → (None, 4), 24");
});

test("a scaler of one column takes back any number of columns", () => {
  const { errors, line } = tell(`
from sklearn.preprocessing import MinMaxScaler
scaler = MinMaxScaler().fit(np.zeros((9, 1)))
back = scaler.inverse_transform(np.zeros((4, 2)))
second = back[:, 1]
model = keras.Sequential([keras.Input((back.shape[1],)), layers.Dense(3)])
`);
  assert.deepEqual(errors, []);
  assert.equal(line("model"), "(None, 2) → (None, 3), 9");
});
