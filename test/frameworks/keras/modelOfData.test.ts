import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse, openCore } from "../../core/open.ts";

const errorsOf = async (outputs: string): Promise<readonly string[]> => {
  const text = `import keras\nfrom keras import ops\na = keras.Input((3,))\nmodel = keras.Model(a, ${outputs})\n`;
  return analyse(await openCore(), text).diagnostics.map((it) => it.code);
};

test("a model cannot give what an operation made out of numbers alone", async () => {
  for (const outputs of ["ops.eye(3)", "ops.zeros((2, 3))", "keras.random.normal((2, 3))"])
    assert.deepEqual(await errorsOf(outputs), ["bad-argument"], outputs);
  for (const outputs of ["ops.eye(3) + a", "ops.zeros_like(a)"]) assert.deepEqual(await errorsOf(outputs), [], outputs);
});
