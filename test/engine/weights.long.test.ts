import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { gunzipSync } from "node:zlib";
import type { Lowering } from "../../core/index.ts";
import { matchedWeights } from "../../server/engine/matchedWeights.ts";
import { type Numbers, numbersOf } from "../../server/engine/tensors.ts";
import { readWeights, type WeightsFile } from "../../server/engine/weightsFile.ts";
import { analyse, openCore } from "../core/open.ts";
import { run } from "../parity/engine.ts";

/** Files that Keras wrote, and what its models gave with these weights: tasks/oracle/weights.py records them. */
const folder = new URL("weights/", import.meta.url);
const text = (name: string): string => readFileSync(new URL(name, folder), "utf8");

interface Array {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}
interface Recorded {
  readonly inputs: readonly Array[];
  readonly outputs: readonly Array[];
}
const recorded = JSON.parse(text("recorded.json")) as Readonly<Record<string, Recorded>>;
const core = await openCore();

function lowered(source: string, batch = 2): Lowering {
  const at = analyse(core, source).models.findIndex((it) => it.name === "model");
  const lowering = core.lower("main.py", at, { batch });
  assert.ok(lowering !== undefined && lowering.problem === undefined, lowering?.problem);
  return lowering;
}
async function fileOf(name: string): Promise<WeightsFile> {
  const file = await readWeights(gunzipSync(readFileSync(new URL(`${name}.gz`, folder))));
  assert.ok(!("problem" in file), "problem" in file ? file.problem : "");
  return file;
}

async function compare(lowering: Lowering, weights: ReadonlyMap<string, Numbers>, { inputs, outputs }: Recorded) {
  const given = lowering.inputs.map(({ name, dtype }, i): [string, Numbers] => [
    name,
    numbersOf(dtype, inputs[i]?.values ?? [], inputs[i]?.values.length ?? 0),
  ]);
  const held = await run(lowering, new Map(given), ({ name }) => {
    const found = weights.get(name);
    assert.ok(found, `${name} got no numbers`);
    return found;
  });
  const made = new Map(lowering.rows.flatMap((row, i) => row.outputs.map((it, j) => [it.name, held[i]?.[j]] as const)));
  assert.equal(lowering.outputs.length, outputs.length);
  for (const [i, { shape, values }] of outputs.entries()) {
    const output = made.get(lowering.outputs[i]?.name ?? "");
    assert.deepEqual(output?.shape, shape);
    const most = Math.max(...values.map(Math.abs));
    const off = Math.max(...values.map((value, j) => Math.abs(value - Number(output.numbers[j]))));
    assert.ok(off <= 1e-4 * most, `output ${i} is off by ${off}, of ${most}`);
  }
}

describe("weights that Keras wrote give what Keras gave", () => {
  const programs = readdirSync(folder).filter((name) => name.endsWith(".py"));
  for (const program of programs) {
    const name = program.replace(/\.py$/, "");
    it(name, async () => {
      const lowering = lowered(text(program));
      let first: ReadonlyMap<string, Numbers> | undefined;
      for (const ending of ["weights.h5", "keras", "h5"]) {
        if (!existsSync(new URL(`${name}.${ending}.gz`, folder))) continue;
        const { numbers, report } = matchedWeights(lowering, await fileOf(`${name}.${ending}`));
        const { found, of, ...rest } = report;
        assert.deepEqual(rest, { missing: [], unexpected: [], wrong: [], refused: undefined }, ending);
        assert.equal(found, of);
        assert.ok(found > 0);
        first ??= numbers;
        for (const [tensor, values] of numbers) assert.deepEqual(values, first.get(tensor), `${tensor} of ${ending}`);
      }
      const answers = recorded[name];
      assert.ok(answers && first);
      await compare(lowering, first, answers);
    });
  }
});

describe("what does not match is said", () => {
  const model = (...lines: readonly string[]): Lowering =>
    lowered(
      `import keras\nfrom keras import layers\nmodel = keras.Sequential([keras.Input((4,)), ${lines.join(", ")}])\n`,
    );
  const [bn, dense] = ["layers.BatchNormalization()", (n: number) => `layers.Dense(${n})`];
  const report = async (lowering: Lowering, name: string) => matchedWeights(lowering, await fileOf(name)).report;

  it("a variable of another shape", async () => {
    const { wrong, missing, refused } = await report(model(dense(7), bn, dense(6), bn, dense(3), bn), "deferred.keras");
    assert.deepEqual(missing, [
      "batch_normalization_1/moving_variance: there is no layers/batch_normalization_1/vars/3",
    ]);
    assert.equal(wrong[0], "dense_1/kernel is (7, 6), and layers/dense_1/vars/0 in the file (7, 5)");
    assert.equal(refused, missing[0]);
  });
  it("layers that the file does not have, and those that only the file has", async () => {
    const more = await report(
      model(dense(7), bn, dense(5), "layers.BatchNormalization(scale=False)", dense(3), bn, dense(2)),
      "deferred.weights.h5",
    );
    assert.deepEqual(more.missing, [
      "dense_3/kernel: there is no layers/dense_3/vars/0",
      "dense_3/bias: there is no layers/dense_3/vars/1",
    ]);
    const fewer = await report(model(dense(7), bn), "deferred.weights.h5");
    assert.equal(fewer.unexpected.length, 11);
    // Keras leaves alone what no layer of the model asks for.
    assert.equal(fewer.refused, undefined);
  });
  it("an older file of another number of layers, or of variables in one", async () => {
    const layers = await report(model(dense(7), bn), "deferred.h5");
    assert.equal(layers.refused, "it has 6 layers with weights, and the model 2");
    const bare = "layers.Dense(5, use_bias=False)";
    const variables = await report(model(dense(7), bn, bare, bn, dense(3), bn), "deferred.h5");
    assert.match(String(variables.refused), /^dense_1 has 1 variables, and dense_\d+ in the file 2$/);
  });
  it("a file that holds no weights", async () => {
    const text = await readWeights(new TextEncoder().encode("no weights"));
    assert.match(JSON.stringify(text), /it is neither HDF5 nor an archive of Keras's: weights are what Keras's save_/);
    assert.match(JSON.stringify(await readWeights(Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0))), /it cannot be read/);
    for (const ending of ["weights.h5", "h5"]) {
      const whole = gunzipSync(readFileSync(new URL(`sequential.${ending}.gz`, folder)));
      const file = await readWeights(whole.subarray(0, -8));
      const has = `${whole.length - 8} of its ${whole.length} bytes are there`;
      assert.deepEqual(file, { problem: `it is cut off: ${has}; write or fetch it again` });
    }
  });
});
