import { type Builder, refuse, type Tensor } from "../../../../lowering/builder.ts";
import { elements } from "../../../../lowering/graph.ts";
import { repeated } from "../../layers/families/resampling.ts";
import type { Arguments, Rule, Rules } from "./arguments.ts";
import { changedTensor, indexedTensor } from "./indexing.ts";

/** The same elements in other places: reshaped, turned, cut, joined, repeated, padded. */

/** What keeps the order of the elements: the output's shape says all. */
const reshaped: Rule = (g, a) => {
  const order = a.text("C", "order");
  if (order === "C") return g.reshape(a.x, a.output);
  if (order !== "F") return refuse(`elements in the order ${order} are not lowered`);
  return backwards(g, g.reshape(backwards(g, a.x), a.output.toReversed()));
};
const backwards = (g: Builder, x: Tensor): Tensor => g.transpose(x, ...x.shape.map((_, i) => x.shape.length - 1 - i));
const swapped = (g: Builder, x: Tensor, i: number, j: number): Tensor => {
  const order = x.shape.map((_, axis) => (axis === i ? j : axis === j ? i : axis));
  return g.transpose(x, ...order);
};
export const swappedLast = (g: Builder, x: Tensor): Tensor => swapped(g, x, x.shape.length - 2, x.shape.length - 1);

/** Pieces of an axis as long as the results are. */
const cut =
  (fixed?: number): Rule =>
  (g, a) => {
    const { x } = a;
    const axis = fixed ?? a.axis(0, x.shape.length, "axis");
    const at = fixed === 1 && x.shape.length === 1 ? 0 : axis;
    const lengths = Array.from({ length: a.count }, (_, i) => a.outputAt(i)[at] ?? 0);
    return lengths.length === 1 ? [x] : g.split(x, at, lengths);
  };
const taken: Rule = (g, a) => {
  const axis = a.axis(0, a.x.shape.length, "axis");
  return Array.from({ length: a.count }, (_, i) => g.take(a.x, axis, i));
};
const joined =
  (axisOf: (a: Arguments, rank: number) => number): Rule =>
  (g, a) => {
    const parts = a.list("xs", "values", "tensors", "arrays");
    const dtype = a.elementAt(0) ?? parts[0]?.dtype ?? "float32";
    const rank = a.output.length;
    const at = axisOf(a, rank);
    // Vectors are rows of what they are stacked into.
    const grown = parts.map((it) => (it.shape.length < rank ? g.reshape(it, padded(it.shape, rank)) : it));
    return g.concat(
      grown.map((it) => g.cast(it, dtype)),
      at,
    );
  };
const padded = (shape: readonly number[], rank: number): readonly number[] =>
  rank === 3 && shape.length === 2 ? [...shape, 1] : rank === 3 ? [1, ...shape, 1] : [1, ...shape];
const stacked: Rule = (g, a) => {
  const at = a.axis(0, a.output.length, "axis");
  const dtype = a.elementAt(0);
  const parts = a.list("x", "values", "arrays").map((it) => g.expand(dtype ? g.cast(it, dtype) : it, at));
  return g.concat(parts, at);
};

const turned: Rule = (g, a) => {
  const { x } = a;
  const axes = a.axes(x.shape.length, "axes", "perm", "pattern") ?? [];
  return axes.length === 0 ? backwards(g, x) : g.transpose(x, ...axes);
};
const moved: Rule = (g, a) => {
  const { x } = a;
  const rank = x.shape.length;
  const [from, to] = [a.axes(rank, "source") ?? [], a.axes(rank, "destination") ?? []];
  const order: number[] = x.shape.map((_, i) => i).filter((i) => !from.includes(i));
  const places = to.map((at, i) => [at, from[i] ?? 0] as const).sort(([i], [j]) => i - j);
  for (const [at, axis] of places) order.splice(at, 0, axis);
  return g.transpose(x, ...order);
};
const flipped = (g: Builder, x: Tensor, axes: readonly number[]): Tensor =>
  axes.reduce((y, axis) => g.reverse(y, axis), x);

