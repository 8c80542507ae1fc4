import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Diagnostic } from "../../core/index.ts";
import { fixWith, only, Told, testCore } from "./told.ts";

/** Dense on N-D input: where it is a hint, and on what evidence it is a warning (docs/rules/dense-on-sequence.md). */
const core = await testCore();
let programs = 0;
const tell = (text: string): Told => new Told(core, `dense${programs++}.py`, `${IMPORTS}${text}`);
const IMPORTS = `import numpy as np
import keras
from keras import layers
`;

const severities = (told: Told): readonly string[] =>
  told.coded("dense-on-sequence").map((it) => `${it.severity} ${told.at(it.span)}`);

describe("a Dense on an input of rank 3 or more, by itself", () => {
  it("is a hint, once for each call", () => {
    const told = tell(`
x = keras.Input((10, 4))
dense = layers.Dense(4)
y = dense(dense(x))
image = layers.Dense(8)(keras.Input((32, 32, 3)))
`);
    assert.deepEqual(severities(told), ["hint dense(dense(x))", "hint dense(x)", `hint ${IMAGE}`]);
    assert.deepEqual(told.grave, []);
  });
  const IMAGE = "layers.Dense(8)(keras.Input((32, 32, 3)))";

  it("is said once where a loop or a helper makes the call several times", () => {
    const told = tell(`
x = keras.Input((10, 4))
for units in (8, 16, 32):
    x = layers.Dense(units)(x)
`);
    assert.deepEqual(severities(told), ["hint layers.Dense(units)(x)"]);
  });
  it("is no warning in the feed-forward part of a transformer that pools before it classifies", () => {
    const told = tell(`
inputs = keras.Input((16, 64))
x = layers.LayerNormalization()(inputs)
y = layers.Dense(128, activation="relu")(x)
y = layers.Dense(64)(y)
x = layers.LayerNormalization()(x + y)
x = layers.GlobalAveragePooling1D()(x)
model = keras.Model(inputs, layers.Dense(2, activation="softmax")(x))
model.compile(loss="sparse_categorical_crossentropy")
model.fit(np.zeros((8, 16, 64)), np.zeros((8,), dtype="int32"))
`);
    assert.deepEqual(told.grave, []);
    assert.equal(told.coded("dense-on-sequence").length, 2);
  });
  it("is not said of an input of rank 2", () => {
    assert.deepEqual(tell("y = layers.Dense(4)(keras.Input((10,)))\n").analysis.diagnostics, []);
  });
  it("is no warning where the labels have the axis", () => {
    const told = tell(`
model = keras.Sequential([keras.Input((10, 5)), layers.Dense(3, activation="softmax")])
model.compile(loss="sparse_categorical_crossentropy")
model.fit(np.zeros((8, 10, 5)), np.zeros((8, 10), dtype="int32"))
`);
    assert.deepEqual(told.grave, []);
  });
  it("is no warning where one number for each step meets one label for each step", () => {
    const told = tell(`
model = keras.Sequential([keras.Input((10, 5)), layers.Dense(1)])
model.compile(loss="mse")
model.fit(np.zeros((8, 10, 5)), np.zeros((8, 10)))
`);
    assert.deepEqual(told.grave, []);
  });
});

describe("what may be one label for each step is no evidence", () => {
  const translator = (labels: string): Told =>
    tell(`
def masked_loss(y_true, y_pred):
    return keras.losses.sparse_categorical_crossentropy(y_true, y_pred)

model = keras.Sequential([keras.Input((10, 5)), layers.Dense(30, activation="softmax")])
model.compile(loss=masked_loss)
model.fit(np.zeros((64, 10, 5)), ${labels})
`);
  it("nor is it with a loss of one's own", () => {
    assert.deepEqual(translator('np.zeros((64, 10), dtype="int32")').grave, []);
  });
  it("nor where the labels are not known", () => {
    assert.deepEqual(translator("load_labels()").grave, []);
  });
});

