import { type Place, samePlace } from "../../../../interpreter/values.ts";
import { stepOf } from "../../../operation/history.ts";
import type { Meeting } from "../../training/meeting.ts";
import { otherLength, otherSizes, wrongStep } from "../data/steps.ts";
import { bothShapes, type Cause } from "./fault.ts";

/** Labels that no other rule has found the cause of. */
export function labelShape(meeting: Meeting, why: string): Cause {
  const { m, label, sample, output, loss } = meeting;
  // What made data and labels together, or the data that is its own label, is not to blame for the labels alone.
  const isShared = label.id === sample.id || (label.origin !== undefined && isSame(label.origin, sample.origin));
  const isSparse = loss?.name.startsWith("sparse") === true && output.shape.rank > 1;
  const wanted = isSparse ? output.shape.slice(0, -1) : output.shape;
  const sized = isShared ? undefined : otherSizes(m, label, wanted.withBatch(sample.shape.batch));
  return {
    code: "label-shape",
    place: isShared ? undefined : (sized?.place ?? label.origin),
    message: `${bothShapes(meeting)}: ${why}`,
    repairs: sized?.repairs ?? [],
  };
}
const isSame = (a: Place, b: Place | undefined): boolean => b !== undefined && samePlace(a, b);

/** The labels would fit but for a step of their preparation: a reshape, a sum, an encoding of what was encoded. */
export function labelStep(meeting: Meeting): Cause | undefined {
  const { m, label, sample, output, loss } = meeting;
  if (label.id === sample.id || loss === undefined) return undefined;
  const made = stepOf(m, label);
  if (made?.type === "ToCategorical" && made.inputs[0]?.facts?.encoding !== "one-hot") return undefined;
  const scores = output.shape;
  const wanted = loss.name.startsWith("sparse") && scores.rank > 1 ? scores.slice(0, -1) : scores;
  const step = wrongStep(m, label, wanted.withBatch(sample.shape.batch)) ?? otherLength(m, label, wanted);
  return step && { code: "label-shape", ...step, message: `${bothShapes(meeting)}: ${step.message}` };
}