/** What is pushed out at the end comes back at the beginning. */
function rolled(g: Builder, a: Arguments): Tensor {
  const shifts = a.numbers("shift") ?? [];
  const flat = !a.has("axis");
  const start = flat ? g.reshape(a.x, [a.x.shape.reduce((n, m) => n * m, 1)]) : a.x;
  const axes = flat ? [0] : (a.axes(start.shape.length, "axis") ?? []);
  const made = axes.reduce((x, axis, i) => {
    const n = x.shape[axis] ?? 1;
    const by = (((shifts[i] ?? shifts[0] ?? 0) % n) + n) % n || 0;
    return by === 0 ? x : g.concat([g.slice(x, axis, n - by, n), g.slice(x, axis, 0, n - by)], axis);
  }, start);
  return g.reshape(made, a.x.shape);
}
const triangle =
  (upper: boolean): Rule =>
  (g, a) => {
    const k = g.constant(a.number(0, "k"), "int64");
    return g.node("Trilu", [g.float(a.x), k], { upper: upper ? 1 : 0 });
  };
const tiled: Rule = (g, a) => {
  const { x, output } = a;
  const shape = [...Array<number>(output.length - x.shape.length).fill(1), ...x.shape];
  return g.tile(
    g.reshape(x, shape),
    output.map((n, i) => n / (shape[i] ?? 1)),
  );
};
/** Each entry so many times, or each as often as it is told. */
const again: Rule = (g, a) => {
  const flat = !a.has("axis");
  const x = flat ? g.reshape(a.x, [a.x.shape.reduce((n, m) => n * m, 1)]) : a.x;
  const axis = a.axis(0, x.shape.length, "axis");
  const counts = a.numbers("repeats", "rep") ?? [];
  if (counts.length === 1) return repeated(g, x, axis, counts[0] ?? 1);
  const places = counts.flatMap((count, i) => Array<number>(count).fill(i));
  return g.gather(x, g.constant(places, "int64"), axis);
};

/** The places that an axis's entries come from: beyond its ends it is mirrored, with the end itself or without. */
const mirrored = (n: number, before: number, behind: number, whole: boolean): readonly number[] =>
  Array.from({ length: before + n + behind }, (_, i) => {
    const at = i - before;
    if (at >= 0 && at < n) return at;
    const past = at < 0 ? -at : at - n + 1;
    const inside = whole ? past - 1 : past;
    return at < 0 ? inside : n - 1 - inside;
  });
function widened(g: Builder, a: Arguments): Tensor {
  const { x } = a;
  const rank = x.shape.length;
  const flat = a.numbers("pad_width", "paddings") ?? [];
  const pairs = Array.from({ length: rank }, (_, i): readonly [number, number] => {
    const wide = flat.length === 2 * rank ? flat.slice(2 * i, 2 * i + 2) : flat;
    return [wide[0] ?? 0, wide[1] ?? wide[0] ?? 0];
  });
  const mode = a.text("constant", "mode").toLowerCase();
  if (mode === "constant") return g.pad(x, pairs, a.number(0, "constant_values"));
  if (mode !== "reflect" && mode !== "symmetric") return refuse(`padding in the mode ${mode} is not lowered`);
  return pairs.reduce((y, [before, behind], axis) => {
    if (before + behind === 0) return y;
    const places = mirrored(y.shape[axis] ?? 0, before, behind, mode === "symmetric");
    return g.gather(y, g.constant(places, "int64"), axis);
  }, x);
}
/** A pad for the first axes behind the batch: the old backend's. */
const framed =
  (axes: number): Rule =>
  (g, a) => {
    const wide = a.numbers("padding") ?? Array<number>(2 * axes).fill(1);
    const first = a.channelsFirst ? 2 : 1;
    const pads = a.x.shape.map((_, i): readonly [number, number] => {
      const at = 2 * (i - first);
      return i < first || i >= first + axes ? [0, 0] : [wide[at] ?? 0, wide[at + 1] ?? 0];
    });
    return g.pad(a.x, pads);
  };

