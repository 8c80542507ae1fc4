/** What would give other numbers than Keras is refused, and the reason says what it is. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { openCore, projectOf } from "../core/open.ts";

const REFUSED: Readonly<Record<string, RegExp>> = {
  "layers.Dropout(0.5)(x, training=True)": /argument training of its call/,
  "layers.BatchNormalization()(x, training=True)": /argument training of its call/,
  'layers.LSTM(4, activation="gelu")(layers.ZeroPadding1D((0, 251))(x))': /activation gelu: more than 256 steps/,
  "keras.Sequential([layers.BatchNormalization()])(x, training=True)": /training of the call of sequential around it/,
  "keras.Sequential([layers.BatchNormalization()])(x, True)": /training of the call of sequential around it/,
  "keras.Sequential([layers.BatchNormalization()])(x, training=1)": /training of the call of sequential around it/,
  "layers.LSTM(4, activation=lambda t: t * 2)(x)": /activation is not one of Keras's names/,
  'layers.Activation("sparsemax")(x)': /sparsemax is not lowered/,
  "layers.Softmax()(layers.Masking()(x))": /its input has a mask/,
  "layers.Multiply()([layers.Masking()(x), x])": /inputs have masks/,
  "layers.Concatenate(axis=1)([layers.Masking()(x), x])": /inputs have masks/,
  'layers.Resizing(2000, 2, interpolation="lanczos3")(layers.Resizing(2000, 2)(layers.Reshape((3, 2, 3))(x)))':
    /resizing 2000 pixels to 2000 in this way is not lowered/,
  "layers.ConvLSTM1D(3, 2)(layers.Reshape((300, 2, 3))(layers.ZeroPadding1D((0, 594))(x)))": /256 steps/,
  'layers.Conv2D(2, 2, data_format="channels_first")(layers.Reshape((3, 2, 3))(x))': /Keras's backends differ/,
};
const core = await openCore();
for (const [call, reason] of Object.entries(REFUSED))
  it(`refuses ${call}`, () => {
    const lines = ["import keras", "from keras import layers", "x = keras.Input((6, 3))"];
    const built = ["m = keras.Input((6,), dtype='bool')", `model = keras.Model([x, m], ${call})`];
    const project = projectOf([...lines, ...built, ""].join("\n"));
    const last = core.analyse(project).analysis.models.length - 1;
    const problems = core.lower(project.file.path, last, { batch: 2 })?.rows.map((row) => row.problem ?? "") ?? [];
    assert.match(problems.join("\n"), reason);
  });

/** A run begins as `predict` does, and what a call says of training holds for all that it runs. */
const TRAINED: Readonly<Record<string, boolean>> = {
  "Block()(x)": false,
  "keras.Sequential([Block()])(x)": false,
  "Block()(x, training=None)": false,
  "Block()(x, training=False)": false,
  "Block()(x, training=True)": true,
  "keras.Sequential([Block()])(x, training=True)": true,
  "keras.Sequential([Block()])(x, training=1)": true,
};
for (const [call, trained] of Object.entries(TRAINED))
  it(`${trained ? "refuses" : "runs"} ${call}`, () => {
    const project = projectOf(`import keras
from keras import layers

class Block(layers.Layer):
    def __init__(self):
        super().__init__()
        self.drop = layers.Dropout(0.5)

    def call(self, x, training=True):
        return self.drop(x, training=training)

x = keras.Input((3,))
model = keras.Model(x, ${call})
`);
    const last = core.analyse(project).analysis.models.length - 1;
    const problems = core.lower(project.file.path, last, { batch: 2 })?.rows.flatMap((row) => row.problem ?? []) ?? [];
    assert.equal(problems.length > 0, trained, problems.join("\n"));
  });
