/** Merging in ONNX's operators. Sources: keras.src.layers.merging.base_merge, `batch_dot` in …merging.dot. */
import { type Builder, masked, needed, refuse, type Tensor } from "../../../../lowering/builder.ts";
import type { LoweringSite } from "../../define.ts";

export type Step = (g: Builder, a: Tensor, b: Tensor) => Tensor;

/** An input with fewer axes gets axes of size 1 behind its batch. */
function levelled(g: Builder, xs: readonly Tensor[]): readonly Tensor[] {
  const rank = Math.max(...xs.map((x) => x.shape.length));
  const filled = (shape: readonly number[]) => shape.toSpliced(1, 0, ...Array<number>(rank - shape.length).fill(1));
  return xs.map((x) => g.reshape(x, filled(x.shape)));
}

/** `isBlind`: Keras merges as if there were no masks, and the result's is where any of them is. */
export function merged(
  g: Builder,
  xs: readonly Tensor[],
  step: Step,
  isBlind: boolean,
  { masks }: LoweringSite,
): Tensor {
  if (!isBlind && masks.some((mask) => mask !== undefined)) refuse("its inputs have masks, which it merges too");
  const y = levelled(g, xs).reduce((sum, x) => step(g, sum, x));
  const given = masks.filter((mask) => mask !== undefined);
  if (given.length < masks.length || new Set(given.map((it) => it.shape.length)).size > 1) return y;
  return masked(
    y,
    given.reduce((a, b) => g.binary("Or", a, b, "bool")),
  );
}

/** Of tensors joined along their last axis: a step counts where it counts in one of them, or has no mask there. */
export function joinedMask(g: Builder, xs: readonly Tensor[], axis: number, { masks }: LoweringSite) {
  const given = masks.filter((mask) => mask !== undefined);
  if (given.length === 0) return undefined;
  const last = (xs[0]?.shape.length ?? 0) - 1;
  if ((axis !== -1 && axis !== last) || given.some((mask) => mask.shape.length !== last))
    return refuse("its inputs have masks, which it joins along another axis than the last");
  if (given.length === masks.length) return given.reduce((a, b) => g.binary("Or", a, b, "bool"));
  const [first] = given;
  return first && g.unary("Not", g.binary("And", first, g.unary("Not", first), "bool"));
}

/** Σ over axis i of x and axis j of y, sample by sample: the other axes of x, then those of y. */
export function batchDot(g: Builder, x: Tensor, y: Tensor, i: number, j: number): Tensor {
  const rest = (shape: readonly number[], axis: number) =>
    shape.map((_, at) => at).filter((at) => at !== 0 && at !== axis);
  const [left, right] = [rest(x.shape, i), rest(y.shape, j)];
  const sizes = (it: Tensor, axes: readonly number[]) => axes.map((axis) => needed(it.shape[axis]));
  const count = (it: Tensor, axes: readonly number[]) => sizes(it, axes).reduce((a, b) => a * b, 1);
  const batch = x.shape[0] ?? 1;
  const a = g.reshape(g.transpose(x, 0, ...left, i), [batch, count(x, left), x.shape[i] ?? 1]);
  const b = g.reshape(g.transpose(y, 0, j, ...right), [batch, y.shape[j] ?? 1, count(y, right)]);
  const shape = [batch, ...sizes(x, left), ...sizes(y, right)];
  return g.reshape(g.matmul(a, b), shape.length === 1 ? [batch, 1] : shape);
}
