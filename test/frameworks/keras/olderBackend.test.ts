/** What of an older Keras's backend neither version that is known has, though programs call it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { printShape } from "../../../core/index.ts";
import { analyse, openCore } from "../../core/open.ts";

test("K.logsumexp takes what keras.ops.logsumexp takes", async () => {
  const { hints, diagnostics } = analyse(
    await openCore(),
    `import keras.backend as K
import tensorflow as tf

y = K.logsumexp(tf.ones((2, 3)), axis=-1)
`,
  );
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === "error"),
    [],
  );
  const [outputs] = hints[0]?.contexts.map((it) => it.outputs) ?? [];
  assert.equal(outputs !== undefined && "shape" in outputs && printShape(outputs.shape), "(2,)");
});
