/**
 * Rules that keep the elements and change their arrangement, or repeat and pad them. Constraints: `sizes-not-negative`,
 * `one-inferred-size`, `elements-kept`, `elements-divide`, `axis-in-range`, `repeats-per-element`, `pads-per-axis`.
 */

import { boundsOf } from "./bounds.ts";
import { type Conflict, conflict, type ShapeResult, withRank } from "./conflict.ts";
import {
  type Dim,
  floorDivide,
  isSize,
  isUnknown,
  mayDivide,
  NONE,
  plus,
  printDim,
  product,
  provablyDifferent,
  provablyLess,
  times,
  unknown,
} from "./dim.ts";
import { type AnyShape, hasRank, normaliseAxis, printShape, Shape } from "./shape.ts";

/** A size that may be negative may be the -1 that stands for "the rest". */
const mayBeInferred = (dim: Dim): boolean => isUnknown(dim) || (isSize(dim) && boundsOf(dim).low < 0);

function invalidTarget(target: readonly Dim[]): Conflict | undefined {
  const text = printShape(new Shape(target));
  if (target.some((dim) => provablyLess(dim, -1))) return conflict("sizes-not-negative", text);
  return target.filter((dim) => dim === -1).length > 1 ? conflict("one-inferred-size", text) : undefined;
}

/** A `None` says the answer is not a number; otherwise the first unknown says why. */
function productOf(dims: readonly Dim[]): Dim {
  return dims.includes(NONE) ? NONE : product(dims);
}

/**
 * `reshape` to `target`, in which one size may be -1. Where the shape has a `None`, as Keras's symbolic form: -1 gives
 * `None` and nothing is compared. Only sizes that certainly do not fit are a conflict.
 * Source: `compute_reshape_output_shape` in keras.src.ops.operation_utils.
 */
export function reshaped(shape: AnyShape, target: readonly Dim[]): ShapeResult {
  const invalid = invalidTarget(target);
  if (invalid) return invalid;
  const settled = target.map((dim) => (isSize(dim) && dim !== -1 && mayBeInferred(dim) ? unclear : dim));
  const elements: Dim = hasRank(shape) ? productOf(shape.dims) : unknown(shape.reason);
  const others = settled.filter((dim) => dim !== -1);
  if (!settled.includes(-1)) {
    const differ = !others.some(mayBeInferred) && provablyDifferent(elements, productOf(others));
    const broken: Conflict = {
      ...conflict("elements-kept", change(shape, target)),
      reshape: { elements, from: hasRank(shape) ? shape.dims : [], target },
    };
    return differ ? broken : new Shape(settled);
  }
  const known = productOf(others);
  if (isSize(elements) && isSize(known) && (known === 0 || !mayDivide(known, elements)))
    return {
      ...conflict("elements-divide", change(shape, target)),
      reshape: { elements, from: hasRank(shape) ? shape.dims : [], target },
    };
  const rest = elements === NONE || known === NONE ? NONE : floorDivide(elements, known);
  return new Shape(settled.map((dim) => (dim === -1 ? rest : dim)));
}
const unclear = unknown("not known whether this size is -1");
const change = (shape: AnyShape, target: readonly Dim[]): string =>
  `${printShape(shape)} to ${printShape(new Shape(target))}`;

/** All axes from `axis` on as one: `Flatten` is `flattened(shape, 1)`, `ravel` is `flattened(shape, 0)`. */
export const flattened = (shape: AnyShape, axis: number): AnyShape =>
  withRank(shape, (it): AnyShape => it.slice(0, axis).concat([productOf(it.dims.slice(axis))]));

/** `None` times anything that Keras can know is `None`. */
const scaled = (n: Dim, factor: Dim): Dim => (n === NONE ? NONE : times(n, factor));

/** `tile`: repeats the whole, axis by axis; the shorter of shape and repeats is filled with ones in front. */
export const tiled = (shape: AnyShape, repeats: readonly Dim[]): AnyShape =>
  withRank(shape, (it): AnyShape => {
    const rank = Math.max(it.rank, repeats.length);
    const ones = (n: number) => Array<Dim>(n).fill(1);
    const factors = [...ones(rank - repeats.length), ...repeats];
    return new Shape([...ones(rank - it.rank), ...it].map((dim, i) => scaled(dim, factors[i] ?? 1)));
  });

/**
 * `repeat`: every element of an axis, or of the flattened tensor, as often as `repeats` says: one number or one each.
 */
export function repeated(shape: AnyShape, repeats: Dim | readonly Dim[], axis: number | undefined): ShapeResult {
  return withRank(shape, (it): ShapeResult => {
    const flat = axis === undefined ? flattened(it, 0) : it;
    const index = hasRank(flat) ? normaliseAxis(axis ?? 0, flat.rank) : undefined;
    if (!hasRank(flat)) return flat;
    if (index === undefined) return conflict("axis-in-range", `axis ${axis} of a tensor of rank ${it.rank}`);
    const n = flat.at(index);
    const each: readonly Dim[] = isList(repeats) ? repeats : [repeats];
    const [only, ...more] = each;
    if (only !== undefined && more.length === 0) return flat.with(index, scaled(n, only));
    if (provablyDifferent(n, each.length))
      return conflict("repeats-per-element", `${each.length} repeats for ${printDim(n)} elements`);
    return flat.with(index, n === NONE ? NONE : each.reduce(plus, 0));
  });
}
const isList = (it: Dim | readonly Dim[]): it is readonly Dim[] => Array.isArray(it);

/** How much before and after an axis. */
export type PadWidth = readonly [Dim, Dim];
/** `pad`: one pair for all axes, or one for each. */
export const paddedEach = (shape: AnyShape, widths: readonly PadWidth[]): ShapeResult =>
  withRank(shape, (it): ShapeResult => {
    if (widths.length !== 1 && widths.length !== it.rank)
      return conflict("pads-per-axis", `${widths.length} for ${printShape(it)}`);
    return it.map((dim, i) => {
      const [before, after] = widths[widths.length === 1 ? 0 : i] ?? [0, 0];
      return dim === NONE ? NONE : plus(plus(dim, before), after);
    });
  });
