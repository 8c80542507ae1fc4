import type { Repair } from "../../../../interpreter/record.ts";
import { printDim } from "../../../../tensor/dim.ts";
import type { Meeting } from "../../training/meeting.ts";
import { changedLoss } from "./encoding.ts";
import type { Cause } from "./fault.ts";
import { activationOf, lastLayer } from "./lastLayer.ts";
import { unitsRepair } from "./units.ts";

/**
 * `output-units`: class numbers beyond the scores. TensorFlow raises at the first such label on a CPU; JAX and GPUs go
 * on with a loss that is not a number. So it is a warning.
 */
export function tooManyClasses(meeting: Meeting): Cause | undefined {
  const { loss, label, output } = meeting;
  const [scores, high] = [output.shape.last, label.facts?.range?.[1]];
  if (loss?.name !== "sparse_categorical_crossentropy" || typeof scores !== "number" || high === undefined)
    return undefined;
  const last = lastLayer(meeting);
  if (high < scores || last === undefined) return undefined;
  const isBinary = scores === 1 && high === 1;
  const units: Repair = { ...unitsRepair(last, high + 1), preferred: !isBinary };
  const binary = isBinary && activationOf(meeting) === "sigmoid" ? changedLoss(loss, "binary_crossentropy") : [];
  return {
    code: "output-units",
    place: last.width.place,
    message:
      `The labels go from ${label.facts?.range?.[0] ?? 0} to ${high}, and there are ${printDim(scores)} scores: ` +
      "TensorFlow raises at a label beyond them, JAX trains on a loss that is no number",
    repairs: [...binary, units],
  };
}
