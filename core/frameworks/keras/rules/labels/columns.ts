import { NONE_VALUE } from "../../../../interpreter/values.ts";
import { provablyDifferent } from "../../../../tensor/dim.ts";
import { stepOf } from "../../../operation/history.ts";
import { isRanked } from "../../../operation/ranked.ts";
import { flatTensors } from "../../runtime/parts.ts";
import type { Meeting } from "../../training/meeting.ts";
import { droppedAxis } from "../data/droppedAxis.ts";
import type { Cause } from "./fault.ts";

/** `label-shape`: one column of one-hot rows was taken for the labels. */
export function oneColumn({ m, label, output }: Meeting): Cause | undefined {
  const rows = stepOf(m, label)?.inputs[0];
  if (rows?.facts?.encoding !== "one-hot") return undefined;
  const step = droppedAxis(m, label, output.shape);
  return step && { code: "label-shape", ...step };
}

/**
 * `label-shape`: decoder and labels are one text. What the decoder reads lacks the last step, and the labels are to
 * lack the first.
 */
export function unshifted({ m, label, output, args }: Meeting): Cause | undefined {
  const place = args["y"]?.place;
  if (place === undefined || label.shape.rank < 2 || output.shape.rank < 3) return undefined;
  const steps = label.shape.at(1);
  if (typeof steps !== "number" || provablyDifferent(output.shape.at(1), steps - 1)) return undefined;
  const inputs = flatTensors(m, args["x"]?.value ?? NONE_VALUE) ?? [];
  const isShort = inputs.some((it) => {
    const step = stepOf(m, it);
    return step?.type === "GetItem" && step.inputs[0]?.id === label.id && isRanked(it) && it.shape.at(1) === steps - 1;
  });
  if (!isShort) return undefined;
  const edit = { place, text: "[:, 1:]", form: "behind" };
  return {
    code: "label-shape",
    place,
    message: `The decoder reads all steps of this but the last: the labels are the ${steps - 1} behind the first`,
    repairs: [{ title: "[:, 1:]: one step on", preferred: true, edits: [edit] }],
  };
}
