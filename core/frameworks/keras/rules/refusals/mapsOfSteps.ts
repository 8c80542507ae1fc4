import type { Repair } from "../../../../interpreter/record.ts";
import { hasRank } from "../../../../tensor/shape.ts";
import { type Explanation, makerOf, type Refusal } from "./index.ts";
import { wantedRank } from "./missingAxis.ts";

/** Each step is a map, and a layer reads a row of each: the maps are laid flat one by one, so that the steps stay. */
export function mapsOfSteps({ m, record, violation, tensors }: Refusal): Explanation | undefined {
  const [input] = tensors;
  if (violation.constraint !== "input-rank" || wantedRank(record.declared) !== 3) return undefined;
  if (input === undefined || !hasRank(input.shape) || input.shape.rank < 4) return undefined;
  const isOfSteps = input.shape.rank === 5 || makerOf(m, input)?.declared === "TimeDistributed";
  return isOfSteps ? { repairs: [flatSteps(record.place)] } : undefined;
}
const FLAT = "TimeDistributed(Flatten())";
const flatSteps = (place: Repair["edits"][number]["place"]): Repair => ({
  title: `Insert ${FLAT}`,
  preferred: true,
  edits: [{ place, text: FLAT, form: "layer before" }],
});
