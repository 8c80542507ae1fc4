import * as axes from "../../../tensor/axes.ts";
import { isConflict } from "../../../tensor/conflict.ts";
import { dot } from "../../../tensor/contraction.ts";
import { type Dim, NONE, provablyDifferent, times } from "../../../tensor/dim.ts";
import { type AnyShape, hasRank, printShape, Shape } from "../../../tensor/shape.ts";
import { padded } from "../../../tensor/window.ts";
import { arithmetic, converted, joined, kept as keptFacts, sizeFacts } from "../../operation/facts.ts";
import type { SizeFacts } from "../../operation/operand.ts";
import { range, rangeFacts } from "../../operation/ranges.ts";
import type { Reader } from "../../operation/reader.ts";
import {
  along,
  broadcast,
  concat,
  conflict,
  expandDims,
  filled,
  like,
  ravel,
  reduce,
  repeat,
  reshape,
  squeeze,
  stack,
  target,
  tile,
  transpose,
  withRank,
} from "../../operation/shapes.ts";
import type { DTypeRule, ShapeRule } from "../../operation.ts";
import { matrices } from "../../tensorflow/operators.ts";
import { always, bool, given, kept, mapped, numericWhenRun, promoted, realWhenRun } from "./dtypes.ts";
import { each, type Rules, rule } from "./table.ts";

/** `keras.backend`, as `tf.keras` keeps it for old programs: TensorFlow's functions with arguments of its own. */

const x = like();
const ofAll = (xs: string) => (a: Reader) => a.library.promoted(a.operands(xs));
const RANGE = { start: "start", stop: "stop", step: "step" };

/** `K.dot`: of tensors with more than two axes, the last of x with the last but one of y. */
const dotted: ShapeRule = (a) => {
  const [p, q] = [a.shape("x"), a.shape("y")];
  if (!hasRank(p) || !hasRank(q) || (p.rank <= 2 && q.rank <= 2)) return matrices(p, q);
  return dot(p, q);
};
/** `K.batch_dot`: one product for each element of the batch. Source: keras.src.legacy.backend.batch_dot. */
const batchDot: ShapeRule = (a) => {
  const [p, q] = [a.shape("x"), a.shape("y")];
  if (!hasRank(p) || !hasRank(q)) return hasRank(p) ? q : p;
  const chosen = a.axes("axes");
  const pick = (i: number, otherwise: number): number => chosen?.[chosen.length === 1 ? 0 : i] ?? otherwise;
  const left = pick(0, p.rank - 1);
  const right = pick(1, q.rank === 2 ? q.rank - 1 : q.rank - 2);
  const [i, j] = [left < 0 ? left + p.rank : left, right < 0 ? right + q.rank : right];
  if (i >= p.rank || j >= q.rank || i < 0 || j < 0)
    return conflict("axis-in-range", `axes ${left} and ${right} of ${printShape(p)} and ${printShape(q)}`);
  if (provablyDifferent(p.at(i), q.at(j)))
    return conflict("contracted-axes-equal", `${printShape(p)} and ${printShape(q)} along ${i} and ${j}`);
  const rest = [...p.dims.slice(1).filter((_, k) => k + 1 !== i), ...q.dims.slice(1).filter((_, k) => k + 1 !== j)];
  return new Shape([p.at(0), ...(rest.length === 0 ? [1] : rest)]);
};
const biased: ShapeRule = (a) => a.shape("x");
const shapeOf: ShapeRule = (a) => withRank(a.shape("x"), (it) => new Shape([it.rank]));
const sizes = (a: Reader): SizeFacts | undefined => {
  const shape = a.shape("x");
  return hasRank(shape) ? sizeFacts([...shape]) : undefined;
};
const reversed: ShapeRule = (a) => {
  const reduced = axes.reduced(a.shape("x"), a.axes("axes"), true);
  return isConflict(reduced) ? reduced : a.shape("x");
};
const batchFlat: ShapeRule = (a) => reshapeFlat(a.shape("x"));
/** It multiplies what `tf.shape` gives, of which TensorFlow knows nothing until every size is known. */
const reshapeFlat = (shape: AnyShape): AnyShape =>
  withRank(
    shape,
    (it) => new Shape(it.dims.includes(NONE) ? [NONE, NONE] : [it.at(0), it.slice(1).dims.reduce<Dim>(times, 1)]),
  );
const chosen: ShapeRule = (a) => {
  if (a.operand("condition").isLiteral) return a.doubts("a condition that is no tensor");
  const [condition, x, y] = ["condition", "then_expression", "else_expression"].map((name) => a.shape(name));
  const isSame = x !== undefined && y !== undefined && printShape(x) === printShape(y);
  // One truth value picks one of the two, whatever their shapes.
  if (condition !== undefined && !isSame && (!hasRank(condition) || condition.rank === 0))
    return a.doubts("which of the two it is hangs on a value");
  return broadcast("then_expression", "else_expression")(a);
};
const tiled: ShapeRule = (a) => {
  const [shape, count] = [a.shape("x"), a.sizes("n").length];
  return hasRank(shape) && shape.rank !== count
    ? conflict("tiles-per-axis", `${count} for ${printShape(shape)}`)
    : tile("x", "n")(a);
};
const repeated: ShapeRule = (a) => withRank(a.shape("x"), (it) => it.insert(1, a.size("n")));

const widened = (n: Dim, sides: readonly number[] | undefined): Dim => padded(n, sides?.[0] ?? 0, sides?.[1] ?? 0);

