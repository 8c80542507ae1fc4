/** Helpers inside Keras's own sources that other libraries of models call, as Keras 3.15.1 answers them. */
import assert from "node:assert/strict";
import test from "node:test";
import { printShape } from "../../../core/index.ts";
import { testCore } from "../../programs/told.ts";

const core = await testCore();
const IMPORTS = `import keras
from keras.src.applications.imagenet_utils import obtain_input_shape
from keras.src.utils.argument_validation import standardize_tuple
`;
// Keras's sources are not at hand.
const answers = new Map(
  ["applications.imagenet_utils", "utils.argument_validation"].map((it) => [
    `module keras.src.${it} from main.py`,
    null,
  ]),
);
function inputOf(shape: string): string | undefined {
  const text = `${IMPORTS}
try:
    shape = ${shape}
except ValueError:
    shape = (1,)
model = keras.Model(x := keras.Input(shape), keras.layers.Identity()(x))
`;
  const { models } = core.analyse({
    file: { path: "main.py", text },
    answers,
    settings: { keras: 3 },
  }).analysis;
  return models[0]?.inputs?.map(printShape).join();
}

test("obtain_input_shape gives the shape of a model's input", () => {
  const calls: Readonly<Record<string, string>> = {
    "None, 224, 32, 'channels_last', False, weights=None": "(None, None, None, 3)",
    "None, 224, 32, 'channels_last', True, weights=None": "(None, 224, 224, 3)",
    "(64, 48, 5), 224, 32, 'channels_last', True, weights=None": "(None, 64, 48, 5)",
    "[64, None, 3], 224, 32, 'channels_last', False": "(None, 64, None, 3)",
    "None, 99, 32, 'channels_last', True": "(None, 99, 99, 3)",
    "(8, 64, 3), 224, 32, 'channels_last', False, weights=None": "(None, 1)",
    "(64, None, 3), 224, 32, 'channels_last', True, weights=None": "(None, 1)",
  };
  for (const [call, shape] of Object.entries(calls)) assert.equal(inputOf(`obtain_input_shape(${call})`), shape, call);
});

test("standardize_tuple gives one number for each axis", () => {
  assert.equal(
    inputOf("standardize_tuple(3, 2, 'kernel_size') + standardize_tuple([4, 5], 2, 'strides')"),
    "(None, 3, 3, 4, 5)",
  );
});

test("operations on numbers give whole numbers that a size is made of", () => {
  const of = (size: string): string | undefined =>
    inputOf(`(int(keras.ops.${size}),)`)?.replace(/^\(None, |,?\)$/g, "");
  assert.deepEqual(["ceil(5 / 2)", "floor(5 / 2)", "round(5 ** 0.5)", "round(2.5)", "trunc(2.9)"].map(of), [
    "3",
    "2",
    "2",
    "2",
    "2",
  ]);
  // In single precision it is 3.
  assert.equal(of("ceil(3.00000001)"), "?");
});
