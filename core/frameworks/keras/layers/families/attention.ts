/** What the attention layers share. Source: keras.src.layers.attention. */

import { broadcastShapes } from "../../../../tensor/broadcast.ts";
import { isConflict } from "../../../../tensor/conflict.ts";
import { matmul } from "../../../../tensor/contraction.ts";
import { type Dim, NONE, plus, product, provablyDifferent, times } from "../../../../tensor/dim.ts";
import { type AnyShape, printShape, Shape, unknownRank } from "../../../../tensor/shape.ts";
import { check, type Surroundings, type Violation, type WeightSpec } from "../../define.ts";
import type { Version } from "../../version.ts";

/** Key and value come in pairs: whatever is weighed is taken. Source: `compute_output_shape` of MultiHeadAttention. */
export function keysMatchValues(name: string, key: Shape, value: Shape, keras?: Version): readonly Violation[] {
  const [a, b] = [key.slice(1, -1), value.slice(1, -1)];
  // Keras 3 compares the sizes as they are, so None is not 7; in Keras 2 they meet in the product alone.
  const differs = (dim: Dim, i: number) =>
    provablyDifferent(dim, b.at(i)) || (keras !== 2 && (dim === NONE) !== (b.at(i) === NONE));
  const message =
    `${name} takes a value for every key, so they have the same axes between the batch and the last: ` +
    `the key is ${printShape(key)}, the value ${printShape(value)}.`;
  return check(a.rank === b.rank && !a.dims.some(differs), "keys-match-values", message, {
    code: "incompatible-shapes",
  });
}

/** What Keras finds out only when it runs. `sum`: query and key are added, rather than multiplied. */
export function attends(name: string, xs: readonly Shape[], sum: boolean): readonly Violation[] {
  const { query, key, value } = projected(xs) ?? {};
  if (!query || !key || !value || [query, key, value].some((it) => it.rank < 2)) return [];
  const turned = new Shape([...key.slice(0, -2), key.last, key.at(-2)]);
  const added = broadcastShapes([query.insert(query.rank - 1, 1), key.insert(key.rank - 2, 1)]);
  const shapes = `${printShape(query)} and ${printShape(key)}`;
  const where = { code: "incompatible-shapes" } as const;
  return [
    ...check(
      sum ? !("conflict" in added) : !isConflict(matmul(query, turned)),
      "query-meets-key",
      `${name} compares every query with every key, so their last axes and their batches must agree: ${shapes}.`,
      where,
    ),
    ...check(
      !provablyDifferent(key.at(-2), value.at(-2)),
      "keys-match-values",
      `${name} takes a value for every key: ${printShape(key)} and ${printShape(value)}.`,
      where,
    ),
  ];
}

/** All axes between the batch and the last unless said; in Keras 2 there must be one. On data the others must agree. */
export const attendsAlong = (
  name: string,
  { query, value }: Projected,
  axes: readonly number[] | null | undefined,
  { keras, eager }: Surroundings,
): readonly Violation[] => [
  ...check(
    keras !== 2 || axes !== null || query.rank > 2,
    "axes-to-attend",
    `${name} needs an axis between the batch and the last, and the query is ${printShape(query)}`,
  ),
  ...(eager && axes !== undefined ? batchesMeet(name, query, value, axes) : []),
];

/** The axes that do not attend go side by side, the batch first. */
export function batchesMeet(name: string, query: Shape, value: Shape, attending: readonly number[] | null) {
  const attends = (axis: number) =>
    attending === null || attending.some((it) => it === axis || it + query.rank === axis);
  const apart = (axis: number) => axis === 0 || !attends(axis);
  const clash = query.dims.slice(0, -1).some((dim, axis) => apart(axis) && provablyDifferent(dim, value.at(axis)));
  const both = `${printShape(query)} and ${printShape(value)}`;
  const message = `${name} works sample by sample: ${both} differ in an axis that does not attend.`;
  return check(!clash, "batches-agree", message, { code: "incompatible-shapes" });
}

/** Attention and AdditiveAttention take [query, value] or [query, value, key]. */
export const inputCount = (name: string, xs: readonly Shape[]): readonly Violation[] =>
  check(
    xs.length === 2 || xs.length === 3,
    "input-count",
    `${name} takes [query, value] or [query, value, key]; this list has ${xs.length}.`,
  );

