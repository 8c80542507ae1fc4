/**
 * Every layer that is lowered, against what the real Keras gave with the same weights and inputs (`npm run oracle --
 * --parity` records it): the shape exactly, and max |a − b| ≤ 10⁻⁴ · max |b| over the elements that were recorded.
 */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { LAYERS } from "../../core/frameworks/keras/layers/index.ts";
import { type Lowering, runOrder, type Tensor } from "../../core/index.ts";
import type { Held } from "../../server/engine/runtime.ts";
import { openCore, projectOf } from "../core/open.ts";
import { allCases, BATCH, type Case, type Recorded, record } from "./cases.ts";
import { run } from "./engine.ts";
import { Stream, seedOf } from "./stream.ts";

const TOLERANCE = 1e-4;
const core = await openCore();
const cases = allCases();
const { cases: recorded } = record();
/** Layers with lines of their own, and those that models hold. */
const covered = new Set(cases.map((it) => it.section));
let worst = { error: 0, text: "" };

const sizeOf = ({ shape }: Pick<Tensor, "shape">): number => shape.reduce((a, b) => a * b, 1);

function loweringOf({ text, program }: Case): Lowering {
  const project = projectOf(`${program}\n`);
  const { models } = core.analyse(project).analysis;
  const lowering = core.lower(project.file.path, models.length - 1, { batch: BATCH });
  assert.ok(lowering, `${text}: no model is seen`);
  assert.equal(lowering.problem, undefined, text);
  for (const { name, problem } of lowering.rows) assert.ok(problem === undefined, `${name} is refused: ${problem}`);
  return lowering;
}

function weightsFor(text: string, lowering: Lowering): ReadonlyMap<string, Float32Array> {
  const counts = new Map<string, number>();
  return new Map(
    lowering.weights.map((weight) => {
      const own = weight.weight.split("/").at(-1) ?? "";
      const count = counts.get(`${weight.owner} ${own}`) ?? 0;
      counts.set(`${weight.owner} ${own}`, count + 1);
      return [weight.name, new Stream(`${text} ${weight.owner} ${own} ${count}`).weight(own, sizeOf(weight))];
    }),
  );
}

/** What a name in the record is of: an output of the last layer by its number, or what the layer of that name gives. */
function named(name: string, { rows }: Lowering, given: readonly (readonly Held[])[]): Held {
  const isNumber = /^\d+$/.test(name);
  const outputs = isNumber ? given[runOrder(rows).at(-1) ?? -1] : given[rows.findIndex((row) => row.name === name)];
  const found = outputs?.[isNumber ? Number(name) : 0];
  return found ?? assert.fail(`nothing is lowered for ${name}`);
}

function compare(seed: string, values: readonly number[], expected: Recorded): void {
  const scale = Math.max(...expected.samples.map(Math.abs));
  const places = new Stream(seed).places(values.length);
  const differences = places.map((place, i) => Math.abs((values[place] ?? Number.NaN) - (expected.samples[i] ?? 0)));
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const l2 = Math.sqrt(values.reduce((a, b) => a + b * b, 0));
  const error = Math.max(...differences, Math.abs(mean - expected.mean)) / (scale || 1);
  const both = Math.max(error, Math.abs(l2 - expected.l2) / (expected.l2 || 1));
  const told = () => `${seed}, seed ${seedOf(seed)}: off by ${both} of max |b| = ${scale}; ${values.slice(0, 8)} …`;
  assert.ok(both <= TOLERANCE, told());
  if (both > worst.error) worst = { error: both, text: seed };
}

async function check(one: Case): Promise<void> {
  const expected = recorded[one.text];
  assert.ok(expected, "not recorded: npm run oracle -- --parity");
  const lowering = loweringOf(one);
  const inputs = lowering.inputs.map(
    (input, i) => [input.name, new Stream(`${one.text} input ${i}`).input(input.dtype, sizeOf(input))] as const,
  );
  const weights = weightsFor(one.text, lowering);
  const given = await run(lowering, new Map(inputs), ({ name }) => weights.get(name) ?? assert.fail(name));
  const isModel = one.section === "models";
  if (isModel) for (const row of lowering.rows) covered.add(row.type);
  assert.ok(
    isModel || given[runOrder(lowering.rows).at(-1) ?? -1]?.length === Object.keys(expected).length,
    "as many outputs as recorded",
  );
  for (const [name, recording] of Object.entries(expected)) {
    const { shape, numbers } = named(name, lowering, given);
    assert.deepEqual([...shape], recording.shape, `${one.text}: the shape of ${name}`);
    compare(`${one.text} output ${name}`, Array.from(numbers, Number), recording);
  }
}

describe("lowered layers", () => {
  for (const section of new Set(cases.map((it) => it.section)))
    it(`${section}: as Keras`, async () => {
      const failures: string[] = [];
      for (const one of cases.filter((it) => it.section === section))
        await check(one).catch((error) => failures.push(`${one.text}\n    ${error.message}`));
      if (failures.length > 0) assert.fail(failures.join("\n"));
    });

  it("have cases, every one of them", () => {
    const without = [...LAYERS.values()].filter(({ name, lower }) => lower !== undefined && !covered.has(name));
    assert.deepEqual(
      without.map(({ name }) => name),
      [],
      "a lowered layer needs lines in test/parity/cases.txt",
    );
  });

  it("are recorded, and nothing else is", () => {
    assert.deepEqual(Object.keys(recorded).sort(), cases.map(({ text }) => text).sort());
  });

  it("say how far they are from Keras at most", (t) => {
    t.diagnostic(`${cases.length} cases, at most ${worst.error.toExponential(1)} of max |b|: ${worst.text}`);
    assert.ok(worst.error <= TOLERANCE);
  });
});
