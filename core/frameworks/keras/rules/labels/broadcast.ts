import { type Dim, printDim, provablyDifferent } from "../../../../tensor/dim.ts";
import { isRegression } from "../../training/loss.ts";
import type { Meeting } from "../../training/meeting.ts";
import { bothShapes, type Cause } from "./fault.ts";
import { lastLayer } from "./lastLayer.ts";
import { sameRank } from "./mismatch.ts";
import { unitsRepair } from "./units.ts";

/** `silent-broadcast`: a last axis of 1 is stretched over the other's, and all values learn the same number. */
export function silentBroadcast(meeting: Meeting): Cause | undefined {
  const { loss, label, output } = meeting;
  if (loss === undefined || !isRegression(loss.name)) return undefined;
  const [y, values] = sameRank(label.shape, output.shape);
  if (y.rank !== values.rank || !provablyDifferent(y.last, values.last)) return undefined;
  if (y.last !== 1 && values.last !== 1) return undefined;
  const last = lastLayer(meeting);
  const [one, many]: readonly [string, Dim] = y.last === 1 ? ["label", values.last] : ["output", y.last];
  return {
    code: "silent-broadcast",
    place: last?.width.place,
    message:
      `${bothShapes(meeting)}: ${loss.name} stretches the one ${one} over ${printDim(many)} values, ` +
      "and nothing raises",
    repairs: last === undefined || typeof y.last !== "number" ? [] : [unitsRepair(last, y.last)],
  };
}
