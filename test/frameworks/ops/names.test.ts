/** What the model's graph calls each operation: Keras's own class, recorded by tasks/oracle/ops.py. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { KERAS, recordOperations } from "../../../core/frameworks/keras/kerasTensor.ts";
import { analysed } from "./program.ts";

type Named = readonly [call: string, type: string];

test("every operation on a symbolic tensor is recorded by Keras's own name", async (t) => {
  const named = JSON.parse(readFileSync("test/oracle/operations.json", "utf8")) as readonly Named[];
  const prelude = readFileSync("tasks/oracle/opstables/prelude.txt", "utf8");
  const told = new Map<string, string>();
  await analysed(prelude); // The frameworks are made, and say who records; here the test does.
  const { record } = KERAS;
  t.after(() => record && recordOperations(record));
  recordOperations((m, type) => {
    const { span } = m.site ?? { span: { start: 0 } };
    told.set(`${m.statement.id} ${span.start}`, type);
  });
  const wrong: string[] = [];
  for (const [call, type] of named) {
    told.clear();
    await analysed(`${prelude}\nresult = ${call}\n`);
    const types = [...told.values()];
    if (types.at(-1) !== type) wrong.push(`${call}: ${types.at(-1)} instead of ${type}`);
  }
  t.diagnostic(`${named.length} operations`);
  assert.deepEqual(wrong, []);
});
