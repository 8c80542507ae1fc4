import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse, openCore } from "./open.ts";

test("a function keeps its text whatever identities the modules around it have", async () => {
  const core = await openCore();
  const modules = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`part${i}`, `value = ${i}\n`]));
  const imports = Object.keys(modules).map((name) => `import ${name}\n`);
  const functions = Array.from({ length: 150 }, (_, i) => `def f${i}(): return ${i}\n`);
  const calls = Array.from({ length: 150 }, (_, i) => `keras.Input((f${i}(), ))\n`);
  const { hints } = analyse(core, ["import keras\n", ...functions, ...imports, ...calls].join(""), modules);
  assert.equal(hints.length, calls.length);
});
