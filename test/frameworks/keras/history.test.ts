/** What made a symbolic tensor, as programs read it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { printShape } from "../../../core/index.ts";
import { openCore, projectOf } from "../../core/open.ts";

for (const [keras, field] of [
  [2, "layer"],
  [3, "operation"],
] as const) {
  test(`_keras_history leads to the layer that made a tensor (Keras ${keras})`, async () => {
    const core = await openCore();
    const text = `
import keras
inputs = keras.Input((4,))
x = keras.layers.Dense(7, name="first")(inputs)
layer = x._keras_history.${field}
same = x._keras_history[0]
model = keras.Model(inputs, keras.layers.Dense(same.units)(x))
model.names = {"first": layer.name}
`;
    const [model] = core.analyse({ ...projectOf(text), settings: { keras, fixes: false } }).analysis.models;
    assert.deepEqual(model?.outputs?.map(printShape), ["(None, 7)"]);
    // 4·7 + 7 and 7·7 + 7.
    assert.equal(model?.params, 91);
  });
}

test("a slice alone is an index of a symbolic tensor to Keras 2, and none to Keras 3", async () => {
  const core = await openCore();
  const text = "import keras\nx = keras.Input((4, 4, 3), batch_size=2)\ny = x[1:]\n";
  for (const keras of [2, 3] as const) {
    const { hints, diagnostics } = core.analyse({ ...projectOf(text), settings: { keras, fixes: false } }).analysis;
    assert.equal(diagnostics.filter((it) => it.severity === "error").length, keras === 2 ? 0 : 1);
    const outputs = hints.at(-1)?.contexts[0]?.outputs;
    if (keras === 2) assert.deepEqual(outputs && "shape" in outputs && printShape(outputs.shape), "(1, 4, 4, 3)");
  }
});
