import { type Dim, isNamed, isUnknown, NONE, printDim, provablyDifferent, sameDim, unknown } from "./dim.ts";
import { type AnyShape, hasRank, Shape, unknownRank } from "./shape.ts";

/**
 * Two sizes on one axis that certainly cannot be stretched to each other. `axis` counts from the end: -1 is the last.
 */
export interface BroadcastConflict {
  readonly conflict: { readonly axis: number; readonly left: Dim; readonly right: Dim };
}
export type Broadcast<S extends AnyShape = AnyShape> = { readonly shape: S } | BroadcastConflict;

/** Certainly not 1, so the other side would have to be 1 or the same. */
const certainlyNotOne = (dim: Dim): boolean => provablyDifferent(dim, 1);

/** Neither is 1 and they differ, in every run: they cannot be stretched to each other. */
export const provablyClash = (a: Dim, b: Dim): boolean =>
  certainlyNotOne(a) && certainlyNotOne(b) && provablyDifferent(a, b);

/**
 * One axis of `keras.src.ops.operation_utils.broadcast_shapes`: 1 gives way; `None` gives way to a number other than 1,
 * which is what it must be at run time. A symbol that may be 1 leaves the result unknown, unless the other certainly is
 * not 1: then it is the other (where it is not, the program has failed). But a size that a reading names is taken for
 * another than 1 (`isNamed`): so two of them are the same.
 */
export function broadcastDims(a: Dim, b: Dim): Dim {
  if (a === 1) return b;
  if (b === 1 || sameDim(a, b)) return a;
  if (a === NONE && b === NONE) return NONE;
  if (certainlyNotOne(a)) return a;
  if (certainlyNotOne(b)) return b;
  if (isNamed(a)) return isNamed(b) && simpler(b, a) ? b : a;
  if (isNamed(b)) return b;
  if (isUnknown(a)) return a;
  return isUnknown(b) ? b : unknown("either side may be 1 and stretch to the other");
}

const simpler = (a: Dim, b: Dim): boolean => printDim(a).length < printDim(b).length;

function broadcastPair(a: Shape, b: Shape): Broadcast<Shape> {
  const rank = Math.max(a.rank, b.rank);
  const dims: Dim[] = [];
  for (let axis = -rank; axis < 0; axis++) {
    const left = -axis > a.rank ? 1 : a.at(axis);
    const right = -axis > b.rank ? 1 : b.at(axis);
    if (provablyClash(left, right)) return { conflict: { axis, left, right } };
    dims.push(broadcastDims(left, right));
  }
  return { shape: new Shape(dims) };
}

/**
 * NumPy's broadcasting of any number of shapes, aligned at the last axis; a conflict only where it is certain, the axis
 * of the first pair that clashes. Of no shapes: `()`. An unknown rank makes the result unknown, but not the conflicts
 * between the others.
 */
export function broadcastShapes(shapes: Iterable<AnyShape>): Broadcast {
  let result = new Shape([]);
  let unknownReason: string | undefined;
  const lasts: (Dim | undefined)[] = [];
  for (const shape of shapes) {
    lasts.push(hasRank(shape) ? (shape.dims.at(-1) ?? 1) : shape.last);
    if (!hasRank(shape)) {
      unknownReason ??= shape.reason;
      continue;
    }
    const pair = broadcastPair(result, shape);
    if ("conflict" in pair) return pair;
    result = pair.shape;
  }
  if (unknownReason === undefined) return { shape: result };
  const known = lasts.filter((it) => it !== undefined);
  const last = known.length === lasts.length ? known.reduce(broadcastDims) : undefined;
  return { shape: unknownRank(unknownReason, { last, isResult: true }) };
}