/** The query with the features of the value, and the scores behind it where they are asked for. */
export function scored(
  scores: boolean,
  [query, value, key = value]: readonly Shape[],
  keras?: Version,
): AnyShape | readonly AnyShape[] {
  if (!query || !value || !key) return unknownRank("it needs a query and a value");
  // Products of TensorFlow's take batches of other ranks, as Keras 2 calls them.
  if (keras === 2 && query.rank !== value.rank) return unknownRank("query and value have other numbers of axes");
  const y = query.withLast(value.last);
  return scores ? [y, query.withLast(key.at(-2))] : y;
}

export interface Heads {
  readonly query: Dim;
  /** As many as the query has, or fewer that it shares. */
  readonly key: Dim;
  /** Of each head of query and keys, and of each head of the values. */
  readonly size: Dim;
  readonly valueSize: Dim;
}
export interface Projected {
  readonly query: Shape;
  readonly key: Shape;
  readonly value: Shape;
}
/** Query, value and key as the call gives them; without a key the value is its own. */
export const projected = ([query, value, key = value]: readonly Shape[]): Projected | undefined =>
  query === undefined || value === undefined || key === undefined ? undefined : { query, key, value };

export const headsOf = (query: Dim, key: Dim, size: Dim, valueSize = size): Heads => ({ query, key, size, valueSize });

type Specs = Readonly<Record<string, WeightSpec>>;
/** The last axis of each to `heads` × `size`, and the heads to `output`. */
export function projections(heads: Heads, on: Projected, bias: boolean, gate: boolean, output: readonly Dim[]): Specs {
  const { query, key, value } = on;
  const one = (name: string, input: Dim, count: Dim, size: Dim): Specs => ({
    [`${name}/kernel`]: [input, count, size],
    [`${name}/bias`]: bias && [count, size],
  });
  return {
    ...one("query", query.last, heads.query, heads.size),
    ...one("key", key.last, heads.key, heads.size),
    ...(gate ? one("gate", query.last, heads.query, heads.valueSize) : {}),
    ...one("value", value.last, heads.key, heads.valueSize),
    "attention_output/kernel": [heads.query, heads.valueSize, ...output],
    "attention_output/bias": bias && output,
  };
}

/** How many positions attend, and to how many: the axes between the batch and the last. */
const positions = (x: Shape): Dim => product(x.slice(1, -1));

/** Every query meets every key along the axes that attend, and takes from every value; null: along all of them. */
export const attentionMacs = (
  query: Shape,
  key: Shape,
  keySize: Dim,
  valueSize: Dim,
  axes: readonly number[] | null = null,
): Dim => {
  const met = axes === null ? positions(key) : product(axes.map((axis) => key.at(axis)));
  return product([positions(query), met, plus(keySize, valueSize)]);
};

/** What the projections cost, and what the heads do. */
export function headMacs(
  heads: Heads,
  { query, key, value }: Projected,
  gate: boolean,
  output: readonly Dim[],
  axes: readonly number[] | null = null,
): Dim {
  const { query: n, key: m, size, valueSize } = heads;
  const each = (x: Shape, input: Dim, width: Dim): Dim => product([positions(x), input, width]);
  const parts: readonly Dim[] = [
    each(query, query.last, times(n, size)),
    each(key, key.last, times(m, size)),
    each(value, value.last, times(m, valueSize)),
    gate ? each(query, query.last, times(n, valueSize)) : 0,
    times(n, attentionMacs(query, key, size, valueSize, axes)),
    each(query, times(n, valueSize), product(output)),
  ];
  return parts.reduce(plus, 0);
}

/** GroupQueryAttention is written for three axes, and symbolically compares the features of query and value. */
export const groupedFit = (name: string, { query, value }: Projected, eager: boolean): readonly Violation[] => [
  ...check(
    query.rank === 3 || (query.rank > 3 && !eager),
    "input-rank",
    `${name} works on (batch, positions, features); its query is ${printShape(query)}.`,
  ),
  ...(eager ? batchesMeet(name, query, value, null) : []),
  ...check(
    eager || !provablyDifferent(query.last, value.last),
    "features-equal",
    `${name} needs as many features in the query as in the value: ${printShape(query)} and ${printShape(value)}.`,
    { code: "incompatible-shapes" },
  ),
];
