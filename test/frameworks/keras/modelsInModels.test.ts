import assert from "node:assert/strict";
import { test } from "node:test";
import type { LayerReport } from "../../../core/index.ts";
import { analyse, openCore } from "../../core/open.ts";

const rows = (layers: readonly LayerReport[]): number => layers.reduce((sum, it) => sum + 1 + rows(it.nested), 0);

test("a model that holds another twice, 60 times over, has its counts and a bounded number of rows", async () => {
  const program = (times: number): string => `import keras
model = keras.Sequential([keras.layers.Dense(3)])
for _ in range(${times}):
    model = keras.Sequential([model, model])
model.build((None, 3))
`;
  const core = await openCore();
  const few = analyse(core, program(3)).models.at(-1);
  assert.deepEqual([few?.params, rows(few?.layers ?? [])], [12, 2 + 4 + 8 + 8]);
  const many = analyse(core, program(60)).models.at(-1);
  assert.equal(many?.params, 12);
  assert.ok(rows(many?.layers ?? []) < 10_000);
});
