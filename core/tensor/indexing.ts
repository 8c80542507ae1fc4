/**
 * What `x[…]` leaves of a shape: Python's slices, integers, `None`, `...`, and arrays of indices as NumPy has them.
 * Constraints: `index-in-range`, `an-axis-per-index`, `one-ellipsis`, `index-arrays-broadcast`.
 */

import { boundsOf } from "./bounds.ts";
import { broadcastShapes } from "./broadcast.ts";
import { type Conflict, conflict, type ShapeResult } from "./conflict.ts";
import {
  ceilDivide,
  type Dim,
  isSize,
  isUnknown,
  maximum,
  minimum,
  minus,
  NONE,
  negate,
  plus,
  printDim,
  provablyLess,
  unknown,
} from "./dim.ts";
import { type AnyShape, hasRank, printShape, Shape } from "./shape.ts";

const isNatural = (dim: Dim): boolean => isSize(dim) && boundsOf(dim).low >= 0;
const isBelowZero = (dim: Dim): boolean => isSize(dim) && boundsOf(dim).high < 0;

/** One bound of a slice; nothing for one that is left out. */
export type Bound = Dim | undefined;
export interface Slice {
  readonly start?: Bound;
  readonly stop?: Bound;
  readonly step?: Bound;
}

/**
 * How many elements `n[start:stop:step]` has. `None` gives `None`, even for `[:3]`, as in Keras's symbolic form, and so
 * does a bound that is an axis of any size, as of `table[:tf.shape(x)[1]]`. A bound of which the sign is not known
 * makes the length unknown.
 */
export function sliceLength(n: Dim, { start, stop, step = 1 }: Slice): Dim {
  if (n === NONE || [start, stop, step].includes(NONE)) return NONE;
  if (step === 0) return unknown("a slice with a step of zero");
  if (isBelowZero(step)) return backwards(n, start, stop, step);
  if (!isNatural(step)) return isUnknown(step) ? step : unknown("not known which way the slice steps");
  const bounds: readonly Bound[] = [start, stop];
  const doubtful = bounds.find((bound) => bound !== undefined && !isNatural(bound) && !isBelowZero(bound));
  if (doubtful !== undefined) return unclear(doubtful);
  return ceilDivide(span(n, start, stop), step);
}
const unclear = (bound: Dim): Dim =>
  isUnknown(bound) ? bound : unknown("not known whether the slice counts from the end");

/** Forwards by ones: max(min(stop, n) − max(start, 0), 0), written so that the common slices stay short. */
function span(n: Dim, start: Bound, stop: Bound): Dim {
  const end = stop === undefined ? n : isBelowZero(stop) ? plus(n, stop) : minimum(stop, n);
  if (start === undefined || start === 0) return stop === undefined ? n : maximum(end, 0);
  if (!isBelowZero(start)) return maximum(minus(end, start), 0);
  if (stop === undefined) return minimum(negate(start), n);
  return maximum(minimum(minus(end, plus(n, start)), end), 0);
}

/** With a negative step: start clipped to [−1, n − 1] and n − 1 if left out, stop likewise and −1 if left out. */
function backwards(n: Dim, start: Bound, stop: Bound, step: Dim): Dim {
  const last = minus(n, 1);
  const clipped = (bound: Bound, omitted: Dim): Dim => {
    if (bound === undefined) return omitted;
    if (isNatural(bound)) return minimum(bound, last);
    return isBelowZero(bound) ? maximum(plus(n, bound), -1) : unclear(bound);
  };
  const length = minus(clipped(start, last), clipped(stop, -1));
  return ceilDivide(maximum(length, 0), negate(step));
}

/** One part of a subscript. */
export type Subscript =
  | { readonly kind: "index"; readonly index: Dim }
  | ({ readonly kind: "slice" } & Slice)
  | { readonly kind: "newaxis" }
  | { readonly kind: "ellipsis" }
  /** An array of integers of this shape, and which they are where that is known. */
  | { readonly kind: "array"; readonly shape: AnyShape; readonly values?: readonly number[] | undefined }
  /** A boolean array: takes as many axes as it has, and leaves one of a length that only its values know. */
  | { readonly kind: "mask"; readonly rank: number };

const axesOf = (part: Subscript): number =>
  part.kind === "newaxis" || part.kind === "ellipsis" ? 0 : part.kind === "mask" ? part.rank : 1;
const isAdvanced = (part: Subscript): boolean => part.kind === "array" || part.kind === "mask";
const isIndex = (part: Subscript): boolean => part.kind === "index";

/** With the ellipsis, given or at the end, spelled out as whole slices. A given one stays: it keeps arrays apart. */
function spelledOut(parts: readonly Subscript[], shape: Shape): readonly Subscript[] | Conflict {
  const ellipses = parts.filter((part) => part.kind === "ellipsis").length;
  if (ellipses > 1) return conflict("one-ellipsis", `${ellipses} for ${printShape(shape)}`);
  const used = parts.reduce((sum, part) => sum + axesOf(part), 0);
  if (used > shape.rank) return conflict("an-axis-per-index", `${used} indices for ${printShape(shape)}`);
  const rest = Array<Subscript>(shape.rank - used).fill({ kind: "slice" });
  if (ellipses === 0) return [...parts, ...rest];
  return parts.flatMap((part) => (part.kind === "ellipsis" ? [part, ...rest] : [part]));
}

/** Certainly past either end. */
export const outOfRange = (index: Dim, n: Dim): boolean =>
  provablyLess(minus(n, 1), index) || provablyLess(plus(index, n), 0);

/**
 * `x[parts]`. Arrays of indices broadcast together, and integers with them; their axes stand where they stood if they
 * were side by side, and first otherwise, as in NumPy.
 */
export function indexed(shape: AnyShape, parts: readonly Subscript[]): ShapeResult {
  if (!hasRank(shape)) return shape;
  const full = spelledOut(parts, shape);
  if ("conflict" in full) return full;
  const gathers = full.some(isAdvanced);
  const arrays: AnyShape[] = [];
  const dims: Dim[] = [];
  let place: number | undefined;
  let apart = false;
  let axis = 0;
  for (const [i, part] of full.entries()) {
    const n = shape.at(axis);
    axis += axesOf(part);
    const indices: readonly Dim[] =
      part.kind === "index" ? [part.index] : part.kind === "array" ? (part.values ?? []) : [];
    const past = indices.find((index) => outOfRange(index, n));
    if (past !== undefined) return conflict("index-in-range", `${printDim(past)} of ${printDim(n)} elements`);
    if (part.kind === "slice") dims.push(sliceLength(n, part));
    if (part.kind === "newaxis") dims.push(1);
    if (part.kind === "array") arrays.push(part.shape);
    if (part.kind === "mask") arrays.push(new Shape([unknown("as many as the mask has true values")]));
    if (!gathers || !(isAdvanced(part) || isIndex(part))) continue;
    const before = full[i - 1];
    apart ||= place !== undefined && !(before && (isAdvanced(before) || isIndex(before)));
    place ??= dims.length;
  }
  if (!gathers) return new Shape(dims);
  const gathered = broadcastShapes(arrays);
  if ("conflict" in gathered) return conflict("index-arrays-broadcast", arrays.map(printShape).join(" and "));
  if (!hasRank(gathered.shape)) return gathered.shape;
  const at = apart ? 0 : (place ?? 0);
  return new Shape([...dims.slice(0, at), ...gathered.shape, ...dims.slice(at)]);
}
