/**
 * Keras 3's attention takes the mask off the tensor that it is given. Outside of training a Dropout hands out that very
 * tensor, so that whoever reads either of them later sees no mask.
 */
import assert from "node:assert/strict";
import { it } from "node:test";
import { openCore, projectOf } from "../core/open.ts";

const core = await openCore();
const operations = (drop: string): readonly string[] => {
  const project = projectOf(`import keras
from keras import layers

class Encoder(keras.Model):
    def __init__(self):
        super().__init__()
        self.embed = layers.Embedding(10, 4, mask_zero=True)
        self.drop = ${drop}
        self.attend = layers.MultiHeadAttention(2, 3)
        self.pool = layers.GlobalAveragePooling1D()

    def call(self, tokens):
        x = self.embed(tokens)
        y = self.drop(x)
        return self.pool(layers.add([x, self.attend(y, y)]))

model = Encoder()
model(keras.ops.zeros((1, 8), dtype="int32"))
`);
  core.analyse(project);
  return core.lower(project.file.path, 0, { batch: 2 })?.rows.flatMap((row) => row.nodes.map(({ op }) => op)) ?? [];
};

it("what a Dropout gives loses its mask with what it is given", () => {
  const bare = operations("lambda x: x");
  assert.ok(bare.length > 10);
  for (const drop of ["Dropout(0.2)", "SpatialDropout1D(0.2)", "GaussianNoise(0.2)", "Identity()"])
    assert.deepEqual(operations(`layers.${drop}`), bare);
  // It computes something, and the mask stays.
  assert.ok(operations("layers.ReLU()").length > bare.length + 1);
});
