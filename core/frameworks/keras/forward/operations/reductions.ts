import { type Builder, refuse, type Tensor } from "../../../../lowering/builder.ts";
import type { Arguments, Rule, Rules } from "./arguments.ts";

/** Along one axis or several: sums, means, the largest; running sums; what is in order. */

/** Whole numbers stay whole, truth values are counted, the rest are floats. */
const counted = (g: Builder, x: Tensor): Tensor => (x.dtype === "bool" ? g.cast(x, "int32") : x);
const reduced =
  (op: `Reduce${string}`, prepare: (g: Builder, x: Tensor) => Tensor = counted): Rule =>
  (g, a) =>
    g.reduce(op, prepare(g, a.x), a.along(a.x, "axis"), a.flag("keepdims"));
const floats = (g: Builder, x: Tensor): Tensor => g.float(x);
/** Whether any, or all, of bools are true: the largest, or the smallest, of 0 and 1. */
const decided = (op: "ReduceMax" | "ReduceMin"): Rule => {
  const whole = reduced(op, (g, x) => g.cast(g.cast(x, "bool"), "int32"));
  return (g, a) => g.cast(whole(g, a) as Tensor, "bool");
};
const isNan = (g: Builder, x: Tensor): Tensor => g.node("IsNaN", [x], {}, { shape: x.shape, dtype: "bool" });
/** With another number in the place of NaN. */
const without =
  (value: number) =>
  (g: Builder, x: Tensor): Tensor =>
    g.where(isNan(g, g.float(x)), g.constant(value), g.float(x));

const best =
  (op: "ArgMax" | "ArgMin"): Rule =>
  (g, a) => {
    const whole = !a.has("axis") && !a.name.startsWith("tensorflow.") && !a.name.startsWith("keras.backend.");
    const x = whole ? g.reshape(a.floats, [a.floats.shape.reduce((n, m) => n * m, 1)]) : a.floats;
    // TensorFlow counts from the first axis, the old backend from the last.
    const axis = whole ? 0 : a.axis(a.name.startsWith("keras.backend.") ? -1 : 0, x.shape.length, "axis");
    const found = g.node(op, [x], { axis, keepdims: 1 }, { shape: x.shape.with(axis, 1), dtype: "int64" });
    return g.reshape(found, a.output);
  };
/** Mean of the squared distances from the mean. */
function variance(g: Builder, x: Tensor, axes: readonly number[], keepdims: boolean): Tensor {
  const off = g.subtract(x, g.reduce("ReduceMean", x, axes, true));
  return g.reduce("ReduceMean", g.multiply(off, off), axes, keepdims);
}
const varied: Rule = (g, a) => variance(g, a.floats, a.along(a.x, "axis"), a.flag("keepdims"));
const moments: Rule = (g, a) => {
  const [x, axes, keepdims] = [a.floats, a.along(a.x, "axes"), a.flag("keepdims")];
  return [g.reduce("ReduceMean", x, axes, keepdims), variance(g, x, axes, keepdims)];
};

function normed(g: Builder, a: Arguments): Tensor {
  const [x, axes, keepdims] = [a.floats, a.along(a.x, "axis"), a.flag("keepdims")];
  const value = a.value("ord");
  const order = value === undefined || value.kind === "none" ? "2" : value.kind === "str" ? value.value : undefined;
  const ord = order ?? String(a.number(2, "ord"));
  if (ord === "2" || ord === "euclidean" || ord === "fro") {
    if (ord === "2" && a.has("ord") && axes.length === 2 && a.name !== "tensorflow.norm" && a.has("axis"))
      return refuse("the spectral norm of a matrix has no operator in ONNX");
    return g.reduce("ReduceL2", x, axes, keepdims);
  }
  if (ord === "1" && axes.length === 1) return g.reduce("ReduceL1", x, axes, keepdims);
  if (ord === "Infinity" && axes.length === 1) return g.reduce("ReduceMax", g.unary("Abs", x), axes, keepdims);
  return refuse(`a norm of order ${ord} is not lowered`);
}
/** x / max(‖x‖, √ε) */
const unit: Rule = (g, a) => {
  const x = a.floats;
  const sum = g.reduce("ReduceSumSquare", x, a.along(x, "axis"), true);
  return g.divide(x, g.unary("Sqrt", g.maximum(sum, a.number(1e-12, "epsilon"))));
};

const runningSum: Rule = (g, a) => {
  const x = counted(g, a.x);
  const whole = !a.has("axis") && a.name.startsWith("keras.ops.");
  const flat = whole ? g.reshape(x, a.output) : x;
  const axis = a.axis(0, flat.shape.length, "axis");
  const how = { exclusive: a.flag("exclusive") ? 1 : 0, reverse: a.flag("reverse") ? 1 : 0 };
  return g.node("CumSum", [flat, g.constant(axis, "int64")], how);
};
const MOST_FACTORS = 256;
const runningProduct: Rule = (g, a) => {
  const x = !a.has("axis") && a.name.startsWith("keras.ops.") ? g.reshape(a.x, a.output) : a.x;
  const axis = a.axis(0, x.shape.length, "axis");
  const n = x.shape[axis] ?? 0;
  if (a.flag("exclusive") || a.flag("reverse") || n > MOST_FACTORS)
    return refuse(`a running product that is exclusive, reversed or of more than ${MOST_FACTORS} factors`);
  const parts: Tensor[] = [];
  for (let i = 0; i < n; i++) {
    const last = parts.at(-1);
    const next = g.slice(x, axis, i, i + 1);
    parts.push(last === undefined ? next : g.multiply(last, next));
  }
  return parts.length === 0 ? x : g.concat(parts, axis);
};

