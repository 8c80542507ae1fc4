/** What the attention layers share. Source: keras.src.layers.attention. */

import { isConflict } from "../../../../tensor/conflict.ts";
import { matmul } from "../../../../tensor/contraction.ts";
import { type Dim, NONE, provablyDifferent } from "../../../../tensor/dim.ts";
import { type AnyShape, printShape, Shape, unknownRank } from "../../../../tensor/shape.ts";
import { check, type Violation, type WeightSpec } from "../../define.ts";

/** Key and value come in pairs: whatever is weighed is taken. Source: `compute_output_shape` of MultiHeadAttention. */
export function keysMatchValues(name: string, key: Shape, value: Shape): readonly Violation[] {
  const [a, b] = [key.slice(1, -1), value.slice(1, -1)];
  // Keras compares the sizes as they are, so None is not 7.
  const differs = (dim: Dim, i: number) => provablyDifferent(dim, b.at(i)) || (dim === NONE) !== (b.at(i) === NONE);
  const message =
    `${name} takes a value for every key, so they have the same axes between the batch and the last: ` +
    `the key is ${printShape(key)}, the value ${printShape(value)}.`;
  return check(a.rank === b.rank && !a.dims.some(differs), "keys-match-values", message, {
    code: "incompatible-shapes",
  });
}

/** Query and key meet in a product over their last axis; Keras finds out when it runs. */
export function queryMeetsKey(name: string, [query, value, key = value]: readonly Shape[]): readonly Violation[] {
  if (!query || !key || query.rank < 2 || key.rank < 2) return [];
  const turned = new Shape([...key.slice(0, -2), key.last, key.at(-2)]);
  const message =
    `${name} compares every query with every key, so their last axes must be equal and their batches agree: ` +
    `${printShape(query)} and ${printShape(key)}.`;
  return check(!isConflict(matmul(query, turned)), "query-meets-key", message, { code: "incompatible-shapes" });
}

/** Attention and AdditiveAttention take [query, value] or [query, value, key]. */
export const inputCount = (name: string, xs: readonly Shape[]): readonly Violation[] =>
  check(
    xs.length === 2 || xs.length === 3,
    "input-count",
    `${name} takes [query, value] or [query, value, key]; this list has ${xs.length}.`,
  );

/** The query with the features of the value, and the scores behind it where they are asked for. */
export function scored(scores: boolean, [query, value, key = value]: readonly Shape[]): AnyShape | readonly AnyShape[] {
  if (!query || !value || !key) return unknownRank("it needs a query and a value");
  const y = query.withLast(value.last);
  return scores ? [y, query.withLast(key.at(-2))] : y;
}

/** A projection into heads: the last axis to `heads` × `size`. */
export const projection = (
  name: string,
  input: Dim,
  heads: Dim,
  size: Dim,
  bias: boolean,
): Readonly<Record<string, WeightSpec>> => ({
  [`${name}/kernel`]: [input, heads, size],
  [`${name}/bias`]: bias && [heads, size],
});
