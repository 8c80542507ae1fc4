import { type Builder, refuse, type Tensor } from "../../../../lowering/builder.ts";
import type { Arguments } from "./arguments.ts";
import { counted, type Rule, type Rules, table } from "./arguments.ts";
import { putAt } from "./indexing.ts";

/** Entries that are named by numbers: taken, put, counted, marked. */

const whole = (g: Builder, x: Tensor): Tensor => g.cast(x, "int64");

/** One entry for each index; with batch axes, out of the index's own row of them. */
const taken: Rule = (g, a) => {
  const [x, indices] = [a.tensor("x", "params", "reference", "a"), whole(g, a.tensor("indices", "ids"))];
  const rank = x.shape.length;
  const batch = counted(a.number(0, "batch_dims"), indices.shape.length);
  const flat = !a.has("axis") && /^(keras\.ops|numpy)\./.test(a.name);
  if (flat) return g.gather(g.reshape(x, [x.shape.reduce((n, m) => n * m, 1)]), indices, 0);
  const axis = a.axis(batch, rank, "axis");
  if (batch === 0) return g.gather(x, indices, axis);
  if (axis !== batch) return refuse("gathering by batches along a later axis is not lowered");
  return named(g, x, g.expand(indices, indices.shape.length), batch);
};
/** `GatherND`: the last axis of the indices names a place in the axes behind the batch. */
function named(g: Builder, x: Tensor, indices: Tensor, batch: number): Tensor {
  const depth = indices.shape.at(-1) ?? 0;
  const shape = [...indices.shape.slice(0, -1), ...x.shape.slice(batch + depth)];
  return g.node("GatherND", [x, whole(g, indices)], { batch_dims: batch }, { shape, dtype: x.dtype });
}
const alongAxis: Rule = (g, a) => {
  const [x, indices] = [a.tensor("x"), whole(g, a.tensor("indices"))];
  const axis = a.axis(-1, x.shape.length, "axis");
  if (x.shape.length !== indices.shape.length) return refuse("indices of another rank are not lowered");
  const full = g.broadcastTo(
    x,
    x.shape.map((n, i) => (i === axis ? n : Math.max(n, indices.shape[i] ?? 1))),
  );
  const places = g.broadcastTo(indices, full.shape.with(axis, indices.shape[axis] ?? 1));
  return g.node("GatherElements", [full, places], { axis }, { shape: places.shape, dtype: x.dtype });
};

/** `reduction`: what becomes of an entry that is named twice, and of the one that was there. */
const put = (g: Builder, into: Tensor, indices: Tensor, updates: Tensor, reduction: string): Tensor =>
  g.node("ScatterND", [into, whole(g, indices), g.cast(updates, into.dtype)], { reduction });
const zeros = (g: Builder, a: Arguments, value = 0): Tensor => g.broadcastTo(g.constant(value), a.output);
const scattered =
  (reduction: string): Rule =>
  (g, a) =>
    put(g, a.tensor("tensor", "inputs"), a.tensor("indices"), a.tensor("updates"), reduction);
const collected: Rule = (g, a) => put(g, zeros(g, a), a.tensor("indices"), a.tensor("updates", "values"), "add");

/** Rows of one segment become one: added, multiplied, or the largest or smallest. */
const segmented =
  (reduction: string, start: number): Rule =>
  (g, a) => {
    const ids = a.tensor("segment_ids");
    return put(g, zeros(g, a, start), g.expand(ids, ids.shape.length), g.float(a.tensor("data")), reduction);
  };
const segmentMean: Rule = (g, a) => {
  const ids = a.tensor("segment_ids");
  const data = g.float(a.tensor("data"));
  const indices = g.expand(ids, ids.shape.length);
  const sum = put(g, zeros(g, a), indices, data, "add");
  const ones = g.broadcastTo(g.constant(1), data.shape);
  return g.divide(sum, g.maximum(put(g, zeros(g, a), indices, ones, "add"), 1));
};

