import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { only, Told, testCore } from "./told.ts";

/** Which line is to blame, and what the first fix makes of it; test/mistakes has whole scripts of these. */

const core = await testCore();
const HEAD = "import keras\nimport numpy as np\nimport pandas as pd\nfrom keras import layers, ops\n";
function mended(text: string, blamed: string): string {
  const told = new Told(core, "program.py", HEAD + text);
  const error = only(
    told.analysis.diagnostics.filter((it) => it.severity === "error"),
    told.grave.join("; "),
  );
  assert.equal(told.at(error.span), blamed);
  const fix = error.fixes.find((it) => it.preferred);
  assert.ok(fix, `no fix of ${error.message}`);
  const after = told.after(fix);
  assert.deepEqual(after.grave, []);
  return after.text;
}

describe("a cause before the crash", () => {
  it("is a weight that was made by another axis than the last", () => {
    const text = mended(
      `
class Pool(layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[1], 1))

    def call(self, x):
        return ops.sum(x * ops.matmul(x, self.w), axis=1)

y = Pool()(keras.Input((30, 16)))
`,
      "shape=(input_shape[1], 1)",
    );
    assert.match(text, /input_shape\[-1\], 1/);
  });
  it("is one column that was taken of all", () => {
    const text = mended(
      `
data = np.zeros((200, 3))
x = np.array([data[i:i + 10, 0] for i in range(50)])
model = keras.Sequential([keras.Input((10, 3)), layers.LSTM(4), layers.Dense(1)])
model.compile(loss="mse")
model.fit(x, np.zeros((50, 1)))
`,
      "data[i:i + 10, 0]",
    );
    assert.match(text, /data\[i:i \+ 10\] for/);
  });
  it("is the axes of a product, where one pair of them is of one size", () => {
    const text = mended(
      `
moments, summary = keras.Input((20, 16)), keras.Input((16,))
scores = layers.Dot(axes=1)([moments, summary])
`,
      "axes=1",
    );
    assert.match(text, /Dot\(axes=\(2, 1\)\)/);
  });
  it("is a reader that gives each step where the answer has another number of them", () => {
    const text = mended(
      `
model = keras.Sequential([
    layers.LSTM(8, return_sequences=True, input_shape=(100, 5)),
    layers.LSTM(8, return_sequences=True),
    layers.TimeDistributed(layers.Dense(5)),
])
model.compile(loss="mse")
model.fit(np.zeros((16, 100, 5)), np.zeros((16, 40, 5)))
`,
      "return_sequences=True",
    );
    assert.match(text, /LSTM\(8, return_sequences=False, input_shape=\(100, 5\)\),\n {4}layers.RepeatVector\(40\)/);
  });
  it("is the number of channels that a loss of one's own cannot lay beside the labels", () => {
    const text = mended(
      `
def dice(y_true, y_pred):
    return 1 - ops.sum(ops.reshape(y_true, (-1,)) * ops.reshape(y_pred, (-1,)))

def network(channels):
    inputs = keras.Input((32, 32, 1))
    return keras.Model(inputs, layers.Conv2D(channels, 3, padding="same")(inputs))

model = network(2)
model.compile(loss=dice)
model.fit(np.zeros((8, 32, 32, 1)), np.zeros((8, 32, 32, 1)))
`,
      "network(2)",
    );
    assert.match(text, /network\(1\)/);
  });
  it("is a picture that was turned before it was put with the others", () => {
    const text = mended(
      `
pictures = []
for _ in range(12):
    picture = np.zeros((64, 64, 3))
    picture = picture.transpose(2, 0, 1)
    pictures.append(picture)
model = keras.Sequential([keras.Input((None, None, 3)), layers.Conv2D(4, 3)])
model.predict(np.asarray(pictures))
`,
      "picture.transpose(2, 0, 1)",
    );
    assert.match(text, /picture = picture\n/);
  });
  it("is the labels that are not one step on", () => {
    const text = mended(
      `
words = np.zeros((8, 12), "int32")
model = keras.Sequential([keras.Input((None,)), layers.Embedding(30, 4), layers.Dense(30, activation="softmax")])
model.compile(loss="sparse_categorical_crossentropy")
model.fit(words[:, :-1], words)
`,
      "words",
    );
    assert.match(text, /fit\(words\[:, :-1\], words\[:, 1:\]\)/);
  });
  it("is the label that was left among the data", () => {
    const text = mended(
      `
table = pd.DataFrame({"a": [1, 2, 3], "b": [4, 5, 6], "y": [0, 1, 0]})
x = table.values
model = keras.Sequential([layers.Dense(4, input_shape=(2,)), layers.Dense(1, activation="sigmoid")])
model.compile(loss="binary_crossentropy")
model.fit(x, table["y"])
`,
      "x = table.values",
    );
    assert.match(text, /table\.drop\(columns=\["y"\]\)\.values/);
  });
  it("is the layer that a loop stacks, in all rounds but the last", () => {
    const text = mended(
      `
model = keras.Sequential([keras.Input((10, 5))])
for _ in range(3):
    model.add(layers.LSTM(8))
`,
      "layers.LSTM(8)",
    );
    assert.match(text, /for i in range\(3\):\n {4}model\.add\(layers\.LSTM\(8, return_sequences=i < 3 - 1\)\)/);
  });
});

it("labels are held against an output of any size", () => {
  const told = new Told(
    core,
    "program.py",
    `${HEAD}import tensorflow as tf

def rows():
    yield np.zeros((4, 5)), np.zeros(4)

signature = (tf.TensorSpec((None, None)), tf.TensorSpec((None,)))
model = keras.Sequential([keras.Input((None,)), layers.Activation("relu")])
model.compile(loss="categorical_crossentropy")
model.fit(tf.data.Dataset.from_generator(rows, output_signature=signature))
`,
  );
  const [error] = told.analysis.diagnostics;
  assert.match(
    error?.message ?? "",
    /^The labels are \(None,\) and the model yields \(None, None\): .* one-hot rows, not/,
  );
});