describe("evidence makes it a warning", () => {
  const isWarned = (told: Told, at: string): Diagnostic => {
    const warning = only(
      told.coded("dense-on-sequence").filter((it) => it.severity === "warning"),
      `warnings among: ${told.grave.join("; ")}`,
    );
    assert.equal(told.at(warning.span), at);
    assert.ok(
      told.related(warning).some((it) => it.startsWith("model.fit(")),
      told.related(warning).join("\n"),
    );
    return warning;
  };
  const trained = (last: string, loss: string, labels: string, before = ""): Told =>
    tell(`
model = keras.Sequential([
    keras.Input((10, 5)),${before === "" ? "" : `\n    ${before},`}
    ${last},
])
model.compile(loss="${loss}")
x = np.zeros((64, 10, 5))
y = ${labels}
model.fit(x, y)
`);
  const SOFTMAX = 'layers.Dense(3, activation="softmax")';

  const saidOnce = (told: Told, at: string): void => {
    const error = only(told.analysis.diagnostics, told.grave.join("; "));
    assert.equal(error.code, "label-shape");
    assert.equal(told.at(error.span), at);
    fixWith(error, "Flatten()", "(None, 3)", "153 params");
  };
  it("and is an error, said once, where the loss raises: one integer label a sample", () => {
    saidOnce(trained(SOFTMAX, "sparse_categorical_crossentropy", 'np.zeros((64,), dtype="int32")'), SOFTMAX);
  });
  it("… beside one one-hot label a sample", () => {
    saidOnce(trained(SOFTMAX, "categorical_crossentropy", "np.zeros((64, 3))"), SOFTMAX);
  });
  it("one number for each step beside one number a sample, which Keras runs without a word", () => {
    isWarned(trained("layers.Dense(1)", "mse", "np.zeros((64,))"), "layers.Dense(1)");
    isWarned(trained("layers.Dense(1)", "mse", "np.zeros((64, 1))"), "layers.Dense(1)");
  });
  it("is said at the first Dense that kept the axis", () => {
    const hidden = 'layers.Dense(16, activation="relu")';
    isWarned(trained("layers.Dense(1)", "mse", "np.zeros((64,))", hidden), hidden);
  });
  it("offers Flatten, pooling and an LSTM, each with its price, and each holds", () => {
    const told = trained("layers.Dense(1)", "mse", "np.zeros((64,))");
    const warning = isWarned(told, "layers.Dense(1)");
    const prices = [
      ["Flatten()", "51 params", 51],
      ["GlobalAveragePooling1D()", "6 params", 6],
      ["LSTM(64)", "17,985 params", 17985],
    ] as const;
    for (const [layer, price, total] of prices) {
      const after = told.after(fixWith(warning, layer, "(None, 1)", price));
      assert.deepEqual(after.grave, []);
      assert.equal(after.model.params, total);
    }
  });
  it("offers the last step in a functional model", () => {
    const told = tell(`
inputs = keras.Input((10, 5))
outputs = layers.Dense(1)(inputs)
model = keras.Model(inputs, outputs)
model.compile(loss="mse")
model.fit(np.zeros((64, 10, 5)), np.zeros((64,)))
`);
    const warning = isWarned(told, "layers.Dense(1)(inputs)");
    const after = told.after(fixWith(warning, "last step", "(None, 1)", "6 params"));
    assert.match(after.text, /\[:, -1(, :)?\]/);
    assert.deepEqual(after.grave, []);
  });
  it("offers return_sequences=False on the layer before", () => {
    const told = trained("layers.Dense(1)", "mse", "np.zeros((64,))", "layers.LSTM(8, return_sequences=True)");
    const warning = isWarned(told, "return_sequences=True");
    const after = told.after(fixWith(warning, "return_sequences=False", "(None, 1)", "9 params"));
    assert.match(after.text, /layers\.LSTM\(8(, return_sequences=False)?\)/);
    assert.deepEqual(after.grave, []);
  });
  it("offers the pooling that fits an image", () => {
    const told = tell(`
model = keras.Sequential([keras.Input((8, 8, 3)), layers.Dense(1)])
model.compile(loss="mse")
model.fit(np.zeros((64, 8, 8, 3)), np.zeros((64, 1)))
`);
    const warning = only(told.coded("label-shape"), told.grave.join("; "));
    fixWith(warning, "GlobalAveragePooling2D()", "(None, 1)", "4 params");
    assert.ok(!warning.fixes.some(({ title }) => title.includes("LSTM")), "an LSTM does not take an image");
  });
});
