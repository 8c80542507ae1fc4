import type { Machine } from "../../../../interpreter/machine.ts";
import type { PlacedEdit, Repair } from "../../../../interpreter/record.ts";
import { type Place, samePlace, type TensorValue } from "../../../../interpreter/values.ts";
import { type Dim, printDim, product, provablyEqual } from "../../../../tensor/dim.ts";
import { hasRank, type Shape } from "../../../../tensor/shape.ts";
import { stepOf } from "../../../operation/history.ts";
import { isRanked, type Ranked } from "../../../operation/ranked.ts";
import { dataInSight } from "../refusals/dataInSight.ts";
import type { Misfit } from "./misfit.ts";
import { sameSample } from "./steps.ts";

/** Data with as many elements in a sample as the model wants is given the model's axes, before the call. */
export function reshaped({ m, input, tensor, given }: Misfit): readonly Repair[] {
  const [wanted, found] = [input.shape, tensor.shape];
  if (!hasRank(wanted) || !hasRank(found) || wanted.rank === found.rank) return [];
  const sample = wanted.dims.slice(1);
  const count = product(sample);
  const present: Dim = product(found.dims.slice(1));
  // All of it may be one sample.
  const isOne = found.rank === 1 && found.batch === count && count !== 1;
  if (typeof count !== "number" || !(isOne || provablyEqual(count, present))) return [];
  const call = `.reshape(${isOne ? 1 : -1}, ${sample.map(printDim).join(", ")})`;
  const edit = wholeOf(m, tensor, call) ?? editOf(m, given, tensor, call);
  if (edit === undefined) return [];
  return [{ title: call.slice(1), preferred: true, edits: [edit] }];
}

/** Where the data are rows that were picked of an array: behind what made that, where it has a name of its own. */
function wholeOf(m: Machine, tensor: TensorValue, call: string): PlacedEdit | undefined {
  const step = stepOf(m, tensor);
  const [whole] = step?.type === "GetItem" || step?.type === "Rows" ? step.inputs : [];
  if (!isRanked(whole) || !isRanked(tensor) || !sameSample(whole.shape, tensor.shape)) return undefined;
  const { origin } = whole;
  return origin !== undefined && stepOf(m, whole) !== undefined && isOnlyOneOf(m, origin)
    ? { place: origin, text: call, form: "behind" }
    : undefined;
}
/** It was made of no other array. */
const isBegun = (m: Machine, tensor: TensorValue): boolean => stepOf(m, tensor)?.inputs.length === 0;
const isOnlyOneOf = (m: Machine, origin: Place): boolean =>
  dataInSight(m).filter((it) => it.origin !== undefined && samePlace(it.origin, origin)).length === 1;

/** Behind what made the data, if that made nothing else; else in a line of its own, or where it is given. */
function editOf(
  m: Machine,
  { arg, place, labels, isFeed }: Misfit["given"],
  tensor: TensorValue,
  call: string,
): PlacedEdit | undefined {
  const { id, origin } = tensor;
  if (arg?.place === undefined || isFeed) return undefined;
  const { node } = arg;
  if (node?.kind !== "Name") return { place: arg.place, text: call, form: "behind" };
  const isAlone = labels?.every(
    // What a model rebuilds is its own label.
    (it) =>
      (it.id === id && origin !== undefined && isBegun(m, tensor) && isOnlyOneOf(m, origin)) ||
      it.origin === undefined ||
      origin === undefined ||
      !samePlace(it.origin, origin),
  );
  return origin !== undefined && isAlone
    ? { place: origin, text: call, form: "behind" }
    : { place, text: `${node.name} = ${node.name}${call}`, form: "line before" };
}

/** A reshape behind what has as many elements in each sample, in other axes than `wanted`. */
export function reshapedTo({ shape, origin }: Ranked, wanted: Shape): readonly Repair[] {
  const sample: readonly Dim[] = wanted.dims.slice(1);
  const count = product(sample);
  const present = product(shape.dims.slice(1));
  if (origin === undefined || typeof count !== "number" || present === undefined || !provablyEqual(count, present))
    return [];
  const text = `.reshape(-1${sample.map((it: Dim) => `, ${printDim(it)}`).join("")})`;
  return [{ title: text.slice(1), preferred: true, edits: [{ place: origin, text, form: "behind" }] }];
}