/** The k largest, or smallest, along an axis, and where they are: of equal ones the first first. */
function chosen(g: Builder, x: Tensor, axis: number, k: number, largest: boolean): readonly [Tensor, Tensor] {
  const shape = x.shape.with(axis, k);
  const made = g.several("TopK", [x, g.constant([k], "int64")], { axis, largest: largest ? 1 : 0, sorted: 1 }, [
    { shape, dtype: x.dtype },
    { shape, dtype: "int64" },
  ]);
  return [made[0] as Tensor, made[1] as Tensor];
}
const inOrder =
  (which: 0 | 1): Rule =>
  (g, a) => {
    const x = a.floats;
    const flat = a.value("axis")?.kind === "none" && x.shape.length !== 1 ? g.reshape(x, a.output) : x;
    const axis = a.axis(-1, flat.shape.length, "axis");
    const falling = a.text("ASCENDING", "direction") === "DESCENDING";
    return chosen(g, flat, axis, flat.shape[axis] ?? 1, falling)[which];
  };

const along =
  (op: "Softmax" | "LogSoftmax"): Rule =>
  (g, a) => {
    const x = a.floats;
    const [only, ...more] = a.axes(x.shape.length, "axis") ?? [x.shape.length - 1];
    return more.length > 0 ? refuse("a softmax along several axes") : g.node(op, [x], { axis: only ?? 0 });
  };

export const REDUCTIONS: Rules = {
  mean: reduced("ReduceMean", floats),
  sum: reduced("ReduceSum"),
  max: reduced("ReduceMax"),
  min: reduced("ReduceMin"),
  prod: reduced("ReduceProd"),
  any: decided("ReduceMax"),
  all: decided("ReduceMin"),
  logsumexp: reduced("ReduceLogSumExp", floats),
  euclidean_norm: reduced("ReduceL2", floats),
  nansum: reduced("ReduceSum", without(0)),
  nanprod: reduced("ReduceProd", without(1)),
  nanmax: reduced("ReduceMax", without(Number.NEGATIVE_INFINITY)),
  nanmin: reduced("ReduceMin", without(Number.POSITIVE_INFINITY)),
  nanmean: (g, a) => {
    const [x, axes, keepdims] = [a.floats, a.along(a.x, "axis"), a.flag("keepdims")];
    const counts = g.float(g.unary("Not", isNan(g, x)));
    return g.divide(
      g.reduce("ReduceSum", without(0)(g, x), axes, keepdims),
      g.reduce("ReduceSum", counts, axes, keepdims),
    );
  },
  var: varied,
  std: (g, a) => g.unary("Sqrt", varied(g, a) as Tensor),
  moments,
  ptp: (g, a) => {
    const [axes, keepdims] = [a.along(a.x, "axis"), a.flag("keepdims")];
    return g.subtract(g.reduce("ReduceMax", a.x, axes, keepdims), g.reduce("ReduceMin", a.x, axes, keepdims));
  },
  norm: normed,
  l2_normalize: unit,
  l2_loss: (g, a) => g.divide(g.reduce("ReduceSumSquare", a.floats, a.along(a.x)), 2),
  count_nonzero: reduced("ReduceSum", (g, x) => g.cast(g.cast(x, "bool"), "int32")),
  zero_fraction: reduced("ReduceMean", (g, x) => g.float(g.binary("Equal", x, 0, "bool"))),
  average: (g, a) => {
    const [x, axes] = [a.floats, a.along(a.x, "axis")];
    if (!a.has("weights")) return g.reduce("ReduceMean", x, axes);
    const weights = g.float(a.tensor("weights"));
    const [axis = 0] = axes;
    const shape = x.shape.map((n, i) => (i === axis ? n : 1));
    const spread = weights.shape.length === 1 && x.shape.length > 1 ? g.reshape(weights, shape) : weights;
    const full = g.broadcastTo(spread, x.shape);
    return g.divide(g.reduce("ReduceSum", g.multiply(x, full), axes), g.reduce("ReduceSum", full, axes));
  },
  argmax: best("ArgMax"),
  argmin: best("ArgMin"),
  cumsum: runningSum,
  cumprod: runningProduct,
  sort: inOrder(0),
  argsort: inOrder(1),
  top_k: (g, a) => chosen(g, a.floats, a.x.shape.length - 1, a.number(1, "k"), true),
  in_top_k: (g, a) => {
    const [targets, predictions] = [a.tensor("targets"), g.float(a.tensor("predictions"))];
    const own = g.node(
      "GatherElements",
      [predictions, g.expand(g.cast(targets, "int64"), 1)],
      { axis: 1 },
      {
        shape: [targets.shape[0] ?? 1, 1],
      },
    );
    const above = g.cast(g.binary("Greater", predictions, own, "bool"), "int32");
    return g.binary("Less", g.reduce("ReduceSum", above, [1]), a.number(1, "k"), "bool");
  },
  softmax: along("Softmax"),
  log_softmax: along("LogSoftmax"),
};
