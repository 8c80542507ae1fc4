import { type Builder, refuse, type Tensor } from "../../../../lowering/builder.ts";
import { type Arguments, counted, type Rule, type Rules } from "./arguments.ts";
import { swappedLast } from "./shaping.ts";

/** Products that are summed over shared axes. */

const sizeOf = (shape: readonly number[]): number => shape.reduce((n, m) => n * m, 1);

/** Summed over `from` of x and `to` of y, pair by pair; what is left of x stands before what is left of y. */
function contracted(g: Builder, x: Tensor, from: readonly number[], y: Tensor, to: readonly number[]): Tensor {
  const left = x.shape.map((_, i) => i).filter((i) => !from.includes(i));
  const right = y.shape.map((_, i) => i).filter((i) => !to.includes(i));
  const shape = [...left.map((i) => x.shape[i] ?? 1), ...right.map((i) => y.shape[i] ?? 1)];
  const count = sizeOf(from.map((i) => x.shape[i] ?? 1));
  const rows = g.reshape(g.transpose(g.float(x), ...left, ...from), [sizeOf(shape.slice(0, left.length)), count]);
  const columns = g.reshape(g.transpose(g.float(y), ...to, ...right), [count, sizeOf(shape.slice(left.length))]);
  return g.reshape(g.matmul(rows, columns), shape);
}
/** As NumPy's: the last axis of x with the last but one of y, or with its only one. */
function dotted(g: Builder, x: Tensor, y: Tensor): Tensor {
  if (x.shape.length === 0 || y.shape.length === 0) return g.multiply(x, y);
  return contracted(g, x, [x.shape.length - 1], y, [Math.max(0, y.shape.length - 2)]);
}
const pairOf = (a: Arguments): readonly [Tensor, Tensor] => [a.tensor("x1", "a", "x"), a.tensor("x2", "b", "y")];
const dot: Rule = (g, a) => dotted(g, ...pairOf(a));

/** Vectors become matrices for the product, and what they stood for goes away again. */
function product(g: Builder, a: Arguments): Tensor {
  const [x, y] = pairOf(a);
  const turned = (it: Tensor, flags: readonly string[]): Tensor =>
    flags.some((flag) => a.flag(flag)) ? swappedLast(g, it) : it;
  const left = x.shape.length === 1 ? g.expand(x, 0) : turned(x, ["transpose_a", "adjoint_a"]);
  const right = y.shape.length === 1 ? g.expand(y, 1) : turned(y, ["transpose_b", "adjoint_b"]);
  const made = g.matmul(left, right);
  const gone = [...(x.shape.length === 1 ? [-2] : []), ...(y.shape.length === 1 ? [-1] : [])];
  return gone.length === 0 ? made : g.squeeze(made, ...gone);
}

const tensordot: Rule = (g, a) => {
  const [x, y] = pairOf(a);
  const axes = a.numbers("axes") ?? [2];
  const isCount = a.value("axes")?.kind === "int" || !a.has("axes");
  const half = axes.length / 2;
  const count = axes[0] ?? 0;
  const from = isCount ? Array.from({ length: count }, (_, i) => x.shape.length - count + i) : axes.slice(0, half);
  const to = isCount ? Array.from({ length: count }, (_, i) => i) : axes.slice(half);
  const places = (list: readonly number[], it: Tensor) => list.map((axis) => counted(axis, it.shape.length));
  return contracted(g, x, places(from, x), y, places(to, y));
};
const einsum: Rule = (g, a) => {
  const equation = a.text("", "subscripts", "equation").replace(/\s/g, "");
  const inputs = a.list("operands", "inputs").map((it) => g.float(it));
  return g.node("Einsum", inputs, { equation }, { shape: a.output });
};
/** One product for each element of the batch. Source: keras.src.legacy.backend.batch_dot. */
const batchDot: Rule = (g, a) => {
  const [x, y] = [a.tensor("x"), a.tensor("y")];
  const axes = a.numbers("axes");
  const pick = (i: number, otherwise: number) => axes?.[axes.length === 1 ? 0 : i] ?? otherwise;
  const [rank, other] = [x.shape.length, y.shape.length];
  const i = counted(pick(0, rank - 1), rank);
  const j = counted(pick(1, other === 2 ? other - 1 : other - 2), other);
  const rest = (it: Tensor, gone: number) => it.shape.map((_, k) => k).filter((k) => k !== 0 && k !== gone);
  const [left, right] = [rest(x, i), rest(y, j)];
  const [batch, count] = [x.shape[0] ?? 1, x.shape[i] ?? 1];
  const sizes = (it: Tensor, list: readonly number[]) => sizeOf(list.map((k) => it.shape[k] ?? 1));
  const rows = g.reshape(g.transpose(g.float(x), 0, ...left, i), [batch, sizes(x, left), count]);
  const columns = g.reshape(g.transpose(g.float(y), 0, j, ...right), [batch, count, sizes(y, right)]);
  return g.reshape(g.matmul(rows, columns), a.output);
};
const inner: Rule = (g, a) => {
  const [x, y] = pairOf(a);
  return contracted(g, x, [x.shape.length - 1], y, [y.shape.length - 1]);
};
const flat = (g: Builder, x: Tensor): Tensor => g.reshape(x, [sizeOf(x.shape)]);
const crossed: Rule = (g, a) => {
  const [x, y] = pairOf(a).map((it) => g.float(it));
  if (x === undefined || y === undefined || x.shape.at(-1) !== 3 || y.shape.at(-1) !== 3)
    return refuse("a cross product of vectors of 2 is not lowered");
  const after = (it: Tensor, by: number) =>
    g.gather(it, g.constant([by % 3, (by + 1) % 3, (by + 2) % 3], "int64"), it.shape.length - 1);
  return g.subtract(g.multiply(after(x, 1), after(y, 2)), g.multiply(after(x, 2), after(y, 1)));
};

export const CONTRACTION: Rules = {
  matmul: product,
  dot,
  tensordot,
  einsum,
  batch_dot: batchDot,
  inner,
  outer: (g, a) => {
    const [x, y] = pairOf(a).map((it) => flat(g, g.float(it)));
    return x === undefined || y === undefined ? refuse("an outer product of two") : g.multiply(g.expand(x, 1), y);
  },
  vdot: (g, a) => {
    const [x, y] = pairOf(a).map((it) => flat(g, g.float(it)));
    return x === undefined || y === undefined ? refuse("a product of two") : contracted(g, x, [0], y, [0]);
  },
  matvec: (g, a) => {
    const x = a.flag("transpose_a") ? swappedLast(g, a.tensor("a")) : a.tensor("a");
    return g.squeeze(g.matmul(x, g.expand(a.tensor("b"), a.tensor("b").shape.length)), -1);
  },
  cross: crossed,
  det: (g, a) => g.node("Det", [a.floats], {}, { shape: a.output }),
};
