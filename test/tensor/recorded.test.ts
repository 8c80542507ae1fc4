/**
 * Every shape rule against what Keras 3.15 and NumPy 2.4 answered to the same question: generated/shapes.json, which
 * record.py beside it writes. A rule must give the recorded shape, and a conflict exactly where the library raised.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, plain, recordings, shape } from "./rules.ts";

for (const [name, cases] of recordings)
  test(`${name}: ${cases.length} recorded answers`, () => {
    for (const { shapes, args, gives } of cases)
      assert.deepEqual(plain(ask(name, shapes.map(shape), args)), gives, JSON.stringify({ shapes, args }));
  });
