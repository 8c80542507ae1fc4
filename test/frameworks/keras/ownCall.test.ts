/**
 * A functional model whose class has a `call` of its own: data go through that, a symbolic tensor through the graph,
 * as Keras 3.15.1 has it: `(None, 3)` for an Input, `(2, 2)` for data, 15 parameters before that and 23 behind it.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { printShape } from "../../../core/index.ts";
import { openCore, projectOf } from "../../core/open.ts";

const MODEL = `
import keras
class Twice(keras.Model):
    def __init__(self):
        inputs = keras.Input((4,))
        super().__init__(inputs, keras.layers.Dense(3)(inputs))
        self.after = keras.layers.Dense(2)
    def call(self, x, training=None):
        return self.after(keras.ops.relu(super().call(x)))
model = Twice()
`;
const lastShape = async (line: string) => {
  const core = await openCore();
  const { hints, models } = core.analyse(projectOf(`${MODEL}y = ${line}\n`)).analysis;
  const at = MODEL.length + "y = ".length;
  const outputs = hints.find((it) => it.span.start === at && it.span.end === at + line.length)?.contexts[0]?.outputs;
  return [outputs && "shape" in outputs ? printShape(outputs.shape) : "?", models[0]?.params];
};

test("data go through the class's own call", async () => {
  assert.deepEqual(await lastShape("model(keras.ops.ones((2, 4)))"), ["(2, 2)", 23]);
});

test("a symbolic tensor goes through the graph", async () => {
  assert.deepEqual(await lastShape("model(keras.Input((4,)))"), ["(None, 3)", 15]);
});

test("a forward run runs what data go through", async () => {
  const core = await openCore();
  core.analyse(projectOf(MODEL));
  const lowering = core.lower("main.py", 0, { batch: 2 });
  assert.equal(lowering?.problem, undefined);
  assert.deepEqual(
    lowering?.rows.map(({ type, outputs }) => [type, outputs[0]?.shape]),
    [
      ["Dense", [2, 3]],
      ["Relu", [2, 3]],
      ["Dense", [2, 2]],
    ],
  );
});
