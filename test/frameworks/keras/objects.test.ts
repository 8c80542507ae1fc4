/** Layers as libraries write them: objects by their names, decorators of either Keras, names by stars. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { printShape } from "../../../core/index.ts";
import { openCore, projectOf } from "../../core/open.ts";

const OWN = `
class Scores(keras.layers.Layer):
    def __init__(self, units, kernel_initializer="glorot_normal", kernel_regularizer=None, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.kernel_initializer = keras.initializers.get(kernel_initializer)
        self.kernel_regularizer = keras.regularizers.get(kernel_regularizer)
        self.kernel_constraint = keras.constraints.get({"class_name": "NonNeg", "config": {}})

    def build(self, input_shape):
        self.kernel = self.add_weight(
            name="kernel",
            shape=(input_shape[-1], self.units),
            initializer=self.kernel_initializer,
            regularizer=self.kernel_regularizer,
            constraint=self.kernel_constraint,
        )
        super().build(input_shape)

    def call(self, x):
        return keras.backend.softmax(x @ self.kernel)

model = keras.Sequential([keras.layers.InputLayer((7, 12)), Scores(5)])
`;

for (const keras of [2, 3] as const) {
  test(`what a layer gets by its name holds no weights (Keras ${keras})`, async () => {
    const core = await openCore();
    const decorator = '@tf.keras.utils.register_keras_serializable(package="own")';
    const text = `import keras\nimport tensorflow as tf\n${OWN.replace("\nclass", `\n${decorator}\nclass`)}`;
    const [model] = core.analyse({ ...projectOf(text), settings: { keras, fixes: false } }).analysis.models;
    assert.deepEqual(model?.outputs?.map(printShape), ["(None, 7, 5)"]);
    assert.equal(model?.params, 60);
  });
}

test("a star brings TensorFlow's functions", async () => {
  const core = await openCore();
  const modules = { functional: "from tensorflow.nn import *\nfrom tensorflow.math import *\n" };
  const text = `import tensorflow as tf\nimport functional\ny = functional.sqrt(functional.relu(tf.zeros((2, 3))))\n`;
  const { hints } = core.analyse(projectOf(text, modules)).analysis;
  const last = hints.at(-1)?.contexts[0]?.outputs;
  assert.ok(last !== undefined && "shape" in last);
  assert.equal(printShape(last.shape), "(2, 3)");
});

test("of a model whose layers hang on a condition that is not known, no sum is claimed", async () => {
  const core = await openCore();
  const text = `
import keras
from settings import rates
x = inputs = keras.Input((4,))
for i in range(3):
    x = keras.layers.Dense(4)(x)
    if rates[i] > 0:
        x = keras.layers.Dropout(rates[i])(x)
model = keras.Model(inputs, x)
`;
  const absent = new Map([["module settings from main.py", null]]);
  const [model] = core.analyse({ ...projectOf(text), answers: absent }).analysis.models;
  assert.deepEqual(model?.outputs?.map(printShape), ["(None, 4)"]);
  assert.deepEqual([model?.params, model?.trainable], [undefined, undefined]);
});

test("Model(input=…, output=…) is Keras 1's functional model, and Keras 3 has no such arguments", async () => {
  const core = await openCore();
  const text = `from keras.models import Model
from keras.layers import Dense, Input
inputs = Input((4,))
model = Model(input=inputs, output=Dense(3)(inputs))
`;
  const old = core.analyse(projectOf(text)).analysis;
  assert.deepEqual(old.models[0]?.outputs?.map(printShape), ["(None, 3)"]);
  assert.deepEqual(
    old.diagnostics.map((it) => [it.code, it.severity]),
    [["keras-version", "information"]],
  );
  const now = core.analyse({ ...projectOf(text), settings: { keras: 3, fixes: false } }).analysis;
  assert.deepEqual(
    now.diagnostics.map((it) => [it.code, it.severity]),
    [
      ["removed-in-keras-3", "error"],
      ["removed-in-keras-3", "error"],
    ],
  );
  assert.equal(now.models[0]?.params, 15);
});

test("Keras 2 knows its losses by short names, too", async () => {
  const core = await openCore();
  const text = `import numpy as np
import tensorflow as tf
values = tf.keras.losses.MSE(np.ones((4, 3)), np.ones((4, 3)))
model = tf.keras.Sequential([tf.keras.Input((2,)), tf.keras.layers.Dense(values.shape[0])])
`;
  const [model] = core.analyse({ ...projectOf(text), settings: { keras: 2, fixes: false } }).analysis.models;
  assert.deepEqual(model?.outputs?.map(printShape), ["(None, 4)"]);
});

test("a model that a function saved comes back, and what is computed again is what was computed", async () => {
  const core = await openCore();
  const text = `import keras
block = keras.remat(keras.layers.Dense(5))
x = keras.Input((3,))
model = keras.Model(x, block(x))
keras.saving.save_model(model, "own.keras")
again = keras.models.load_model("own.keras")
`;
  const { models } = core.analyse({ ...projectOf(text), settings: { keras: 3, fixes: false } }).analysis;
  assert.deepEqual(
    models.map((it) => it.outputs?.map(printShape)),
    [["(None, 5)"], ["(None, 5)"]],
  );
});

test("a part of a list that is not known may be empty: what stands in a loop over it is no error", async () => {
  const core = await openCore();
  const text = `import keras, yaml
heads = yaml.safe_load(open("x.yaml"))["heads"]
dense = len(heads)
blocks = [keras.layers.Conv1D(4, None) for i, head in enumerate(heads[dense:])]
for head in heads[dense:]:
    keras.layers.Conv1D(4, None)
for head in heads:
    keras.layers.Conv1D(4, None)
`;
  const { diagnostics } = core.analyse({ ...projectOf(text), settings: { keras: 3, fixes: false } }).analysis;
  assert.deepEqual(
    diagnostics.map((it) => it.severity),
    ["warning", "warning", "error"],
  );
});

test("read_csv gives no table where its options make something else of it", async () => {
  const core = await openCore();
  const text = `import pandas as pd
import numpy as np
y = pd.read_csv("x.csv", index_col=0, squeeze=True)
windows = np.lib.stride_tricks.sliding_window_view(y, 3)
`;
  assert.deepEqual(core.analyse(projectOf(text)).analysis.diagnostics, []);
});
