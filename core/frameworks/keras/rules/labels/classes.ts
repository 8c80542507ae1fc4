import type { Repair } from "../../../../interpreter/record.ts";
import { printDim } from "../../../../tensor/dim.ts";
import { kindsIn } from "../../../operation/facts.ts";
import type { Meeting } from "../../training/meeting.ts";
import { setArgument } from "../setArgument.ts";
import { changedLoss } from "./encoding.ts";
import type { Cause } from "./fault.ts";
import { activationAt, activationOf, lastLayer, widthEdit } from "./lastLayer.ts";
import { unitsRepair } from "./units.ts";

/**
 * `output-units`: class numbers beyond the scores. TensorFlow raises at the first such label on a CPU; JAX and GPUs go
 * on with a loss that is not a number. So it is a warning.
 */
export function tooManyClasses(meeting: Meeting): Cause | undefined {
  const { loss, label, output } = meeting;
  const [scores, high] = [output.shape.last, label.facts?.range?.[1]];
  if (loss?.name === "binary_crossentropy") return classesForOne(meeting);
  if (loss?.name !== "sparse_categorical_crossentropy" || typeof scores !== "number" || high === undefined)
    return undefined;
  const last = lastLayer(meeting);
  if (high < scores || last === undefined) return undefined;
  const isBinary = scores === 1 && high === 1;
  // The softmax over one value is said by itself.
  if (isBinary && activationOf(meeting) === "softmax") return undefined;
  const units: Repair = { ...unitsRepair(last, high + 1), preferred: !isBinary };
  const binary = isBinary && activationOf(meeting) === "sigmoid" ? changedLoss(loss, "binary_crossentropy") : [];
  return {
    code: "output-units",
    place: last.width.place,
    message:
      `The labels go from ${label.facts?.range?.[0] ?? 0} to ${high}, and there ` +
      `${scores === 1 ? "is one score" : `are ${printDim(scores)} scores`}: ` +
      "TensorFlow raises at a label beyond them, JAX trains on a loss that is no number",
    repairs: [...binary, units],
  };
}

/** Class numbers beyond 1 beside one unit: its crossentropy is of two classes, and of no more. */
function classesForOne(meeting: Meeting): Cause | undefined {
  const { loss, label, output } = meeting;
  const { range, kinds } = label.facts ?? {};
  const last = lastLayer(meeting);
  if (loss === undefined || range === undefined || last === undefined || output.shape.last !== 1) return undefined;
  const [low, high] = range;
  // Numbers in between are no classes, nor are pixels.
  if (low !== 0 || high < 2 || (kinds ?? kindsIn(label.shape, range)) !== high + 1 || label.shape.rank > 2)
    return undefined;
  const fresh = "sparse_categorical_crossentropy";
  const [change] = changedLoss(loss, fresh);
  const at = activationAt(meeting);
  const softmax = at?.name === "sigmoid" ? [setArgument(at.record, "activation", '"softmax"')] : [];
  const edits = [widthEdit(last, high + 1), ...softmax, ...(change?.edits ?? [])];
  return {
    code: "output-units",
    place: last.width.place,
    message: `The labels are classes from 0 to ${high}, and ${loss.name} of one unit tells two apart`,
    repairs: change === undefined ? [] : [{ title: `${high + 1} units, ${fresh}`, preferred: true, edits }],
  };
}
