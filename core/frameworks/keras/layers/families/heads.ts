/** The forms of MultiHeadAttention's arguments, and the shape of its scores. */
import { type Dim, isUnknown, NONE, provablyDifferent, type Unknown, unknown } from "../../../../tensor/dim.ts";
import { type AnyShape, Shape, unknownRank } from "../../../../tensor/shape.ts";
import { type Arg, callFlag, dimOf, flag, number, optional } from "../../define.ts";
import { axes, isList, isOpen, listOf, whole } from "./arguments.ts";
import { type Heads, headsOf, type Projected, projected } from "./attention.ts";

/** What attention with heads takes beside their number and size. */
export const headArguments = {
  use_bias: flag(),
  use_gate: flag(),
  sliding_window: optional(whole(1)),
  dropout: number(),
  "call.return_attention_scores": callFlag(),
  "call.use_causal_mask": callFlag(),
};

/** The axes behind the query's; null where the last axis stays as it is, undefined where it is not known. */
export const outputShape = (): Arg<readonly Dim[] | null | undefined> => ({
  takes: "size",
  cases: (given) => {
    if (isUnknown(given)) return [undefined];
    return given === null || given === 0 || (isList(given) && given.length === 0) ? [null] : [listOf(given).map(dimOf)];
  },
  refuses: (given) =>
    typeof given === "object" && given !== null && "float" in given ? "must be a size, or a list of sizes" : undefined,
});

/** The axes of `output` in place of the last. */
export const withAxes = (query: Shape, output: readonly Dim[] | undefined): AnyShape =>
  output === undefined ? unknownRank("output_shape is not known") : query.slice(0, -1).concat(output);

/** Which axes attend to each other; null for all between the batch and the last, undefined where not known. */
export const attentionAxes = (): Arg<readonly number[] | null | undefined> => {
  const several = axes();
  return {
    cases: (given) => (given === null ? [null] : several.cases(given)),
    refuses: (given) => (given === null || isOpen(given) ? undefined : several.refuses?.(given)),
  };
};

/** (batch axes, heads, attended axes of the query, attended axes of the value). Source: `_build_attention_equation`. */
export function attended(query: Shape, value: Shape, heads: Dim, axes: readonly number[] | null | undefined): AnyShape {
  if (axes === undefined) return unknownRank("attention_axes is not known");
  const between = Array.from({ length: Math.max(query.rank - 2, 0) }, (_, i) => i + 1);
  const attending = axes?.map((axis) => (axis < 0 ? axis + query.rank : axis)) ?? between;
  const open = [query, value].some((x) =>
    x.dims.slice(0, -1).some((dim, i) => !attending.includes(i) && isUnknown(dim)),
  );
  if (open) return unknownRank("not known whether query and value go together");
  const clash = query.dims.slice(0, -1).some((dim, i) => !attending.includes(i) && provablyDifferent(dim, value.at(i)));
  // It fails when it runs; until then Keras says this.
  if (clash) return new Shape([query.batch, heads, query.at(1), query.at(1)]);
  const batch = query.dims.slice(0, -1).filter((_, axis) => !attending.includes(axis));
  const from = attending.map((axis) => query.at(axis));
  // Keras takes the value to be as long as the query; where that is None, it stays None.
  const to = attending.map((axis, i) => (from[i] === NONE || isUnknown(from[i]) ? from[i] : value.at(axis)));
  return new Shape([...batch, heads, ...from, ...to]);
}

interface Sized {
  readonly num_heads: Dim;
  readonly key_dim: Dim;
  readonly value_dim: Dim | null;
  readonly output_shape: readonly Dim[] | null | undefined;
}
/** What `then` makes of the heads, of what they attend to, and of the axes that come out. */
export function inHeads<T>(
  a: Sized,
  xs: readonly Shape[],
  then: (heads: Heads, on: Projected, output: readonly Dim[]) => T,
): T | Unknown {
  const on = projected(xs);
  if (on === undefined || a.output_shape === undefined) return unknown("output_shape is not known");
  const heads = headsOf(a.num_heads, a.num_heads, a.key_dim, a.value_dim || a.key_dim);
  return then(heads, on, a.output_shape ?? [on.query.last]);
}
