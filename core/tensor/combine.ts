/**
 * Several tensors into one, and one into several. Constraints: `axis-in-range`, `ranks-equal`, `other-axes-equal`,
 * `shapes-equal`, `sections-divide`, `sections-positive`.
 */
import { type Conflict, conflict, isConflict, type ShapeResult, withRank } from "./conflict.ts";
import {
  type Dim,
  floorDivide,
  isUnknown,
  maximum,
  mayDivide,
  minimum,
  minus,
  NONE,
  plus,
  printDim,
  provablyDifferent,
  unknown,
} from "./dim.ts";
import {
  type AnyShape,
  hasRank,
  normaliseAxis,
  printShape,
  type Shape,
  type UnknownRank,
  unknownRank,
} from "./shape.ts";

const listed = (shapes: readonly AnyShape[]): string => shapes.map(printShape).join(" and ");

interface Ranked {
  readonly shapes: readonly Shape[];
  /** The reason of the first shape whose rank is not known. */
  readonly missing: string | undefined;
}

/** The ranked ones of the shapes, found to agree on all axes but `except`. */
function agreeing(
  shapes: readonly AnyShape[],
  except: (rank: number) => number | undefined,
  name: string,
): Ranked | Conflict {
  const ranked = shapes.filter(hasRank);
  const [first] = ranked;
  const skipped = first && except(first.rank);
  for (const shape of ranked) {
    if (!first || shape.rank !== first.rank) return conflict("ranks-equal", listed(ranked));
    if (shape.dims.some((dim, i) => i !== skipped && ranked.some((other) => provablyDifferent(dim, other.at(i)))))
      return conflict(name, listed(ranked));
  }
  return { shapes: ranked, missing: shapes.find((shape): shape is UnknownRank => !hasRank(shape))?.reason };
}

/** Each of them with what any of them knows of an axis on which all agree, as TensorFlow infers it. */
export function completed(shapes: readonly AnyShape[], except?: number): readonly AnyShape[] {
  const ranked = shapes.filter(hasRank);
  return shapes.map((shape) => {
    if (!hasRank(shape)) return shape;
    const skipped = except === undefined ? undefined : normaliseAxis(except, shape.rank);
    const known = (dim: Dim, i: number): Dim => {
      if (i === skipped || (dim !== NONE && !isUnknown(dim))) return dim;
      const others = ranked.filter((it) => it.rank === shape.rank).map((it) => it.at(i));
      return others.find((it) => it !== NONE && !isUnknown(it)) ?? others.find(isUnknown) ?? dim;
    };
    return shape.map(known);
  });
}

/**
 * `concatenate` along `axis`. The other axes are those of the first shape, as in Keras's symbolic form, though another
 * may know more. `None` anywhere along the axis gives `None`.
 */
export function concatenated(shapes: readonly AnyShape[], axis: number): ShapeResult {
  const checked = agreeing(shapes, (rank) => normaliseAxis(axis, rank), "other-axes-equal");
  if (isConflict(checked)) return checked;
  const [first] = checked.shapes;
  const index = first && normaliseAxis(axis, first.rank);
  if (first && index === undefined) return outOfRange(axis, first.rank);
  if (!first || index === undefined) return unknownRank(checked.missing ?? "nothing to concatenate");
  if (checked.missing !== undefined) return besideUnknown(first, index, checked.missing);
  const sizes = checked.shapes.map((shape) => shape.at(index));
  return first.with(index, sizes.includes(NONE) ? NONE : sizes.reduce(plus, 0));
}

/** What is not known has as many axes as the others, and their sizes; it may know more than `None`. */
const besideUnknown = (first: Shape, index: number, reason: string): Shape =>
  first.map((dim, i) => (i === index || dim === NONE ? unknown(reason) : dim));

/** `stack`: a new axis, at a place of the result. */
export function stacked(shapes: readonly AnyShape[], axis: number): ShapeResult {
  const checked = agreeing(shapes, () => undefined, "shapes-equal");
  if (isConflict(checked)) return checked;
  const [first] = checked.shapes;
  const index = first && normaliseAxis(axis, first.rank + 1);
  if (first && index === undefined) return outOfRange(axis, first.rank + 1);
  if (checked.missing !== undefined) return unknownRank(checked.missing);
  if (!first || index === undefined) return unknownRank("nothing to stack");
  return first.insert(index, shapes.length);
}
const outOfRange = (axis: number, rank: number): Conflict =>
  conflict("axis-in-range", `axis ${axis} of a tensor of rank ${rank}`);

type SplitResult = readonly Shape[] | UnknownRank | Conflict;
const onAxis = (shape: AnyShape, axis: number, sizes: (n: Dim) => readonly Dim[] | Conflict): SplitResult =>
  withRank(shape, (it): SplitResult => {
    const index = normaliseAxis(axis, it.rank);
    if (index === undefined) return outOfRange(axis, it.rank);
    const parts = sizes(it.at(index));
    return "conflict" in parts ? parts : parts.map((size) => it.with(index, size));
  });

/** No split met in practice has more parts; a bound on work. */
const MAX_PARTS = 4096;

/**
 * `split` into equal sections; they must divide the axis. Source: `_compute_split_output_spec` in keras.src.ops.numpy.
 */
export const splitEvenly = (shape: AnyShape, sections: number, axis: number): SplitResult =>
  onAxis(shape, axis, (n) => {
    if (!(sections >= 1)) return conflict("sections-positive", `${sections} sections`);
    if (!mayDivide(sections, n)) return conflict("sections-divide", `${sections} sections of ${printDim(n)}`);
    return Array<Dim>(Math.min(sections, MAX_PARTS)).fill(floorDivide(n, sections));
  });

/** `array_split`: sections as equal as can be, the longer ones first: the i-th has ⌊(n + k − 1 − i) / k⌋. */
export const splitNearlyEvenly = (shape: AnyShape, sections: number, axis: number): SplitResult =>
  onAxis(shape, axis, (n) => {
    if (!(sections >= 1)) return conflict("sections-positive", `${sections} sections`);
    const size = (i: number) => floorDivide(plus(n, sections - 1 - i), sections);
    return Array.from({ length: Math.min(sections, MAX_PARTS) }, (_, i) => size(i));
  });

const fromEnd = (n: Dim, back: number): Dim => maximum(plus(n, back), 0);
/**
 * `split` at indices that do not fall. Each index beyond the end means the end, as in NumPy; of an axis of size `None`
 * the inner parts are as long as the indices say and the last is `None`, as in Keras's symbolic form.
 */
export const splitAt = (shape: AnyShape, indices: readonly Dim[], axis: number): SplitResult =>
  onAxis(shape, axis, (n) => {
    const places = indices.map((it) => (typeof it === "number" && it < 0 && n !== NONE ? fromEnd(n, it) : it));
    const ends: readonly Dim[] = [...places, n];
    const starts: readonly Dim[] = [0, ...places];
    return ends.map((end, i) => {
      const start = starts[i] ?? 0;
      if (n === NONE) return isUnknown(start) ? start : minus(end, start);
      return maximum(minus(minimum(end, n), start), 0);
    });
  });
