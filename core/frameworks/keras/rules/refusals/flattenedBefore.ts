import type { Machine } from "../../../../interpreter/machine.ts";
import { hasRank } from "../../../../tensor/shape.ts";
import { type LayerRecord, recordOf } from "../../runtime/records.ts";
import { type Explanation, makerOf, type Refusal } from "./index.ts";
import { wantedRank } from "./missingAxis.ts";

/** A Flatten took the axes that a layer behind it reads: it stands too early. */
export function flattenedBefore({ m, record, violation, tensors }: Refusal): Explanation | undefined {
  const rank = wantedRank(record.declared);
  if (violation.constraint !== "input-rank" || rank === undefined) return undefined;
  const flatten = flattenOf(m, makerOf(m, tensors[0]));
  const shape = flatten?.inputs?.[0]?.shape;
  if (flatten === undefined || shape === undefined || !hasRank(shape) || shape.rank !== rank) return undefined;
  return {
    place: flatten.place,
    message: `${violation.message}: ${flatten.name} before it has taken the axes that ${record.name} reads`,
    repairs: [
      { title: "Without this Flatten", preferred: true, edits: [{ place: flatten.place, text: "", form: "no layer" }] },
    ],
  };
}

/** Layers whose output has as many axes as their input. */
const PASSING = new Set(["Dropout", "BatchNormalization", "Activation", "LeakyReLU", "ReLU", "MultiHeadAttention"]);
function flattenOf(m: Machine, layer: LayerRecord | undefined): LayerRecord | undefined {
  for (let at = layer, count = 0; at !== undefined && count < 8; at = recordOf(m, at.from), count++) {
    if (at.declared === "Flatten") return at;
    if (!PASSING.has(at.declared ?? "")) return undefined;
  }
  return undefined;
}
