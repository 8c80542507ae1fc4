import type { Machine } from "../../../interpreter/machine.ts";
import type { Fault } from "../../../interpreter/record.ts";
import type { TensorValue } from "../../../interpreter/values.ts";
import { provablyDifferent, provablyEqual } from "../../../tensor/dim.ts";
import { printShape } from "../../../tensor/shape.ts";
import { stepOf } from "../../operation/history.ts";
import { isRanked } from "../../operation/ranked.ts";
import { besides } from "./related.ts";

/**
 * A weight of the user's own layer that a tensor is multiplied with is not as long as the tensor's last axis: it was
 * made by another axis of the input, or by another number.
 */
export function otherWeight(m: Machine, fault: Fault, [x, weight]: readonly TensorValue[]): Fault | undefined {
  if (fault.code !== "incompatible-shapes" || !isRanked(x) || !isRanked(weight)) return undefined;
  const made = stepOf(m, weight);
  const wanted = x.shape.last;
  if (made?.type !== "AddWeight" || weight.shape.rank !== 2) return undefined;
  if (typeof wanted !== "number" || !provablyDifferent(wanted, weight.shape.at(0))) return undefined;
  const edit = { place: made.place, text: `${wanted}`, form: "weight rows" };
  const turned = { place: made.place, text: "", form: "weight turned" };
  const isTurned = provablyEqual(wanted, weight.shape.at(1));
  const repairs = [
    ...(isTurned ? [{ title: "The weight's sizes in the other order", preferred: true, edits: [turned] }] : []),
    { title: `A weight for ${wanted} values`, preferred: !isTurned, edits: [edit] },
  ];
  return {
    ...fault,
    place: made.place,
    message: `${fault.message} The weight is ${printShape(weight.shape)}, and what it is to meet ends with ${wanted}.`,
    related: besides(made.place, [{ place: fault.place, message: "Keras raises here" }, ...fault.related]),
    repairs: [...repairs, ...fault.repairs],
  };
}
