import type { Fault } from "../../../interpreter/record.ts";
import type { TensorValue } from "../../../interpreter/values.ts";
import { provablyDifferent } from "../../../tensor/dim.ts";
import { hasRank, printShape, Shape } from "../../../tensor/shape.ts";
import { besides } from "./related.ts";

/**
 * Of the tensors of an operation that do not go together one has every axis of the others but the last: weights of
 * steps beside the steps, pictures without a channel beside such with one. It gets the axis where it was made.
 */
export function missingOperandAxis(fault: Fault, inputs: readonly TensorValue[]): Fault | undefined {
  const ranked = inputs.flatMap(({ shape, origin }) => (hasRank(shape) ? [{ shape, origin }] : []));
  const most = ranked.reduce((most, it) => Math.max(most, it.shape.rank), 0);
  const tall = ranked.find(({ shape }) => shape.rank === most);
  const low = ranked.find(({ shape }) => shape.rank === most - 1);
  if (tall === undefined || low?.origin === undefined || ranked.length !== inputs.length || low.shape.rank < 2)
    return undefined;
  const isLike = low.shape.dims.every((dim, i) => i === 0 || !provablyDifferent(dim, tall.shape.at(i)));
  const others = ranked.filter((it) => it !== low).every(({ shape }) => shape.rank === most);
  if (!isLike || !others) return undefined;
  const place = low.origin;
  const edit = { place, text: "[..., None]", form: "behind" };
  const fresh = printShape(new Shape([...low.shape.dims, 1]));
  return {
    ...fault,
    place,
    message: `${fault.message} This has no last axis: ${fresh} would go with the other.`,
    related: besides(place, [{ place: fault.place, message: "Keras raises here" }, ...fault.related]),
    repairs: [{ title: "A last axis: [..., None]", preferred: true, edits: [edit] }, ...fault.repairs],
  };
}
