import type { Repair } from "../../../../interpreter/record.ts";
import { printDim, provablyDifferent } from "../../../../tensor/dim.ts";
import { isRegression } from "../../training/loss.ts";
import type { Meeting } from "../../training/meeting.ts";
import { bothShapes, type Cause } from "./fault.ts";
import { lastLayer, widthEdit } from "./lastLayer.ts";

/** `output-units`: the last layer gives another number of values than a label has. */
export function outputUnits(meeting: Meeting): Cause | undefined {
  const wanted = widthOf(meeting);
  const last = wanted === undefined ? undefined : lastLayer(meeting);
  if (last === undefined || wanted === undefined) return undefined;
  const given = printDim(meeting.output.shape.last);
  const each = wanted === 1 ? "one value" : `${printDim(wanted)} values`;
  return {
    code: "output-units",
    place: last.width.place,
    message: `${bothShapes(meeting)}: a label has ${each}, and ${last.record.name} gives ${given}`,
    repairs: [unitsRepair(last, wanted)],
  };
}
export const unitsRepair = (last: NonNullable<ReturnType<typeof lastLayer>>, size: number): Repair => ({
  title: `${last.parameter}=${size}`,
  preferred: true,
  edits: [widthEdit(last, size)],
});

/** How many values the last axis of the output should have by the labels; undefined where that is not the matter. */
function widthOf({ label, output, loss }: Meeting): number | undefined {
  const [y, scores] = [label.shape, output.shape];
  if (loss === undefined || loss.name.startsWith("sparse")) return undefined;
  const perElement = isRegression(loss.name) || loss.name === "binary_crossentropy";
  if (y.rank === scores.rank - 1 && perElement && provablyDifferent(scores.last, 1)) return 1;
  if (y.rank !== scores.rank || typeof y.last !== "number" || !provablyDifferent(y.last, scores.last)) return undefined;
  return y.last > 1 || perElement ? y.last : undefined;
}
