/** Where a `.weights.h5` of Keras 2 keeps what a model of the user's holds; tf_keras 2.21 wrote these paths. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { openCore, projectOf } from "../core/open.ts";

const PROGRAM = `import tensorflow as tf
import tf_keras as keras
from tf_keras import layers

class Block(layers.Layer):
    def __init__(self):
        super().__init__()
        self.Upper = layers.Dense(4)
        self._hidden = layers.Dense(4)
        self.many = [layers.Dense(4), layers.Dense(4)]
        self.again = self.many[0]
        self.named = {"b": layers.Dense(4), "a": layers.LayerNormalization()}

    def build(self, shape):
        self.scale = self.add_weight("scale", shape=(4,))

    def call(self, x):
        for layer in self.many:
            x = layer(self.Upper(x) + self._hidden(x))
        return self.named["a"](self.named["b"](self.again(x))) * self.scale

class Whole(keras.Model):
    def __init__(self):
        super().__init__()
        self.zero = layers.Dense(4)
        self.attend = layers.MultiHeadAttention(2, 3)
        self.blocks = [Block(), Block()]
        self.nested = [[layers.Dense(4)], [layers.Dense(4)]]
        self.stack = keras.Sequential([layers.BatchNormalization(), layers.LSTM(4, return_sequences=True)])

    def call(self, x):
        x = self.zero(x)
        x = self.attend(x, x)
        for block in self.blocks:
            x = block(x)
        for inner in self.nested:
            x = inner[0](x)
        return self.stack(x)

model = Whole()
model(tf.zeros((1, 6, 5)))
`;

/** How many variables each holder has. */
const WRITTEN: Readonly<Record<string, number>> = {
  "layers/block/Upper": 2,
  "layers/block/_hidden": 2,
  "layers/block/many/dense": 2,
  "layers/block/many/dense_1": 2,
  "layers/block/named/dense": 2,
  "layers/block/named/layer_normalization": 2,
  "layers/block": 1,
  "layers/block_1/Upper": 2,
  "layers/block_1/_hidden": 2,
  "layers/block_1/many/dense": 2,
  "layers/block_1/many/dense_1": 2,
  "layers/block_1/named/dense": 2,
  "layers/block_1/named/layer_normalization": 2,
  "layers/block_1": 1,
  "layers/dense": 2,
  "layers/dense_1": 2,
  "layers/multi_head_attention/_key_dense": 2,
  "layers/multi_head_attention/_output_dense": 2,
  "layers/multi_head_attention/_query_dense": 2,
  "layers/multi_head_attention/_value_dense": 2,
  "stack/layers/batch_normalization": 4,
  "stack/layers/lstm/cell": 3,
  zero: 2,
};

it("attributes come backwards, and a list has no number for what came before", async () => {
  const core = await openCore();
  const project = projectOf(PROGRAM);
  core.analyse(project);
  const { variables = [] } = core.lower(project.file.path, 0, { batch: 1 })?.saved ?? {};
  const counts: Record<string, number> = {};
  for (const { path } of variables) {
    const holder = path.replace(/\/vars\/\d+$/, "");
    counts[holder] = (counts[holder] ?? 0) + 1;
  }
  assert.deepEqual(counts, WRITTEN);
});
