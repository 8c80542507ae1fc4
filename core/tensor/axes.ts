/**
 * Rules that take axes away, add them and reorder them. Axes count from the end where negative. Constraints:
 * `axis-in-range`, `axes-distinct`, `axes-permute`, `axes-pair`, `squeezed-axis-is-one`.
 */
import { type Conflict, conflict, type ShapeResult, withRank } from "./conflict.ts";
import { NONE, printDim, provablyDifferent } from "./dim.ts";
import { type AnyShape, normaliseAxis, printShape, Shape, unknownRank } from "./shape.ts";

/** All axes counted from 0, each once. */
export function normaliseAxes(axes: readonly number[], rank: number): readonly number[] | Conflict {
  const result: number[] = [];
  for (const axis of axes) {
    const index = normaliseAxis(axis, rank);
    if (index === undefined) return conflict("axis-in-range", `axis ${axis} of a tensor of rank ${rank}`);
    if (result.includes(index)) return conflict("axes-distinct", `axis ${axis} is named twice`);
    result.push(index);
  }
  return result;
}

/** `sum`, `mean`, `max`, …: over `axes`, or over all. Source: `reduce_shape` in keras.src.ops.operation_utils. */
export const reduced = (shape: AnyShape, axes: readonly number[] | undefined, keepdims: boolean): ShapeResult => {
  if (axes === undefined && !keepdims) return new Shape([]);
  return withRank(shape, (it): ShapeResult => {
    const gone = axes === undefined ? it.dims.map((_, i) => i) : normaliseAxes(axes, it.rank);
    if ("conflict" in gone) return gone;
    return keepdims
      ? it.map((dim, i) => (gone.includes(i) ? 1 : dim))
      : new Shape(it.dims.filter((_, i) => !gone.includes(i)));
  });
};

/**
 * `squeeze`: the named axes, or all of size 1. An axis that may or may not be 1 leaves the rank unknown, but `None`
 * stays, as in Keras. Keras's symbolic form rejects a named axis of size `None`; that is not a conflict here, since it
 * runs.
 */
export const squeezed = (shape: AnyShape, axes: readonly number[] | undefined): ShapeResult =>
  withRank(shape, (it): ShapeResult => {
    if (axes === undefined) {
      const unclear = it.dims.find((dim) => dim !== NONE && dim !== 1 && !provablyDifferent(dim, 1));
      return unclear === undefined
        ? new Shape(it.dims.filter((dim) => dim !== 1))
        : unknownRank(`not known whether an axis of ${printShape(it)} has size 1`);
    }
    const gone = normaliseAxes(axes, it.rank);
    if ("conflict" in gone) return gone;
    const wide = gone.find((axis) => provablyDifferent(it.at(axis), 1));
    if (wide !== undefined)
      return conflict("squeezed-axis-is-one", `axis ${wide} of ${printShape(it)} is ${printDim(it.at(wide))}`);
    return new Shape(it.dims.filter((_, i) => !gone.includes(i)));
  });

/** `expand_dims`: new axes of size 1; `axes` are places in the result. Source: `compute_expand_dims_output_shape`. */
export const expanded = (shape: AnyShape, axes: readonly number[]): ShapeResult =>
  withRank(shape, (it): ShapeResult => {
    const fresh = normaliseAxes(axes, it.rank + axes.length);
    if ("conflict" in fresh) return fresh;
    return [...fresh].sort((a, b) => a - b).reduce((result, axis) => result.insert(axis, 1), it);
  });

/** `transpose`: reorders the axes, or reverses them. Source: `compute_transpose_output_shape`. */
export const transposed = (shape: AnyShape, axes: readonly number[] | undefined): ShapeResult =>
  withRank(shape, (it): ShapeResult => {
    if (axes === undefined) return new Shape(it.dims.toReversed());
    const order = normaliseAxes(axes, it.rank);
    if ("conflict" in order || order.length !== it.rank)
      return conflict("axes-permute", `(${axes.join(", ")}) for ${printShape(it)}`);
    return new Shape(order.map((axis) => it.at(axis)));
  });

/** `moveaxis`: each source axis to its destination, the others in order around them. */
export const moved = (shape: AnyShape, source: readonly number[], destination: readonly number[]): ShapeResult =>
  withRank(shape, (it): ShapeResult => {
    if (source.length !== destination.length)
      return conflict("axes-pair", `${source.length} axes to ${destination.length} places`);
    const from = normaliseAxes(source, it.rank);
    if ("conflict" in from) return from;
    const to = normaliseAxes(destination, it.rank);
    if ("conflict" in to) return to;
    const others = it.dims.map((_, i) => i).filter((i) => !from.includes(i));
    const order = it.dims.map((_, i) => (to.includes(i) ? from[to.indexOf(i)] : others.shift()));
    return new Shape(order.map((axis) => it.at(axis ?? 0)));
  });

export const swapped = (shape: AnyShape, first: number, second: number): ShapeResult =>
  withRank(shape, (it): ShapeResult => {
    const [a, b] = [normaliseAxis(first, it.rank), normaliseAxis(second, it.rank)];
    return a === undefined || b === undefined
      ? conflict("axis-in-range", `axes ${first} and ${second} of a tensor of rank ${it.rank}`)
      : it.map((dim, i) => (i === a ? it.at(b) : i === b ? it.at(a) : dim));
  });
