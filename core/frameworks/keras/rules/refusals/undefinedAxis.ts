import type { Machine } from "../../../../interpreter/machine.ts";
import { samePlace, type TensorValue } from "../../../../interpreter/values.ts";
import { hasRank, printShape, Shape } from "../../../../tensor/shape.ts";
import { isRanked } from "../../../operation/ranked.ts";
import { sourcesOf } from "../../runtime/graph.ts";
import { saidBy } from "../data/source.ts";
import { sameSample } from "../data/steps.ts";
import { dataInSight } from "./dataInSight.ts";
import { firstOf } from "./halves.ts";
import { type Explanation, makerOf, type Refusal } from "./index.ts";

/** A Flatten of an axis of any size leaves no size for the weights behind it: a pooling over that axis does. */
export function undefinedAxis({ m, violation, tensors }: Refusal): Explanation | undefined {
  const flatten = makerOf(m, tensors[0]);
  if (violation.code !== "undefined-last-axis" || flatten?.declared !== "Flatten") return undefined;
  const [input] = tensors[0] === undefined ? [] : sourcesOf(m, tensors[0]);
  const shape = flatten.inputs?.[0]?.shape;
  const axes = shape !== undefined && hasRank(shape) ? shape.rank - 2 : 0;
  if (axes < 1 || axes > 3) return undefined;
  const name = `GlobalAveragePooling${axes}D`;
  const edit = { place: flatten.place, text: `Flatten ${name}`, form: "respell" };
  const pooled = { title: `${name} in the place of Flatten`, preferred: true, edits: [edit] };
  const sized = input === undefined ? undefined : sizedBase(m, input);
  return sized === undefined ? { repairs: [pooled] } : { ...sized, repairs: [...sized.repairs, pooled] };
}

/** A model of `keras.applications` that was told of no size, and data in sight that have one. */
function sizedBase(m: Machine, flattened: TensorValue): Explanation | undefined {
  const begun = firstOf(m, flattened);
  const input = makerOf(m, begun);
  const last = makerOf(m, flattened);
  // A layer of such a model stands where the model is made.
  if (begun === undefined || !isRanked(begun) || input?.declared !== "InputLayer" || saidBy(m, input)) return undefined;
  if (last === undefined || !samePlace(last.place, input.place)) return undefined;
  const samples = dataInSight(m).filter(
    ({ shape }) => shape.rank === begun.shape.rank && shape.last === begun.shape.last,
  );
  const [data] = samples;
  if (data === undefined || samples.some((it) => !sameSample(it.shape, data.shape))) return undefined;
  const text = `input_shape=${printShape(new Shape(data.shape.dims.slice(1)))}`;
  const { place } = input;
  return { place, repairs: [{ title: text, preferred: true, edits: [{ place, text, form: "argument" }] }] };
}
