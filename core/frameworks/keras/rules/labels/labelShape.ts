import { type Place, samePlace } from "../../../../interpreter/values.ts";
import { type Dim, printDim, provablyDifferent } from "../../../../tensor/dim.ts";
import type { Meeting } from "../../training/meeting.ts";
import { bothShapes, type Cause } from "./fault.ts";

/** As many labels as samples: Keras counts them before anything else. */
export function labelCount({ label, sample }: Meeting): Cause | undefined {
  const labels: Dim = label.shape.batch;
  const samples: Dim = sample.shape.batch;
  if (!provablyDifferent(labels, samples)) return undefined;
  return {
    code: "label-shape",
    place: label.origin,
    message: `There are ${printDim(samples)} samples and ${printDim(labels)} labels`,
    repairs: [],
  };
}

/** Labels that no other rule has found the cause of. */
export function labelShape(meeting: Meeting, why: string): Cause {
  const { label, sample } = meeting;
  // What made data and labels together, or the data that is its own label, is not to blame for the labels alone.
  const isShared = label.id === sample.id || (label.origin !== undefined && isSame(label.origin, sample.origin));
  return {
    code: "label-shape",
    place: isShared ? undefined : label.origin,
    message: `${bothShapes(meeting)}: ${why}`,
    repairs: [],
  };
}
const isSame = (a: Place, b: Place | undefined): boolean => b !== undefined && samePlace(a, b);
