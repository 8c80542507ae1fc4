import assert from "node:assert/strict";
import { type LoweredWeight, type Lowering, runOrder, type Tensor } from "../../core/index.ts";
import type { Held } from "../../server/engine/runtime.ts";
import { openCore, projectOf } from "../core/open.ts";
import { BATCH, type Case, type Recorded, record } from "./cases.ts";
import { run } from "./engine.ts";
import { Stream, seedOf } from "./stream.ts";

export const TOLERANCE = 1e-4;
const core = await openCore();
export const { cases: recorded } = record();
/** The case that was furthest from Keras. */
export const worst = { error: 0, text: "" };

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

/** A weight's numbers, made when they are wanted: an application's take hundreds of megabytes. */
function weightsFor({ text, section }: Case, lowering: Lowering): (weight: LoweredWeight) => Float32Array {
  const counts = new Map<string, number>();
  const seeds = new Map<string, string>();
  const nameOf = ({ weight }: LoweredWeight): string => weight.split("/").at(-1) ?? "";
  for (const weight of lowering.weights) {
    const key = `${weight.owner} ${nameOf(weight)}`;
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    seeds.set(weight.name, `${text} ${key} ${count}`);
  }
  return (weight) => {
    const entering = weight.shape.slice(0, -1).reduce((a, b) => a * b, 1);
    const scaled = section === "applications" && weight.shape.length > 1;
    const stream = new Stream(seeds.get(weight.name) ?? assert.fail(weight.name));
    return stream.weight(nameOf(weight), sizeOf(weight), scaled ? 2 / Math.sqrt(entering) : 1);
  };
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
  if (both > worst.error) Object.assign(worst, { error: both, text: seed });
}

/** Runs a case as `inlayer forward` does, and compares it with what the real Keras gave; the lowering that ran. */
export async function check(one: Case): Promise<Lowering> {
  const expected = recorded[one.text];
  assert.ok(expected, "not recorded: npm run oracle -- --parity");
  const lowering = loweringOf(one);
  const inputs = lowering.inputs.map(
    (input, i) => [input.name, new Stream(`${one.text} input ${i}`).input(input.dtype, sizeOf(input))] as const,
  );
  const given = await run(lowering, new Map(inputs), weightsFor(one, lowering));
  const names = Object.keys(expected);
  const isWhole = names.every((name) => /^\d+$/.test(name));
  const last = given[runOrder(lowering.rows).at(-1) ?? -1];
  assert.ok(!isWhole || last?.length === names.length, "as many outputs as recorded");
  for (const [name, recording] of Object.entries(expected)) {
    const { shape, numbers } = named(name, lowering, given);
    assert.deepEqual([...shape], recording.shape, `${one.text}: the shape of ${name}`);
    compare(`${one.text} output ${name}`, Array.from(numbers, Number), recording);
  }
  return lowering;
}
