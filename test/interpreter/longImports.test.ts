/** What modules do where they are imported, and recursions that nobody can count, take no more than their share. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { printShape } from "../../core/index.ts";
import { analyse, openCore } from "../core/open.ts";
import { run } from "./python.ts";

test("a recursion on what is not known ends after a few rounds, whatever it branches into", () => {
  const ran = run(`
import os
seen = []
def walk(value, depth=0):
    if isinstance(value, dict):
        return {k: walk(v, depth + 1) for k, v in value.items()}
    if isinstance(value, list):
        seen.append(depth)
        return [walk(v, depth + 1) for v in value] + [walk(v, depth + 1) for v in reversed(value)]
    if hasattr(value, "parts"):
        return walk(value.parts, depth + 1), walk(value.others, depth + 1), walk(value.rest, depth + 1)
    return value
x = walk(os.environ["tree"])
y = len(seen)
z = [1, 2, 3]
`);
  assert.ok(ran.machine.steps < 60_000, `${ran.machine.steps} steps`);
  assert.equal(ran.text("x").slice(0, 2), "? ");
  assert.equal(ran.text("y").slice(0, 2), "? ", "what it appends on the way is not counted");
  assert.equal(ran.text("z"), "[1, 2, 3]");
});

test("a recursion that is known is followed to its end", () => {
  const ran = run(`
def deep(n):
    return 0 if n == 0 else 1 + deep(n - 1)
x = deep(40)
`);
  assert.equal(ran.text("x"), "40");
});

test("what a module prepares for ever is given up, and what follows is not", async () => {
  const core = await openCore();
  const modules = {
    library: `
UNITS = 3
def value(i):
    return sum([j * i for j in range(50)])
TABLE = [[value(i + j + k) for i in range(100) for j in range(10)] for k in range(100)]
LATER = UNITS + 1
`,
  };
  const text = `
import keras
import library
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(library.UNITS), keras.layers.Dense(library.LATER)])
`;
  const { models, hints } = analyse(core, text, modules);
  assert.deepEqual(models[0]?.outputs?.map(printShape), ["(None, 4)"]);
  assert.ok(hints.length > 0);
});

test("of an object whose __init__ is decorated by nobody knows what, nothing is counted", async () => {
  const core = await openCore();
  const text = `
import keras
from somewhere import remembered
class Head(keras.Model):
    @remembered("arguments")
    def __init__(self, units):
        inputs = keras.Input((units,))
        super().__init__(inputs, keras.layers.Dense(3)(inputs))
model = Head(4)
`;
  const { models } = analyse(core, text);
  assert.deepEqual([models[0]?.params, models[0]?.outputs], [undefined, undefined]);
});