const oneHot: Rule = (g, a) => {
  const x = a.tensor("x", "indices");
  const axis = a.axis(-1, a.output.length, "axis");
  const depth = a.output[axis] ?? refuse("how many classes there are is not known");
  const shape = a.output.map((_, i) => (i === axis ? depth : 1));
  const isIt = g.binary(
    "Equal",
    g.expand(whole(g, x), axis),
    table(g, shape, (i) => i, "int64"),
    "bool",
  );
  const [on, off] = [a.number(1, "on_value"), a.number(0, "off_value")];
  return g.where(isIt, g.constant(on), g.constant(off));
};
const multiHot: Rule = (g, a) => {
  const x = a.tensor("inputs", "x");
  const { length: rank } = x.shape;
  const depth = a.number(1, "num_classes", "num_tokens");
  const axis = a.axis(-1, rank + 1, "axis");
  const shape = Array.from({ length: rank + 1 }, (_, i) => (i === axis ? depth : 1));
  const range = table(g, shape, (i) => i, "int64");
  const isIt = g.cast(g.binary("Equal", g.expand(whole(g, x), axis), range, "bool"), "float32");
  // Keras takes the second axis for the labels of one sample, whatever the rank.
  return rank === 0 ? isIt : g.reduce("ReduceMax", isIt, [rank > 1 ? 1 : 0]);
};
/** The first ⟨length⟩ places are true. */
const sequenceMask: Rule = (g, a) => {
  const lengths = whole(g, a.tensor("lengths"));
  const longest = a.output.at(-1) ?? 0;
  return g.binary(
    "Less",
    table(g, [longest], (i) => i, "int64"),
    g.expand(lengths, lengths.shape.length),
    "bool",
  );
};

/** Where a mask is true that the program writes; of another it shows only when it runs how many there are. */
const whereTrue: Rule = (g, a) => {
  const [x, mask] = [a.tensor("tensor"), a.value("mask")];
  if (mask?.kind === "tensor" && mask.facts?.values === undefined)
    return refuse(`how large the result of ${a.name} is shows only when it runs`);
  const values = a.numbers("mask") ?? [];
  const axis = a.axis(0, x.shape.length, "axis");
  const masked = a.tensor("mask").shape.length;
  const flat = g.reshape(x, [...x.shape.slice(0, axis), values.length, ...x.shape.slice(axis + masked)]);
  const places = values.flatMap((it, i) => (it === 0 ? [] : [i]));
  return g.gather(flat, g.constant(places, "int64"), axis);
};
/** The first choice whose condition holds. */
const selected: Rule = (g, a) => {
  const [conditions, choices] = [a.list("condlist"), a.list("choicelist")];
  const otherwise = g.broadcastTo(g.cast(g.constant(a.number(0, "default")), a.element), a.output);
  return conditions.reduceRight((rest, it, i) => {
    const choice = choices[i] ?? refuse("its choices are not known");
    return g.where(it, g.cast(choice, a.element), rest);
  }, otherwise);
};
/** A part from a place on is another. */
const partUpdated: Rule = (g, a) => {
  const [x, updates] = [a.tensor("inputs"), a.tensor("updates")];
  const start = a.numbers("start_indices") ?? [];
  const places = updates.shape.map((size, axis) => Array.from({ length: size }, (_, i) => (start[axis] ?? 0) + i));
  return putAt(g, x, places, g.cast(updates, x.dtype));
};
/** Before which of the sorted numbers each would stand. */
const searched: Rule = (g, a) => {
  const [sorted, v] = [a.tensor("sorted_sequence", "a"), a.tensor("values", "v")];
  if (sorted.shape.length !== 1) return refuse("a search in several rows is not lowered");
  const isBefore = a.text("left", "side") === "left" ? "Less" : "LessOrEqual";
  const passed = g.binary(isBefore, g.float(sorted), g.expand(g.float(v), v.shape.length), "bool");
  return g.reduce("ReduceSum", g.cast(passed, "int32"), [v.shape.length]);
};

