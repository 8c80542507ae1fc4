import assert from "node:assert/strict";
import { test } from "node:test";
import { printShape } from "../../core/index.ts";
import { analyse, openCore } from "../core/open.ts";

const core = await openCore();

/** The shapes that the last line's hint shows. */
function last(text: string): string {
  const outputs = analyse(core, text).hints.at(-1)?.contexts[0]?.outputs;
  return outputs === undefined ? "" : "shape" in outputs ? printShape(outputs.shape) : "several";
}

const counted = (use: string): string => `import numpy as np
import pandas as pd
import mystery
words = [0, 1]
table = pd.read_csv("words.csv")
def keep(word):
    words.append(word)
def look(word):
    return words[word]
${use}
np.zeros(len(words))
`;

test("what a function changes that is given away is not known from then on", () => {
  assert.equal(last(counted("mystery.run(words.append)")), "(?,)");
  assert.equal(last(counted("mystery.run(keep)")), "(?,)");
  assert.equal(last(counted("mystery.run([keep])")), "(?,)");
  assert.equal(last(counted("table['word'].apply(words.append)")), "(?,)");
  assert.equal(last(counted("table['word'].apply(lambda it: words.append(it))")), "(?,)");
  assert.equal(last(counted("mystery.run(look)")), "(2,)");
  assert.equal(last(counted("table['word'].map(words.index)")), "(2,)");
});

test("an array has not the elements that it was made with once one is set", () => {
  const made = (change: string): string => `import numpy as np
class Holder: pass
holder = Holder()
holder.sizes = sizes = np.array([1, 2])
${change}
np.zeros(sizes)
`;
  assert.equal(last(made("")), "(1, 2)");
  assert.equal(last(made("sizes[0] = 7")), "(?, ?)");
  assert.equal(last(made("def change():\n    sizes[0] = 7\nchange()")), "(?, ?)");
  assert.equal(last(made("holder.sizes[0] = 7\nsizes = holder.sizes")), "(?, ?)");
});

test("what is not known may be an array: a comparison of it need not be one truth", () => {
  const { diagnostics } = analyse(
    core,
    `import mystery
import tensorflow as tf
x = mystery.load()
for y in [x == 1, x < 2, 3 != x]:
    tf.expand_dims(tf.cast(y, "float32"), 1)
`,
  );
  assert.deepEqual(diagnostics, []);
});

test("tensors of a list whose items are not known have no type", () => {
  const { diagnostics } = analyse(
    core,
    `import mystery
import tensorflow as tf
parts = []
for part in mystery.load():
    parts.extend(part)
tf.stack(parts) * 0.5
tf.concat(parts, 0) * 0.5
`,
  );
  assert.deepEqual(diagnostics, []);
});

test("a class that has a layer's own constructor is read without the arguments that it needs", () => {
  const { diagnostics } = analyse(
    core,
    `from keras import layers
class Standardized(layers.Conv2D):
    def convolution_op(self, inputs, kernel):
        return super().convolution_op(inputs, kernel * 2)
`,
  );
  assert.deepEqual(diagnostics, []);
});

test("a model that is run in each of many rounds does not use up the bound on the work", () => {
  assert.equal(
    last(`import keras
import numpy as np
x = inputs = keras.Input((8, 8, 4))
for _ in range(200):
    x = keras.layers.ReLU()(x)
model = keras.Model(inputs, x)
y = np.zeros((2, 8, 8, 4))
for _ in range(1000):
    y = y + model.predict(y, verbose=0)
np.concatenate([y, y])
`),
    "(4, 8, 8, 4)",
  );
});
