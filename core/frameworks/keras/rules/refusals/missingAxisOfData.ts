import { hasRank, printShape, Shape } from "../../../../tensor/shape.ts";
import { EAGER } from "../../runtime/tensors.ts";
import { type Explanation, makerOf, type Refusal } from "./index.ts";
import { wantedRank } from "./missingAxis.ts";

/**
 * A model that was told of no shape reads what it is given: its first layer wants one axis more than the data have, the
 * channel of a grey picture or the feature of a series, or, where those are there, the batch.
 */
export function missingAxisOfData({ m, record, violation, tensors }: Refusal): Explanation | undefined {
  const [input] = tensors;
  const rank = wantedRank(record.declared);
  if (violation.constraint !== "input-rank" || input?.origin === undefined || rank === undefined) return undefined;
  const { shape, origin } = input;
  if (input.family !== EAGER || !hasRank(shape) || shape.rank !== rank - 1 || makerOf(m, input) !== undefined)
    return undefined;
  const isOne = rank > 3 && (shape.last === 1 || shape.last === 3);
  const text = isOne ? "[None]" : "[..., None]";
  const edit = { place: origin, text, form: "behind" };
  const fresh = isOne ? shape.insert(0, 1) : new Shape([...shape.dims, 1]);
  const axis = isOne ? "batch" : rank === 3 ? "feature" : "channel";
  return {
    place: origin,
    message: `${violation.message}: ${printShape(shape)} has no axis for the ${axis}, ${printShape(fresh)} has one`,
    repairs: [{ title: text, preferred: true, edits: [edit] }],
  };
}
