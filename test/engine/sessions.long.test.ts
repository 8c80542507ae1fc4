import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, it } from "node:test";
import { DrawnWeights } from "../../server/engine/drawn.ts";
import { runRows } from "../../server/engine/rows.ts";
import { prepare } from "../../server/engine/runtime.ts";
import { Sessions } from "../../server/engine/sessions.ts";
import { loweringOf } from "../lowering/open.ts";

prepare(readFileSync(createRequire(import.meta.url).resolve("onnxruntime-web/ort-wasm-simd-threaded.wasm")));

/** Runs a program's model with weights of each seed, one run after the other; gives the model's numbers of each. */
async function runsOf(text: string, seeds: readonly number[]): Promise<readonly (readonly number[])[]> {
  const lowering = loweringOf(text);
  const [sessions, drawn] = [new Sessions(), new DrawnWeights()];
  const given: number[][] = [];
  for (const seed of seeds) {
    const inputs = () => Float32Array.from({ length: 2 * 200 }, (_, i) => Math.sin(i));
    const sources = { inputs, weights: (weight: Parameters<DrawnWeights["of"]>[0]) => drawn.of(weight, seed) };
    const live = await runRows(lowering, sources, sessions.run, (row) => assert.equal(row.problem, undefined));
    given.push(lowering.outputs.flatMap(({ name }) => [...(live.get(name)?.numbers ?? [])].map(Number)));
  }
  return given;
}

describe("a model that runs again", () => {
  it("gives the same with the same weights, and other numbers with others, also where weights are large", async () => {
    const [first, other, again] = await runsOf(
      `
x = keras.Input((200,))
m = keras.Model(x, layers.Dense(4)(layers.Dense(300, activation="relu")(x)))`,
      [1, 2, 1],
    );
    assert.equal(first?.length, 2 * 4);
    assert.deepEqual(again, first);
    assert.notDeepEqual(other, first);
  });

  it("draws the same numbers each time", async () => {
    const [first, again] = await runsOf(
      `
class Noise(layers.Layer):
    def call(self, x):
        return x + keras.random.normal((2, 200), seed=3)
x = keras.Input((200,))
m = keras.Model(x, Noise()(x))`,
      [1, 1],
    );
    assert.deepEqual(again, first);
  });
});
