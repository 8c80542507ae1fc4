import { hasRank } from "../../../../tensor/shape.ts";
import { before } from "../passedOn.ts";
import { type Explanation, makerOf, type Refusal } from "./index.ts";
import { wantedRank } from "./missingAxis.ts";

/** A Flatten took the axes that a layer behind it reads: it stands too early. */
export function flattenedBefore({ m, record, violation, tensors }: Refusal): Explanation | undefined {
  const rank = wantedRank(record.declared);
  if (violation.constraint !== "input-rank" || rank === undefined) return undefined;
  const flatten = before(m, makerOf(m, tensors[0]), PASSING, (it) => (it.declared === "Flatten" ? it : undefined));
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
