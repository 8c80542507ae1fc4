import type { Core, Location, LoweredWeight, Lowering, Way } from "../../core/index.ts";
import { initialised } from "../engine/initialisers.ts";
import { madeInput } from "../engine/inputs.ts";
import { elements, type Numbers } from "../engine/tensors.ts";
import type { Engine, TensorNumbers } from "./forward.ts";
import { places } from "./preview.ts";

/** One way beside the first: what came out of the same numbers. */
export interface ComparedWay {
  readonly title: string;
  readonly mixes: string;
  /** What came out for one sample, without the batch; undefined where it did not run. */
  readonly output: readonly number[] | undefined;
  readonly params: number | undefined;
  /** Multiply–accumulates on one sample. */
  readonly macs: number | undefined;
  /** Milliseconds for `samples` samples. */
  readonly time: number | undefined;
  /** Beside what the first way gave. */
  readonly verdict: Likeness | undefined;
  /** By places of the input, for each place of the output: whether a change there reaches it. */
  readonly reach: readonly (readonly boolean[])[] | undefined;
  readonly problem: string | undefined;
}
export type Likeness = "first" | "identical" | "close" | "other numbers" | "another shape";
export interface Compared {
  /** Of one sample. */
  readonly input: readonly number[];
  readonly samples: number;
  readonly ways: readonly ComparedWay[];
}

/** Steps, or places of an image, that are looked at: more would not be seen. */
const PLACES = 12;

/** Runs the ways on one input with one set of weights, as far as these have the same shapes. */
export async function compareWays(
  core: Core,
  engine: Engine,
  ways: readonly Way[],
  { seed, signal }: { readonly seed: number; readonly signal: AbortSignal },
): Promise<Compared> {
  const compared: ComparedWay[] = [];
  let first: TensorNumbers | undefined;
  let shared: ReadonlyMap<string, Numbers> | undefined;
  let input: readonly number[] = [];
  let samples = 0;
  for (const [i, way] of ways.entries()) {
    const lowering = way.program === undefined ? undefined : lowered(core, way.program, `/way-${i}.py`);
    const [taken] = lowering?.inputs ?? [];
    if (lowering === undefined || taken === undefined) {
      compared.push({ ...nothing(way), problem: "what it is given is not all known" });
      continue;
    }
    const numbers = disturbed(taken.shape, madeInput({ ...taken, shape: [1, ...taken.shape.slice(1)] }, seed));
    shared ??= new Map(lowering.weights.map((it) => [keyOf(it), initialised(it, seed)]));
    const weights = new Map(lowering.weights.map((it) => [it.name, shared?.get(keyOf(it)) ?? initialised(it, seed)]));
    const inputs = new Map([[taken.name, numbers]]);
    const ran = await engine.run(lowering, { seed, inputs, weights, wanted: true }, () => undefined, signal);
    const [output] = ran.outputs ?? [];
    const problem = ran.problem ?? ran.rows.find((row) => row.problem !== undefined)?.problem;
    if (output === undefined || problem !== undefined) {
      compared.push({ ...nothing(way), problem: problem ?? "it did not run" });
      continue;
    }
    [input, samples] = [taken.shape.slice(1), taken.shape[0] ?? 1];
    compared.push({
      ...nothing(way),
      output: output.shape.slice(1),
      macs: sum(ran.rows.map((row) => row.macs)),
      time: sum(ran.rows.map((row) => row.time)),
      verdict: likeness(first, output),
      reach: reachOf(output, taken.shape.length),
    });
    first ??= output;
  }
  return { input, samples, ways: compared };
}

const nothing = ({ title, mixes, params }: Way): ComparedWay => ({
  ...{ title, mixes, params },
  ...{ output: undefined, macs: undefined, time: undefined, verdict: undefined, reach: undefined, problem: undefined },
});
const sum = (counts: readonly (number | undefined)[]): number | undefined =>
  counts.reduce((total, it) => (total === undefined || it === undefined ? undefined : total + it), 0);
/** `kernel (5, 64)`, whatever the layer that has it is called. */
const keyOf = ({ weight, shape }: LoweredWeight): string => `${weight.split("/").at(-1)} (${shape.join(", ")})`;

/** For one sample and one more for each place that is looked at. */
function lowered(core: Core, program: string, path: string): Lowering<Location> | undefined {
  const file = { path, text: program };
  core.analyse({ file, answers: new Map(), settings: { keras: 3, fixes: false } });
  const shape = core.lower(path, 0, { batch: 1 })?.inputs[0]?.shape;
  const found = shape && core.lower(path, 0, { batch: 1 + placesOf(shape).length });
  core.forget(path);
  return found;
}

/** Steps, or the places of an image, evenly among all: their numbers in the order of their elements. */
const placesOf = (shape: readonly number[]): readonly number[] =>
  places(elements({ shape: shape.slice(1, -1) }), PLACES);

/** The sample as often as there are places and once more: each copy is another at one of them. */
function disturbed(shape: readonly number[], sample: Numbers): Numbers {
  const places = placesOf(shape);
  const features = shape.at(-1) ?? 1;
  const numbers = new Float32Array(sample.length * (1 + places.length));
  const values = Float32Array.from(sample as ArrayLike<number>);
  numbers.set(values);
  for (const [i, place] of places.entries()) {
    const start = values.length * (i + 1);
    numbers.set(values, start);
    for (let k = 0; k < features; k++) numbers[start + place * features + k] = (values[place * features + k] ?? 0) + 1;
  }
  return numbers;
}

function likeness(first: TensorNumbers | undefined, output: TensorNumbers): Likeness {
  if (first === undefined) return "first";
  if (`${first.shape}` !== `${output.shape}`) return "another shape";
  let [most, off] = [0, 0];
  for (const [i, value] of output.numbers.entries()) {
    const other = Number(first.numbers[i]);
    most = Math.max(most, Math.abs(other));
    off = Math.max(off, Math.abs(other - Number(value)));
  }
  return off === 0 ? "identical" : off <= 1e-6 * most ? "close" : "other numbers";
}

/** Row by row the disturbed places of the input, column by column the places of the output, or its only one. */
function reachOf({ shape, numbers }: TensorNumbers, rank: number): readonly (readonly boolean[])[] {
  const [samples = 1] = shape;
  const size = numbers.length / samples;
  const features = shape.length === rank ? (shape.at(-1) ?? 1) : size;
  const places = shape.length === rank ? placesOf(shape) : [0];
  const differs = (sample: number, place: number): boolean => {
    for (let k = place * features; k < (place + 1) * features; k++)
      if (numbers[sample * size + k] !== numbers[k]) return true;
    return false;
  };
  return Array.from({ length: samples - 1 }, (_, i) => places.map((place) => differs(i + 1, place)));
}
