import { type Step, stepOf } from "../../../operation/history.ts";
import type { Meeting } from "../../training/meeting.ts";
import { bothShapes, type Cause } from "./fault.ts";
import { lastLayer } from "./lastLayer.ts";

/**
 * Classes that are numbered from 1 and encoded as one-hot rows: the rows have a column for a class 0, and the model,
 * which has a unit for each class, has none.
 */
export function countedFromOne(meeting: Meeting): Cause | undefined {
  const { m, label, output } = meeting;
  const step = stepOf(m, label);
  const [columns, units] = [label.shape.last, output.shape.last];
  const low = step?.type === "ToCategorical" ? lowest(step) : undefined;
  const place = step?.args?.list[0]?.place;
  if (low === undefined || low < 1 || place === undefined || lastLayer(meeting) === undefined) return undefined;
  if (typeof columns !== "number" || units !== columns - low) return undefined;
  const edit = { place, text: ` - ${low}`, form: "behind" };
  return {
    code: "label-encoding",
    place,
    message: `${bothShapes(meeting)}: the classes are numbered from ${low}, so the first of the columns stand for none`,
    repairs: [{ title: `Labels from 0: - ${low}`, preferred: true, edits: [edit] }],
  };
}
function lowest({ inputs: [labels] }: Step): number | undefined {
  const { values, range, kinds } = labels?.facts ?? {};
  if (values !== undefined && values.length > 0) return Math.min(...values);
  return kinds === undefined ? undefined : range?.[0];
}
