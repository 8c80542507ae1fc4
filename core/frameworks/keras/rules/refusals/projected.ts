import { hasRank, type Shape } from "../../../../tensor/shape.ts";
import type { Explanation, Refusal } from "./index.ts";

/** A query that is not as wide as the keys: the values, which are the keys too, are brought to its width. */
export function projected({ record, violation, tensors }: Refusal): Explanation | undefined {
  if (violation.constraint !== "query-meets-key" || tensors.length !== 2) return undefined;
  const [query, value] = tensors.map(({ shape }): Shape | undefined => (hasRank(shape) ? shape : undefined));
  if (query === undefined || value === undefined || query.rank !== value.rank) return undefined;
  if (typeof query.last !== "number" || query.last === value.last) return undefined;
  const layer = `Dense(${query.last})`;
  const text = `1 ${record.declared} ${layer}`;
  const edits = [{ place: record.called ?? record.place, text, form: "around item" }];
  return { repairs: [{ title: `Insert ${layer} around the values`, preferred: true, edits }] };
}
