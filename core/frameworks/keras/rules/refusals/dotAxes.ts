import { provablyEqual } from "../../../../tensor/dim.ts";
import { isRanked } from "../../../operation/ranked.ts";
import { setArgument } from "../setArgument.ts";
import type { Explanation, Refusal } from "./index.ts";

/** A Dot over two axes of unlike sizes, where there is one pair of axes that are of one size. */
export function dotAxes({ record, violation, tensors }: Refusal): Explanation | undefined {
  const [a, b] = tensors.filter(isRanked);
  if (violation.code !== "incompatible-shapes" || record.declared !== "Dot" || a === undefined || b === undefined) {
    return undefined;
  }
  const axesOf = (rank: number) => Array.from({ length: rank - 1 }, (_, i) => i + 1);
  const pairs = axesOf(a.shape.rank).flatMap((i) =>
    axesOf(b.shape.rank).flatMap((j) => (provablyEqual(a.shape.at(i), b.shape.at(j)) ? [[i, j] as const] : [])),
  );
  const [pair] = pairs;
  if (pair === undefined || pairs.length > 1) return undefined;
  const [i, j] = pair;
  const edit = setArgument(record, "axes", i === j ? String(i) : `(${i}, ${j})`);
  return { place: edit.place, repairs: [{ title: edit.text, preferred: true, edits: [edit] }] };
}
