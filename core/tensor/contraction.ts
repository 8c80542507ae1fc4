/**
 * Shapes of products that sum over shared axes. A conflict is certain in every library that has the operation, unless
 * said; a size that is not known never makes one. Constraints: `operands-have-axes`, `inner-axes-equal`,
 * `batch-axes-broadcast`, `contracted-axes-in-range`, `contracted-axes-pair`, `contracted-axes-equal`.
 */
import { broadcastShapes } from "./broadcast.ts";
import { type Conflict, conflict, type ShapeResult } from "./conflict.ts";
import { type Dim, printDim, product, provablyDifferent } from "./dim.ts";
import { type AnyShape, hasRank, normaliseAxis, printShape, Shape } from "./shape.ts";

const both = (a: AnyShape, b: AnyShape): string => `${printShape(a)} and ${printShape(b)}`;

function innerConflict(left: Dim, right: Dim, a: Shape, b: Shape): Conflict | undefined {
  if (!provablyDifferent(left, right)) return undefined;
  return conflict("inner-axes-equal", `${printDim(left)} and ${printDim(right)}, of ${both(a, b)}`);
}

/**
 * `matmul`, `@`: the last axis of `a` with the last but one of `b`, or its only one; the axes before broadcast.
 * Source: `compute_matmul_output_shape` in keras.src.ops.operation_utils, which NumPy and TensorFlow agree with.
 */
export function matmul(a: AnyShape, b: AnyShape): ShapeResult {
  for (const shape of [a, b]) if (hasRank(shape) && shape.rank === 0) return conflict("operands-have-axes", both(a, b));
  if (!hasRank(a)) return a;
  if (!hasRank(b)) return b;
  const clash = innerConflict(a.last, b.at(b.rank === 1 ? 0 : -2), a, b);
  if (clash) return clash;
  const batch = broadcastShapes([a.slice(0, -2), b.slice(0, -2)]);
  if ("conflict" in batch) return conflict("batch-axes-broadcast", both(a, b));
  if (!hasRank(batch.shape)) return batch.shape;
  const rows: readonly Dim[] = a.rank === 1 ? [] : [a.at(-2)];
  const columns: readonly Dim[] = b.rank === 1 ? [] : [b.last];
  return batch.shape.concat([...rows, ...columns]);
}

/**
 * `dot`: the last axis of `a` with the last but one of `b`, or its only one; nothing broadcasts, and a scalar
 * multiplies. Keras's symbolic `dot` of two 1-D tensors does not compare them; its run does.
 */
export function dot(a: AnyShape, b: AnyShape): ShapeResult {
  if (hasRank(a) && a.rank === 0) return b;
  if (hasRank(b) && b.rank === 0) return a;
  if (!hasRank(a)) return a;
  if (!hasRank(b)) return b;
  const clash = innerConflict(a.last, b.at(b.rank === 1 ? 0 : -2), a, b);
  return clash ?? a.slice(0, -1).concat(b.remove(b.rank === 1 ? 0 : -2));
}

/** How many last axes of the one with first axes of the other, or which with which. */
export type ContractedAxes = number | readonly [readonly number[], readonly number[]];
/**
 * What must agree: NumPy, and Keras's symbolic form with lists, want each pair of axes equal; TensorFlow, and so Keras
 * when it runs, only the number of elements.
 */
export type Agreement = "axes" | "elements";

export function tensordot(a: AnyShape, b: AnyShape, axes: ContractedAxes, agreement: Agreement): ShapeResult {
  if (!hasRank(a)) return a;
  if (!hasRank(b)) return b;
  const pairs = contractedPairs(a, b, axes);
  if ("conflict" in pairs) return pairs;
  const left = pairs.left.map((axis) => a.at(axis));
  const right = pairs.right.map((axis) => b.at(axis));
  const differ =
    agreement === "axes"
      ? left.some((dim, i) => provablyDifferent(dim, right[i] ?? dim))
      : provablyDifferent(product(left), product(right));
  if (differ) return conflict("contracted-axes-equal", `${both(new Shape(left), new Shape(right))}, of ${both(a, b)}`);
  const rest = (shape: Shape, gone: readonly number[]) => shape.dims.filter((_, axis) => !gone.includes(axis));
  return new Shape([...rest(a, pairs.left), ...rest(b, pairs.right)]);
}

interface Pairs {
  readonly left: readonly number[];
  readonly right: readonly number[];
}
function contractedPairs(a: Shape, b: Shape, axes: ContractedAxes): Pairs | Conflict {
  const count = typeof axes === "number" ? Math.max(axes, 0) : 0;
  const range = Array.from({ length: Math.min(count, 64) }, (_, i) => i);
  const [first, second] = typeof axes === "number" ? [range.map((i) => i - count), range] : axes;
  if (first.length !== second.length)
    return conflict("contracted-axes-pair", `${first.length} axes of the one and ${second.length} of the other`);
  const left = first.map((axis) => normaliseAxis(axis, a.rank)).filter((axis) => axis !== undefined);
  const right = second.map((axis) => normaliseAxis(axis, b.rank)).filter((axis) => axis !== undefined);
  return left.length === first.length && right.length === second.length
    ? { left, right }
    : conflict("contracted-axes-in-range", both(a, b));
}
