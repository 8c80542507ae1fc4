import { hasRank } from "../../../../tensor/shape.ts";
import { changeOf } from "../whereSaid.ts";
import type { Explanation, Refusal } from "./index.ts";

/** States of another width than the layer that begins with them: as many units as the states have. */
export function stateSize({ m, record, violation, tensors }: Refusal): Explanation | undefined {
  const units = record.args["units"];
  const state = tensors[1]?.shape;
  if (violation.constraint !== "state-size" || units?.place === undefined) return undefined;
  if (state === undefined || !hasRank(state) || typeof state.last !== "number") return undefined;
  const edit = changeOf(m, record, { ...units, place: units.place }, "units", String(state.last));
  return { place: edit.place, repairs: [{ title: edit.text, preferred: true, edits: [edit] }] };
}
