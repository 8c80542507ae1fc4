/**
 * Every layer that is lowered, against what the real Keras gave with the same weights and inputs (`npm run oracle --
 * --parity` records it): the shape exactly, and max |a − b| ≤ 10⁻⁴ · max |b| over the elements that were recorded.
 */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { LAYERS } from "../../core/frameworks/keras/layers/index.ts";
import type { Lowering, Tensor } from "../../core/index.ts";
import { openCore, projectOf } from "../core/open.ts";
import { allCases, BATCH, type Case, type Recorded, record } from "./cases.ts";
import { run } from "./engine.ts";
import { Stream, seedOf } from "./stream.ts";

const TOLERANCE = 1e-4;
const core = await openCore();
const cases = allCases();
const { cases: recorded } = record();
let worst = { error: 0, text: "" };

const count = ({ shape }: Pick<Tensor, "shape">): number => shape.reduce((a, b) => a * b, 1);

function loweringOf({ text, program }: Case): Lowering {
  const project = projectOf(`${program}\n`);
  const { models } = core.analyse(project).analysis;
  const lowering = core.lower(project.file.path, models.length - 1, { batch: BATCH });
  assert.ok(lowering, `${text}: no model is seen`);
  assert.equal(lowering.problem, undefined, text);
  for (const { name, problem } of lowering.rows) assert.ok(problem === undefined, `${name} is refused: ${problem}`);
  return lowering;
}

/** Float weights by their layer and their place in it. */
function weightsFor(text: string, lowering: Lowering): ReadonlyMap<string, Float32Array> {
  const places = new Map<string, number>();
  return new Map(
    lowering.weights.map((weight) => {
      const place = places.get(weight.owner) ?? 0;
      places.set(weight.owner, place + 1);
      return [weight.name, new Stream(`${text} ${weight.owner} ${place}`).weight(weight.weight, count(weight))];
    }),
  );
}

/** What is recorded of a case, and the tensor that it is of. */
function wantedOf(lowering: Lowering, outputs: Readonly<Record<string, Recorded>>): readonly [string, Tensor][] {
  const last = lowering.rows.at(-1)?.outputs ?? [];
  return Object.keys(outputs).map((name) => {
    const found = /^\d+$/.test(name) ? last[Number(name)] : lowering.rows.find((it) => it.name === name)?.outputs[0];
    assert.ok(found, `nothing is lowered for ${name}`);
    return [name, found];
  });
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
    (input, i) => [input.name, new Stream(`${one.text} input ${i}`).input(input.dtype, count(input))] as const,
  );
  const wanted = wantedOf(lowering, expected);
  const results = await run(
    lowering,
    new Map(inputs),
    weightsFor(one.text, lowering),
    wanted.map(([, tensor]) => tensor),
  );
  for (const [name, tensor] of wanted) {
    const result = results.get(tensor.name);
    assert.ok(result, `${name} did not come out`);
    assert.deepEqual([...result.shape], expected[name]?.shape, `${one.text}: the shape of ${name}`);
    compare(`${one.text} output ${name}`, Array.from(result.numbers, Number), expected[name] as Recorded);
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
    const sections = new Set(cases.map((it) => it.section));
    const without = [...LAYERS.values()].filter(({ name, lower }) => lower !== undefined && !sections.has(name));
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
