import { isSize, printDim, provablyEqual } from "../../../../tensor/dim.ts";
import { hasRank, printShape, Shape } from "../../../../tensor/shape.ts";
import { inputsOf } from "../../runtime/modelCall.ts";
import type { Meeting } from "../../training/meeting.ts";
import { sourceOf } from "../data/source.ts";
import { shapingStep } from "../data/steps.ts";
import type { Cause } from "./fault.ts";

/**
 * A reshape that made one sample of all rows, where there is a label for each row: `x.reshape(1, 99, 40)`. The rows
 * are the samples, of one step each; the model's input was said for the long sample.
 */
export function lostRows({ m, sample, label, record }: Meeting): Pick<Cause, "place" | "repairs"> | undefined {
  const { step, made } = shapingStep(m, sample) ?? {};
  const [from] = step?.inputs ?? [];
  const rows = label.shape.batch;
  if (step?.type !== "Reshape" || made === undefined || from === undefined || !hasRank(from.shape)) return undefined;
  const { rank } = made.shape;
  if (from.shape.rank !== rank - 1 || made.shape.batch !== 1 || !provablyEqual(from.shape.batch, rows))
    return undefined;
  const rest = from.shape.dims.slice(1);
  if (!rest.every((dim, i) => isSize(dim) && provablyEqual(dim, made.shape.at(i + 2)))) return undefined;
  const sample1 = new Shape([1, ...rest]);
  const text = ["#1", "#0", ...rest.map((_, i) => `#${i + 2}`)].join(" ");
  const input = inputsOf(record.model)?.[0];
  const said = input === undefined ? undefined : sourceOf(m, record, input)?.rewrite(sample1)[0];
  const title = `reshape to ${printShape(new Shape([rows, ...sample1.dims]))}: ${printDim(rows)} samples`;
  const edits = [{ place: step.place, text, form: "reshape" }, ...(said?.edits ?? [])];
  return { place: step.place, repairs: [{ title, preferred: true, edits }] };
}
