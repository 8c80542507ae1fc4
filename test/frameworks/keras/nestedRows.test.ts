import assert from "node:assert/strict";
import { test } from "node:test";
import { printShape } from "../../../core/index.ts";
import { analyse, openCore } from "../../core/open.ts";

/** What Keras 3.15.1 and tf_keras 2.21 print in `model.summary()` was seen by running each program. */

const core = await openCore();

function rows(text: string, name: string): readonly string[] {
  const model = analyse(core, text).models.find((it) => it.name === name);
  assert.ok(model, `no model ${name}`);
  return model.layers.map(({ type, output }) => {
    const shape = output === undefined ? "?" : "shape" in output ? printShape(output.shape) : "several";
    return `${type} ${shape}`;
  });
}

const called = (keras: string): string => `import numpy as np
from ${keras} import Input, Model, Sequential, layers
augment = Sequential([layers.RandomFlip("horizontal")])
augment(np.zeros((1, 32, 32, 3)))
x = Input((32, 32, 3))
model = Model(x, augment(x))
`;

test("the row of a nested model has the shape of its call in the graph, whatever it was called on before", () => {
  assert.deepEqual(rows(called("keras"), "model"), ["InputLayer (None, 32, 32, 3)", "Sequential (None, 32, 32, 3)"]);
});

const layer = (keras: string): string => `from ${keras} import Input, Model, layers
import tensorflow as tf
class Largest(layers.Layer):
    def compute_output_shape(self, input_shape):
        return (input_shape[0], input_shape[1] * 2)
    def call(self, x):
        return tf.nn.top_k(x, k=2)[0]
x = Input((10, 7))
model = Model(x, Largest()(x))
`;

test("Keras 3 takes a layer's shape from compute_output_shape, and Keras 2 from its call", () => {
  assert.equal(rows(layer("keras"), "model")[1], "Largest (None, 20)");
  assert.equal(rows(layer("tf_keras"), "model")[1], "Largest (None, 10, 2)");
});

test("what a layer is called on is not known for the reason that something in it is not", () => {
  const { unknowns } = analyse(
    core,
    "from keras import layers, Input\nx = Input((3,))\ny = layers.Add()([x, other()])\n",
  );
  assert.deepEqual(
    unknowns.map(({ reason }) => reason),
    ["the name other is not defined here"],
  );
});
