import type { Repair } from "../../../../interpreter/record.ts";
import type { Place } from "../../../../interpreter/values.ts";
import { provablyEqual } from "../../../../tensor/dim.ts";
import { printShape } from "../../../../tensor/shape.ts";
import { isRanked } from "../../../operation/ranked.ts";
import type { Meeting } from "../../training/meeting.ts";
import { shapingStep } from "../data/steps.ts";

/** A reshape made several rows of each sample, as of pictures whose channels were said to be fewer than they are. */
export function spreadRows({ m, sample, label }: Meeting): { place: Place; repairs: readonly Repair[] } | undefined {
  const { step, made } = shapingStep(m, sample) ?? {};
  const from = step?.inputs.find(isRanked);
  if (step?.type !== "Reshape" || made === undefined || from?.shape.rank !== made.shape.rank) return undefined;
  const [rows, each, last] = [made.shape.batch, from.shape.last, made.shape.rank - 1];
  const isSame = made.shape.dims.every((dim, i) => i === 0 || i === last || provablyEqual(dim, from.shape.at(i)));
  if (!isSame || typeof each !== "number" || !provablyEqual(from.shape.batch, label.shape.batch)) return undefined;
  if (rows !== sample.shape.batch) return undefined;
  const text = ["#0", ...Array.from({ length: last - 1 }, (_, i) => `#${i + 1}`), String(each)].join(" ");
  return {
    place: step.place,
    repairs: [
      {
        title: `reshape to ${printShape(from.shape)}`,
        preferred: true,
        edits: [{ place: step.place, text, form: "reshape" }],
      },
    ],
  };
}