const parted: Rule = (g, a) => {
  const [starts, output] = [a.numbers("begin", "start_indices") ?? [], a.output];
  return output.reduce((x, n, axis) => {
    const start = starts[axis] ?? 0;
    return start === 0 && n === x.shape[axis] ? x : g.slice(x, axis, start, start + n);
  }, a.x);
};
const quarter: Rule = (g, a) => {
  const { x } = a;
  const [i = 0, j = 1] = a.axes(x.shape.length, "axes") ?? [];
  const turns = (((a.number(1, "k") % 4) + 4) % 4) as 0 | 1 | 2 | 3;
  if (turns === 0) return x;
  if (turns === 2) return flipped(g, x, [i, j]);
  return turns === 1 ? flipped(g, swapped(g, x, i, j), [i]) : swapped(g, flipped(g, x, [i]), i, j);
};
const meshed: Rule = (g, a) => {
  const parts = a.list("x", "args", "xi");
  const swap = a.text("xy", "indexing") === "xy" && parts.length > 1;
  return parts.map((it, i) => {
    const axis = swap && i < 2 ? 1 - i : i;
    const count = it.shape.reduce((n, m) => n * m, 1);
    const shape = parts.map((_, k) => (k === axis ? count : 1));
    return g.broadcastTo(g.reshape(it, shape), a.outputAt(i));
  });
};
const differences: Rule = (g, a) => {
  const axis = a.axis(-1, a.x.shape.length, "axis");
  return Array.from({ length: a.number(1, "n") }).reduce<Tensor>((x) => {
    const n = x.shape[axis] ?? 1;
    return g.subtract(g.slice(x, axis, 1, n), g.slice(x, axis, 0, n - 1));
  }, a.x);
};

export const SHAPING: Rules = {
  ...Object.fromEntries(
    "reshape expand_dims squeeze ravel batch_flatten atleast_1d atleast_2d atleast_3d"
      .split(" ")
      .map((name) => [name, reshaped]),
  ),
  view: (_, a) => (a.has("dtype") ? refuse("the bytes of an array as another type are not lowered") : a.x),
  transpose: turned,
  matrix_transpose: (g, a) => swappedLast(g, a.x),
  moveaxis: moved,
  swapaxes: (g, a) => {
    const rank = a.x.shape.length;
    return swapped(g, a.x, a.axis(0, rank, "axis1"), a.axis(1, rank, "axis2"));
  },
  flip: (g, a) => flipped(g, a.x, a.axes(a.x.shape.length, "axis", "axes") ?? a.x.shape.map((_, i) => i)),
  rot90: quarter,
  roll: rolled,
  tril: triangle(false),
  triu: triangle(true),
  concatenate: joined((a, rank) => a.axis(a.name.startsWith("keras.backend.") ? -1 : 0, rank, "axis")),
  vstack: joined(() => 0),
  hstack: joined((_, rank) => (rank === 1 ? 0 : 1)),
  dstack: joined(() => 2),
  append: (g, a) => {
    const parts = [a.tensor("x1"), a.tensor("x2")];
    if (!a.has("axis"))
      return g.concat(
        parts.map((it) => g.reshape(it, [it.shape.reduce((n, m) => n * m, 1)])),
        0,
      );
    return g.concat(parts, a.axis(0, a.output.length, "axis"));
  },
  stack: stacked,
  split: cut(),
  array_split: cut(),
  vsplit: cut(0),
  hsplit: cut(1),
  dsplit: cut(2),
  unstack: taken,
  tile: tiled,
  repeat: again,
  "K.repeat": (g, a) => g.broadcastTo(g.expand(a.x, 1), a.output),
  broadcast_to: (g, a) => g.broadcastTo(a.x, a.output),
  pad: widened,
  temporal_padding: framed(1),
  spatial_2d_padding: framed(2),
  slice: parted,
  diff: differences,
  meshgrid: meshed,
  GetItem: (g, a) => indexedTensor(g, a.x, a.value("index"), a.output, (it) => a.of(it)),
  Places: (g, a) => {
    const shape = a.output;
    const count = shape.reduce((product, n) => product * n, 1);
    return g.constant(
      Array.from({ length: count }, (_, i) => i),
      "int64",
      shape,
    );
  },
  Put: (g, a) => {
    const [x, at, part] = [a.tensor("x"), a.tensor("at"), a.tensor("part")].map((it) => g.reshape(it, [elements(it)]));
    if (x === undefined || at === undefined || part === undefined) return refuse("what is written is not known");
    return g.reshape(g.node("ScatterElements", [x, at, g.cast(part, x.dtype)], { axis: 0 }), a.output);
  },
  SetItem: (g, a) => changedTensor(g, a.tensor("x"), a.value("index"), a.tensor("value"), a.find),
};
