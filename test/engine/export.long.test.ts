import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { gunzipSync } from "node:zlib";
import { exported } from "../../server/engine/exported.ts";
import { initialised } from "../../server/engine/initialisers.ts";
import { matchedWeights } from "../../server/engine/matchedWeights.ts";
import { type Held, runOnce } from "../../server/engine/runtime.ts";
import { numbersOf } from "../../server/engine/tensors.ts";
import { readWeights } from "../../server/engine/weightsFile.ts";
import { type Exported, exportedGraph, exportNotes, printTensor } from "../../server/features/export.ts";
import { analyse, openCore } from "../core/open.ts";
import "../parity/engine.ts";

/** The checker of `onnx` and Python's runtime have their say in `npm run oracle -- --onnx`. */
const folder = new URL("weights/", import.meta.url);
const text = (name: string): string => readFileSync(new URL(name, folder), "utf8");
interface Array {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}
const recorded = JSON.parse(text("recorded.json")) as Readonly<
  Record<string, { readonly inputs: readonly Array[]; readonly outputs: readonly Array[] }>
>;
const core = await openCore();

function graphOf(source: string, how: { readonly batch?: number; readonly length?: number } = {}): Exported {
  const at = analyse(core, source).models.findIndex((it) => it.name === "model");
  const made = exportedGraph((options) => core.lower("main.py", at, options), how);
  assert.ok(made !== undefined && !("problem" in made), JSON.stringify(made));
  return made;
}
/** Its samples, and the first one once more. */
const more = ({ shape: [n = 1, ...rest], values }: Array): Array => ({
  shape: [n + 1, ...rest],
  values: [...values, ...values.slice(0, values.length / n)],
});

describe("an exported model", () => {
  for (const program of readdirSync(folder).filter((name) => name.endsWith(".py"))) {
    const name = program.replace(/\.py$/, "");
    it(`${name}: gives what Keras gives, for any number of samples`, async () => {
      const { graph, lowering } = graphOf(text(program));
      assert.equal(graph.fixed, undefined);
      const file = await readWeights(gunzipSync(readFileSync(new URL(`${name}.weights.h5.gz`, folder))));
      assert.ok(!("problem" in file));
      const { numbers } = matchedWeights(lowering, file);
      const own = { numbers: (it: { name: string }) => numbers.get(it.name) ?? assert.fail(it.name), beside: "data" };
      const inside = exported(graph, own);
      assert.equal(inside.data, undefined);
      // Weights beside the model are found by the name of their file.
      const { model, data } = exported(graph, { ...own, inside: 0 });
      const externalData = data && [{ path: data.name, data: Buffer.concat([...data.chunks]) }];
      const { inputs = [], outputs = [] } = recorded[name] ?? {};
      for (const again of [(it: Array) => it, more]) {
        const feeds = graph.inputs.map((it, i): [string, Held] => {
          const { shape, values } = again(inputs[i] ?? assert.fail(it.name));
          return [it.name, { shape, dtype: it.dtype, numbers: numbersOf(it.dtype, values, values.length) }];
        });
        const files =
          again === more ? { model: inside.model, externalData: [] } : { model, externalData: externalData ?? [] };
        const names = graph.outputs.map((it) => it.name);
        const ran = await runOnce(files, new Map(feeds), names);
        for (const [i, wanted] of outputs.map(again).entries()) {
          const output = ran.outputs.get(names[i] ?? "");
          assert.deepEqual(output?.shape, wanted.shape);
          const most = Math.max(...wanted.values.map(Math.abs));
          const off = Math.max(...wanted.values.map((value, j) => Math.abs(value - Number(output.numbers[j]))));
          assert.ok(off <= 1e-4 * most, `${names[i]} is off by ${off}, of ${most}`);
        }
      }
    });
  }

  it("is named after Keras's layers", () => {
    const { graph } = graphOf(text("branches.py"));
    assert.deepEqual(graph.inputs.map(printTensor), ["a (batch, 6) float32", "b (batch, 4) float32"]);
    assert.deepEqual(graph.outputs.map(printTensor), ["one (batch, 2) float32", "two (batch, 1) float32"]);
    assert.deepEqual(graph.weights.map((it) => it.name).slice(0, 2), ["left/kernel", "left/bias"]);
  });
  it("tells of what is not open", () => {
    const open = "import keras\nmodel = keras.Sequential([keras.Input((None, 3)), keras.layers.LSTM(2)])\n";
    assert.deepEqual(exportNotes(graphOf(open, { length: 9 }), false), [
      "axis 1 of input_layer, which the program leaves open, is 9 long",
    ]);
    const fixed = "import keras\nmodel = keras.Sequential([keras.Input(batch_shape=(4, 3)), keras.layers.Dense(2)])\n";
    const { graph } = graphOf(fixed);
    assert.deepEqual(graph.inputs[0]?.shape, [4, 3]);
    assert.equal(graph.fixed, "its inputs say how many samples they take");
    assert.deepEqual(graphOf(open, { batch: 3 }).graph.inputs[0]?.shape, [3, 16, 3]);
  });
  it("is refused where a layer is", () => {
    const source = "import keras\nx = keras.Input((3, 3))\nmodel = keras.Model(x, keras.ops.svd(x)[1])\n";
    const at = analyse(core, source).models.length - 1;
    const made = exportedGraph((options) => core.lower("main.py", at, options), {});
    assert.match(JSON.stringify(made), /"problem":"svd: /);
  });
  it("is refused where a weight cannot be held", () => {
    const source = "import keras\nmodel = keras.Sequential([keras.Input((10**9,)), keras.layers.Dense(10**6)])\n";
    const made = exportedGraph((options) => analyse(core, source) && core.lower("main.py", 0, options), {});
    const problem = "dense/kernel takes 4.0 PB, more than there is to hold it while it is written";
    assert.deepEqual(made, { problem });
  });
  it("may pass an input on, and give one tensor twice", async () => {
    const source =
      "import keras\nx = keras.Input((3,))\ny = keras.layers.Dense(2)(x)\nmodel = keras.Model(x, [x, y, y])\n";
    const { graph } = graphOf(source);
    const { model } = exported(graph, { numbers: (it) => initialised(it, 1), beside: "data" });
    const feeds = new Map([
      ["input_layer", { shape: [1, 3], dtype: "float32", numbers: Float32Array.of(1, 2, 3) } as Held],
    ]);
    const { outputs } = await runOnce(
      { model, externalData: [] },
      feeds,
      graph.outputs.map((it) => it.name),
    );
    const [first, second, third] = [...outputs.values()].map((it) => [...it.numbers]);
    assert.deepEqual(first, [1, 2, 3]);
    assert.deepEqual(second, third);
  });
});
