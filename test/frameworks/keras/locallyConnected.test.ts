/** Shapes, counts and refusals are those of tf_keras 2.21's layers. */
import assert from "node:assert/strict";
import test from "node:test";
import { printShape } from "../../../core/index.ts";
import { testCore } from "../../programs/told.ts";

const core = await testCore();

/** What a call on an input of this shape gives, or the code of what is wrong. */
function answered(call: string, shape: string, keras: 2 | 3 = 2) {
  const text = `from keras import layers, Input\ny = layers.${call}(Input(${shape}))\n`;
  const file = { path: "local.py", text };
  const { analysis } = core.analyse({ file, answers: new Map(), settings: { keras, facts: true, fixes: false } });
  const [error] = analysis.diagnostics.filter(({ severity }) => severity === "error");
  if (error !== undefined) return error.code;
  const hint = analysis.hints.find(({ span }) => text.slice(span.start).startsWith(`layers.${call}(Input`));
  const [context] = hint?.contexts ?? [];
  const { outputs } = context ?? {};
  return [outputs !== undefined && "shape" in outputs ? printShape(outputs.shape) : "", context?.params];
}

test("a locally connected layer has a kernel for each place, by its implementation", () => {
  assert.deepEqual(answered("LocallyConnected1D(4, 3)", "(16, 8)"), ["(None, 14, 4)", 1400]);
  const second = "LocallyConnected1D(4, 3, strides=2, implementation=2)";
  assert.deepEqual(answered(second, "(16, 8)"), ["(None, 7, 4)", 3612]);
  assert.deepEqual(answered("LocallyConnected1D(4, 3, implementation=3)", "(16, 8)"), ["(None, 14, 4)", 1400]);
  const same = "LocallyConnected1D(4, 3, padding='same', implementation=2)";
  assert.deepEqual(answered(same, "(16, 8)"), ["(None, 16, 4)", 8256]);
  assert.deepEqual(answered("LocallyConnected2D(4, 3)", "(8, 8, 3)"), ["(None, 6, 6, 4)", 4032]);
  const uneven = "LocallyConnected2D(4, (3, 2), strides=(2, 1), implementation=2)";
  assert.deepEqual(answered(uneven, "(8, 8, 3)"), ["(None, 3, 7, 4)", 16212]);
  const bare = "LocallyConnected2D(4, 3, implementation=3, use_bias=False)";
  assert.deepEqual(answered(bare, "(8, 8, 3)"), ["(None, 6, 6, 4)", 3888]);
  const first = "LocallyConnected2D(4, 3, data_format='channels_first')";
  assert.deepEqual(answered(first, "(3, 8, 9)"), ["(None, 4, 6, 7)", 4704]);
});

test("it refuses what has no count of places, and Keras 3 has none", () => {
  assert.equal(answered("LocallyConnected1D(4, 3, padding='same')", "(16, 8)"), "bad-argument");
  assert.equal(answered("LocallyConnected1D(4, 3)", "(None, 8)"), "incompatible-input");
  assert.equal(answered("LocallyConnected2D(4, 3)", "(None, 8, 3)"), "incompatible-input");
  assert.equal(answered("LocallyConnected2D(4, 3)", "(2, 2, 3)"), "empty-output");
  assert.equal(answered("LocallyConnected1D(4, 3)", "(16, 8)", 3), "removed-in-keras-3");
});
