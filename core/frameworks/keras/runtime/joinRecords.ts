import type { Outputs } from "../../../analysis.ts";
import { same } from "../../../interpreter/heap.ts";
import { joinShapes } from "../../../tensor/shape.ts";
import type { TensorType } from "../../../tensor/type.ts";
import type { LayerRecord, ModelRecord } from "./records.ts";

/**
 * What is known of one layer after two ways that may both have been taken. As everywhere, what only one of them made is
 * kept: a program that runs found it there. So a layer that was built on one way is built, and a graph stays.
 */
export function joinRecords(a: LayerRecord, b: LayerRecord): LayerRecord {
  const [main, other] = a.built || !b.built ? [a, b] : [b, a];
  const doubt = doubtOf(main, other);
  return {
    ...main,
    tracked: joinTracked(a.tracked, b.tracked),
    fed: a.fed === true && b.fed === true ? true : undefined,
    calls: Math.max(a.calls, b.calls),
    firstNode: main.firstNode ?? other.firstNode,
    lastNode: main.lastNode ?? other.lastNode,
    weightsUnknown: a.weightsUnknown ?? b.weightsUnknown ?? doubt,
    unseen: a.unseen ?? b.unseen,
    inputs: joinInputs(a.inputs, b.inputs),
    outputs: joinOutputs(a.outputs, b.outputs),
    from: agreed(a.from, b.from),
    called: agreed(a.called, b.called),
    took: a.took === b.took ? a.took : undefined,
    gave: a.gave === b.gave ? a.gave : undefined,
    compiled: agreed(a.compiled, b.compiled),
    model: joinModels(main.model, other.model),
  };
}

/** What only one of them has comes behind what both have. */
function joinTracked(a: readonly number[], b: readonly number[]): readonly number[] {
  if (same(a, b)) return a;
  const mine = new Set(a);
  return [...a, ...b.filter((it) => !mine.has(it))];
}
/** Either has layers that the other has not: no program has them all. */
function areApart(a: readonly number[], b: readonly number[]): boolean {
  const [mine, its] = [new Set(a), new Set(b)];
  return a.some((it) => !its.has(it)) && b.some((it) => !mine.has(it));
}

/** Why the counts are not known, if so. */
function doubtOf(main: LayerRecord, other: LayerRecord): string | undefined {
  const differs = (what: string) => `its ${what} in one case and others in another`;
  if (main.trainable !== other.trainable) return "it trains in one case and not in another";
  if (main.built && other.built && !same(main.weights, other.weights)) return differs("weights are these");
  if (areApart(main.tracked, other.tracked)) return differs("layers are these");
  const [mine, its] = [main.model, other.model];
  if (mine?.kind === "sequential" && its?.kind === "sequential" && !same(mine.layers, its.layers))
    return differs("layers are these");
  return undefined;
}

/** What both say, or the one that says something. */
const agreed = <T>(a: T | undefined, b: T | undefined): T | undefined =>
  a === undefined ? b : b === undefined || same(a, b) ? a : undefined;

function joinModels(a: ModelRecord | undefined, b: ModelRecord | undefined): ModelRecord | undefined {
  if (a?.kind !== "sequential" || b?.kind !== "sequential") return a ?? b;
  return { ...a, input: a.input ?? b.input, output: a.output ?? b.output };
}

const isOne = (outputs: Outputs): outputs is Extract<Outputs, { readonly shape: unknown }> => "shape" in outputs;
const joinTypes = (a: TensorType, b: TensorType): TensorType => ({
  shape: joinShapes(a.shape, b.shape),
  dtype: a.dtype === b.dtype ? a.dtype : undefined,
});
const joinLists = (a: readonly TensorType[], b: readonly TensorType[]): readonly TensorType[] | undefined =>
  a.length === b.length ? a.map((type, i) => joinTypes(type, b[i] ?? type)) : undefined;

function joinInputs(a: LayerRecord["inputs"], b: LayerRecord["inputs"]): LayerRecord["inputs"] {
  return a === undefined || b === undefined ? (a ?? b) : joinLists(a, b);
}
function joinOutputs(a: Outputs | undefined, b: Outputs | undefined): Outputs | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (isOne(a) && isOne(b)) return joinTypes(a, b);
  return isOne(a) || isOne(b) ? undefined : joinLists(a, b);
}