/** "int32" is what it says where nothing is asked for: then the ends decide. */
const counted: DTypeRule = (a) => {
  const asked = a.type("dtype", undefined);
  if (asked !== "int32") return asked;
  const ends = ["start", "stop", "step"].filter((name) => a.has(name)).flatMap((name) => a.operand(name).leaves);
  return ends.includes("float") ? "float32" : ends.every((it) => it === "int") ? asked : undefined;
};

const realOrBool = (a: Reader) => (a.dtype("x") === "bool" ? undefined : realWhenRun("x")(a));

export const BACKEND: Rules = {
  ...each("abs square sign relu round", x, kept()),
  ...each("exp log sqrt cos sin elu sigmoid tanh softplus softsign hard_sigmoid", x, kept(), {
    requires: realWhenRun("x"),
  }),
  softmax: rule((a) => {
    const shape = a.shape("x");
    return hasRank(shape) && shape.rank < 2
      ? conflict("rank-at-least", `${printShape(shape)}, where 2 are wanted`)
      : along()(a);
  }, kept()),
  l2_normalize: rule(along(), kept(), { requires: realWhenRun("x") }),
  ...each("sum max min prod", reduce(), kept(), { requires: numericWhenRun("x") }),
  mean: rule(
    reduce(),
    mapped((it) => (it === "bool" ? "float32" : it), "x"),
  ),
  ...each(
    "std var",
    reduce(),
    mapped((it) => (it === "bool" ? "float32" : it), "x"),
    { requires: realOrBool },
  ),
  logsumexp: rule(reduce(), kept(), { requires: realWhenRun("x") }),
  ...each("any all", reduce(), bool),
  ...each("argmax argmin", (a) => axes.reduced(a.shape("x"), a.axes("axis") ?? [0], false), always("int64")),
  ...each("cumsum cumprod", along(), kept()),
  pow: rule(broadcast("x", "a"), kept()),
  clip: rule(x, kept()),
  cast: rule(x, given("float32"), { facts: converted("x", "dtype") }),
  cast_to_floatx: rule(x, always("float32")),
  ...each("maximum minimum", broadcast("x", "y"), promoted("x", "y"), { facts: arithmetic("max", "x", "y") }),
  ...each("equal not_equal greater greater_equal less less_equal", broadcast("x", "y"), bool),
  dot: rule(dotted, promoted("x", "y")),
  batch_dot: rule(batchDot, promoted("x", "y")),
  bias_add: rule(biased, kept()),
  stop_gradient: rule(like("variables"), kept("variables")),
  dropout: rule(x, kept()),
  identity: rule(x, kept()),

  reshape: rule(reshape(), kept(), { facts: keptFacts(), meant: target("shape") }),
  permute_dimensions: rule(transpose("x", "pattern"), kept()),
  transpose: rule((a) => axes.transposed(a.shape("x"), undefined), kept()),
  expand_dims: rule(expandDims(), kept(), { facts: keptFacts() }),
  squeeze: rule(squeeze(), kept(), { facts: keptFacts() }),
  flatten: rule(ravel(), kept()),
  batch_flatten: rule(batchFlat, kept()),
  concatenate: rule(concat("tensors"), ofAll("tensors"), { facts: joined("tensors") }),
  stack: rule(stack("x"), ofAll("x"), { facts: joined("x") }),
  tile: rule(tiled, kept()),
  repeat: rule(repeated, kept()),
  repeat_elements: rule(repeat("x", "rep", "axis"), kept()),
  reverse: rule(reversed, kept()),
  gather: rule(
    (a) => withRank(a.shape("reference"), (it) => withRank(a.shape("indices"), (at) => at.concat(it.slice(1)))),
    kept("reference"),
  ),
  one_hot: rule((a) => withRank(a.shape("indices"), (it) => it.concat([a.size("num_classes")])), always("float32")),
  switch: rule(chosen, promoted("then_expression", "else_expression")),
  // Outside of training, as a model is built, it is the other one; where that is a function, the first tells.
  in_train_phase: rule((a) => {
    const alt = a.shape("alt");
    return hasRank(alt) ? alt : a.shape("x");
  }, kept("alt")),
  in_test_phase: rule((a) => a.shape("x"), kept()),

  temporal_padding: rule(
    (a) => withRank(a.shape("x"), (it) => it.with(1, widened(it.at(1), a.axes("padding")))),
    kept(),
  ),
  batch_normalization: rule(
    (a) => broadcast(...["x", "mean", "var", "beta", "gamma"].filter((name) => a.has(name)))(a),
    kept(),
  ),

  shape: rule(shapeOf, always("int32"), { facts: sizes }),
  ...each("zeros ones", filled(), given("float32")),
  ...each("zeros_like ones_like", x, given(kept())),
  eye: rule((a) => new Shape([a.size("size"), a.size("size")]), given("float32")),
  arange: rule(range(RANGE, true), counted, { facts: rangeFacts(RANGE) }),
  constant: rule((a) => (a.has("shape") ? new Shape(a.sizes("shape")) : a.shape("value")), given("float32"), {
    facts: (a) => (a.has("shape") ? undefined : keptFacts("value")(a)),
  }),
  variable: rule(like("value"), given("float32")),
  placeholder: rule((a) => {
    if (!a.has("shape")) a.doubts("a placeholder without a shape");
    return new Shape(a.sizes("shape"));
  }, given("float32")),
  ...each("random_normal random_uniform random_bernoulli truncated_normal random_binomial", filled(), given("float32")),
  binary_crossentropy: rule(broadcast("target", "output"), kept("output")),
  categorical_crossentropy: rule(
    (a) => withRank(a.shape("output"), (it) => it.remove(a.integer("axis"))),
    kept("output"),
  ),
  sparse_categorical_crossentropy: rule(
    (a) => withRank(a.shape("output"), (it) => it.remove(a.integer("axis"))),
    kept("output"),
  ),
};