const diagonal: Rule = (g, a) => {
  const { x } = a;
  const rank = x.shape.length;
  const [i, j] = [a.axis(0, rank, "axis1"), a.axis(1, rank, "axis2")];
  const rest = x.shape.map((_, k) => k).filter((k) => k !== i && k !== j);
  const turned = g.transpose(x, i, j, ...rest);
  const offset = a.number(0, "offset");
  const n = a.output.at(-1) ?? 0;
  const places = Array.from({ length: n }, (_, k) => [k + Math.max(-offset, 0), k + Math.max(offset, 0)]).flat();
  const found = named(g, turned, g.constant(places, "int64", [n, 2]), 0);
  return g.transpose(found, ...rest.map((_, k) => k + 1), 0);
};
/** A vector on the diagonal of zeros, or a matrix's diagonal. */
const diag: Rule = (g, a) => {
  const x = a.tensor("x", "diagonal", "v");
  const rank = a.output.length;
  const k = a.number(0, "k");
  if (rank < x.shape.length) {
    const [n = 0] = a.output;
    const places = Array.from({ length: n }, (_, i) => [i + Math.max(-k, 0), i + Math.max(k, 0)]).flat();
    return named(g, x, g.constant(places, "int64", [n, 2]), 0);
  }
  if (k !== 0) return refuse("a diagonal beside the main one is not lowered");
  const n = x.shape.at(-1) ?? 1;
  return g.multiply(
    g.expand(x, x.shape.length),
    table(g, [n, n], (at) => (at % (n + 1) === 0 ? 1 : 0), x.dtype),
  );
};
/** The diagonal of the matrices that the last two axes are. */
const lastDiagonal: Rule = (g, a) => {
  const { x } = a;
  if (a.has("k") && a.number(0, "k") !== 0) return refuse("a diagonal beside the main one is not lowered");
  const n = Math.min(x.shape.at(-1) ?? 1, x.shape.at(-2) ?? 1);
  const [rows = 1, columns = 1] = x.shape.slice(-2);
  const flat = g.reshape(x, [...x.shape.slice(0, -2), rows * columns]);
  const places = Array.from({ length: n }, (_, i) => i * (columns + 1));
  return g.gather(flat, g.constant(places, "int64", [n]), -1);
};
/** What lies so far below and above the diagonal; −1 is all of it. */
const band: Rule = (g, a) => {
  const shape = a.output;
  const [rows = 1, columns = 1] = shape.slice(-2);
  const [below, above] = [a.number(-1, "num_lower"), a.number(-1, "num_upper")];
  const keeps = (at: number): number => {
    const off = (at % columns) - Math.floor(at / columns);
    return (below < 0 || -off <= below) && (above < 0 || off <= above) ? 1 : 0;
  };
  return g.multiply(g.float(a.x), table(g, [rows, columns], keeps, "float32"));
};

export const GATHERING: Rules = {
  take: taken,
  gather_nd: (g, a) => named(g, a.tensor("params"), a.tensor("indices"), a.number(0, "batch_dims")),
  take_along_axis: alongAxis,
  tensor_scatter_nd_update: scattered("none"),
  tensor_scatter_nd_add: scattered("add"),
  scatter_update: (g, a) =>
    a.has("reduction") ? refuse("scatter_update with a reduction is not lowered") : scattered("none")(g, a),
  scatter: collected,
  scatter_nd: collected,
  segment_sum: segmented("add", 0),
  unsorted_segment_sum: segmented("add", 0),
  segment_max: segmented("max", -3.4028234663852886e38),
  segment_min: segmented("min", 3.4028234663852886e38),
  unsorted_segment_max: segmented("max", -3.4028234663852886e38),
  unsorted_segment_min: segmented("min", 3.4028234663852886e38),
  segment_prod: segmented("mul", 1),
  unsorted_segment_prod: segmented("mul", 1),
  segment_mean: segmentMean,
  unsorted_segment_mean: segmentMean,
  boolean_mask: whereTrue,
  select: selected,
  slice_update: partUpdated,
  searchsorted: searched,
  one_hot: oneHot,
  multi_hot: multiHot,
  digitize: (g, a) => {
    // How many of the bins, which grow, are not above.
    const x = g.expand(a.floats, a.x.shape.length);
    const isReached = g.binary("GreaterOrEqual", x, g.float(a.tensor("bins")), "bool");
    return g.reduce("ReduceSum", g.cast(isReached, "int32"), [x.shape.length - 1]);
  },
  sequence_mask: sequenceMask,
  diag,
  tensor_diag: diag,
  diag_part: lastDiagonal,
  matrix_diag_part: lastDiagonal,
  diagonal,
  trace: (g, a) => {
    const { x } = a;
    const [rows = 1, columns = 1] = x.shape.slice(-2);
    const last = x.shape.length - 1;
    if (a.number(0, "offset") !== 0 || (a.number(0, "axis1") !== 0 && x.shape.length !== 2))
      return refuse("a trace along other axes is not lowered");
    if (a.name.startsWith("keras.ops.") && x.shape.length !== 2) return refuse("a trace of its first axes");
    const unit = table(g, [rows, columns], (at) => (at % columns === Math.floor(at / columns) ? 1 : 0), "float32");
    return g.reduce("ReduceSum", g.multiply(g.float(x), unit), [last - 1, last]);
  },
  band_part: band,
};
