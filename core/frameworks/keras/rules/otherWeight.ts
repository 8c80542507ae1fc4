import type { Machine } from "../../../interpreter/machine.ts";
import type { Fault, Repair } from "../../../interpreter/record.ts";
import type { Arg, Place, TensorValue } from "../../../interpreter/values.ts";
import { provablyDifferent, provablyEqual } from "../../../tensor/dim.ts";
import { printShape } from "../../../tensor/shape.ts";
import { stepOf } from "../../operation/history.ts";
import { isRanked, type Ranked } from "../../operation/ranked.ts";
import { besides } from "./related.ts";

const isShape = ({ value }: Arg): boolean => value.kind === "tuple" || value.kind === "list";

/**
 * A weight of the user's own layer that a tensor is multiplied with is not as long as the tensor's last axis: it was
 * made by another axis of the input, or by another number.
 */
export function otherWeight(m: Machine, fault: Fault, [x, weight]: readonly TensorValue[]): Fault | undefined {
  if (fault.code !== "incompatible-shapes" || !isRanked(x) || !isRanked(weight)) return undefined;
  const made = stepOf(m, weight);
  const wanted = x.shape.last;
  if (made?.type !== "AddWeight") return undefined;
  const { place: at = made.place } =
    made.args?.list.find(({ name }) => name === "shape") ?? made.args?.list.find(isShape) ?? {};
  const blamed = (why: string, repairs: readonly Repair[]): Fault => ({
    ...fault,
    place: at,
    message: `${fault.message} The weight is ${printShape(weight.shape)}, and ${why}.`,
    related: besides(at, [{ place: fault.place, message: "Keras raises here" }, ...fault.related]),
    repairs: [...repairs, ...fault.repairs],
  });
  if (weight.shape.rank === 1) {
    const repair = asColumn(made.place, x, weight);
    return repair && blamed("a product of matrices wants a matrix", [repair]);
  }
  if (weight.shape.rank !== 2) return undefined;
  if (typeof wanted !== "number" || !provablyDifferent(wanted, weight.shape.at(0))) return undefined;
  const edit = { place: made.place, text: `${wanted}`, form: "weight rows" };
  const turned = { place: made.place, text: "", form: "weight turned" };
  const isTurned = provablyEqual(wanted, weight.shape.at(1));
  const repairs = [
    ...(isTurned ? [{ title: "The weight's sizes in the other order", preferred: true, edits: [turned] }] : []),
    { title: `A weight for ${wanted} values`, preferred: !isTurned, edits: [edit] },
  ];
  return blamed(`what it is to meet ends with ${wanted}`, repairs);
}

/** A weight that is as long as the tensor's last axis, in one row: what refuses it wants a matrix, of one column. */
function asColumn(place: Place, x: Ranked, weight: Ranked): Repair | undefined {
  if (x.shape.rank < 2 || !provablyEqual(x.shape.last, weight.shape.at(0))) return undefined;
  const title = `A weight of one column: ${printShape(weight.shape.concat([1]))}`;
  return { title, preferred: true, edits: [{ place, text: "", form: "weight column" }] };
}
