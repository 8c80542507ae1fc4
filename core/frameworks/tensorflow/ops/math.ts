import type { Conflict } from "../../../tensor/conflict.ts";
import { matmul } from "../../../tensor/contraction.ts";
import { type Dim, NONE, plus, printDim, provablyDifferent, unknown } from "../../../tensor/dim.ts";
import { isFloat } from "../../../tensor/dtype.ts";
import { type AnyShape, hasRank, isOther, normaliseAxis, printShape, Shape } from "../../../tensor/shape.ts";
import { arithmetic, COMPARISONS, halfToEven, productOf, summedUp, wholeIn } from "../../operation/facts.ts";
import type { Reader } from "../../operation/reader.ts";
import {
  along,
  broadcast,
  conflict,
  einsumOf,
  isConflict,
  like,
  ofMatrix,
  reduce,
  scalar,
  tensordot,
  withRank,
} from "../../operation/shapes.ts";
import type { ShapeRule, Shapes } from "../../operation.ts";
import { matrices, quotient } from "../operators.ts";
import {
  always,
  bool,
  both,
  converted,
  decided,
  each,
  equalTypes,
  firstDecides,
  float32Unless,
  given,
  isBool,
  isNumeric,
  isReal,
  isSigned,
  type Lines,
  line,
  meeting,
  numericPair,
  same,
  together,
} from "../rules.ts";
import { realOf } from "./signal.ts";

const pair = broadcast("x", "y");
const type = together("x", "y");
const meets = { requires: meeting("x", "y") };
const numbers = both(meeting("x", "y"), numericPair("x", "y"));
const meetsNumbers = { requires: numbers };
const realPair =
  (x: string, y: string) =>
  (a: Reader): Conflict | undefined => {
    const dtype = a.promoted(x, y);
    return dtype !== undefined && !isFloat(dtype) ? conflict("dtype-fits", dtype) : undefined;
  };
/** There is no form for the narrow integers. */
const wideEnough = (a: Reader): Conflict | undefined => {
  const dtype = a.promoted("x", "y");
  return dtype !== undefined && /int(8|16)$/.test(dtype) ? conflict("dtype-fits", dtype) : undefined;
};
const reduced = reduce("input_tensor");
const REDUCTION = "input_tensor, axis=None, keepdims=False";

/** A product of matrices, either of which may be turned over first. */
export const matrixProduct =
  (x: string, y: string): ShapeRule =>
  (a) => {
    const turned = (name: string, flags: readonly string[]): AnyShape =>
      flags.some((flag) => a.flag(flag)) ? lastTwoSwapped(a.shape(name)) : a.shape(name);
    return matrices(turned(x, ["transpose_a", "adjoint_a"]), turned(y, ["transpose_b", "adjoint_b"]));
  };
export const lastTwoSwapped = (shape: AnyShape): AnyShape =>
  withRank(shape, (it) => (it.rank < 2 ? it : new Shape([...it.slice(0, -2), it.last, it.at(-2)])));

const matvec: ShapeRule = (a) => {
  const left = a.flag("transpose_a") ? lastTwoSwapped(a.shape("a")) : a.shape("a");
  const column = withRank(a.shape("b"), (it) => new Shape([...it, 1]));
  const product = matmul(left, column);
  return isConflict(product) ? product : withRank(product, (it) => it.slice(0, -1));
};
/** Segments: the first axis becomes as long as there are segments. */
const segments =
  (count: (a: Reader) => Shape): ShapeRule =>
  (a) =>
    withRank(a.shape("data"), (it) =>
      withRank(a.shape("segment_ids"), (ids) =>
        ids.dims.some((dim, i) => i >= it.rank || provablyDifferent(dim, it.at(i)))
          ? conflict("id-per-row", `${printShape(ids)} for ${printShape(it)}`)
          : count(a).concat(it.slice(ids.rank)),
      ),
    );
/** The one shape that all have. */
export function ofOneShape([first, ...others]: readonly AnyShape[]): AnyShape | Conflict {
  if (first === undefined) return new Shape([]);
  const odd = others.find((it) => hasRank(it) && hasRank(first) && isOther(it, first));
  return odd === undefined ? first : conflict("shapes-equal", `${printShape(first)} and ${printShape(odd)}`);
}
const sumOfAll: ShapeRule = (a) => ofOneShape(a.operands("inputs").map((it) => it.shape));
/** The last axis, unless another is named. */
const alongLast =
  (x: string): ShapeRule =>
  (a) => {
    const shape = a.shape(x);
    if (!a.has("axis") && hasRank(shape) && shape.rank === 0) return conflict("rank-at-least", "a number");
    return along(x)(a);
  };
/** Unlike NumPy's, TensorFlow's einsum stretches nothing of size 1. */
const equalLabels = (a: Reader): Conflict | undefined => {
  const terms = a.text("equation").replaceAll(" ", "").split("->")[0]?.split(",") ?? [];
  const sizes = new Map<string, Dim>();
  for (const [i, { shape }] of a.operands("inputs").entries()) {
    const labels = [...(terms[i] ?? "").replace("...", ".")];
    const at = labels.indexOf(".");
    if (!hasRank(shape)) continue;
    for (const [j, label] of labels.entries()) {
      if (label === ".") continue;
      const dim = shape.at(at >= 0 && j > at ? j - labels.length : j);
      const known = sizes.get(label);
      if (known !== undefined && provablyDifferent(known, dim))
        return conflict("labelled-axes-equal", `${label} is ${printDim(known)} and ${printDim(dim)}`);
      sizes.set(label, dim);
    }
  }
  return undefined;
};
const crossed: ShapeRule = (a) => {
  const both = ofOneShape([a.shape("a"), a.shape("b")]);
  if (isConflict(both) || !hasRank(both)) return both;
  if (both.rank === 0 || provablyDifferent(both.last, 3)) return conflict("vectors-of-three", printShape(both));
  return both;
};
const argument: ShapeRule = (a) => {
  const axis = a.has("axis") ? a.integer("axis") : 0;
  return withRank(a.shape("input"), (it) => {
    const index = normaliseAxis(axis, it.rank);
    return index === undefined ? conflict("axis-in-range", `axis ${axis} of rank ${it.rank}`) : it.remove(index);
  });
};

export const squareMatrix = (name: string, answer: (it: Shape, a: Reader) => Shapes = (it) => it): ShapeRule =>
  ofMatrix(name, (it, a) =>
    provablyDifferent(it.last, it.at(-2)) ? conflict("matrix-square", printShape(it)) : answer(it, a),
  );

/** Names in `tf.math`; those of them that `tf` has too stand in ROOT. */
export const MATH: Lines = {
  ...each(
    "acos acosh asin asinh atan atanh cos cosh erf erfc erfcinv erfinv exp expm1 lgamma digamma log log1p reciprocal " +
      "reciprocal_no_nan rsqrt sigmoid sin sinh sqrt tan tanh ndtri " +
      "bessel_i0 bessel_i0e bessel_i1 bessel_i1e",
    "x",
    like("x"),
    same("x"),
    { requires: isReal("x") },
  ),
  ceil: line("x", like("x"), same("x"), { requires: isReal("x"), facts: wholeIn(Math.ceil) }),
  floor: line("x", like("x"), same("x"), { requires: isReal("x"), facts: wholeIn(Math.floor) }),
  rint: line("x", like("x"), same("x"), { requires: isReal("x"), facts: wholeIn(halfToEven) }),
  log_sigmoid: line("x", like("x"), same("x"), { requires: isReal("x") }),
  abs: line("x", like("x"), (a) => realOf(a.dtype("x")), { requires: isSigned("x") }),
  ...each("negative sign", "x", like("x"), same("x"), { requires: isSigned("x") }),
  square: line("x", like("x"), same("x"), { requires: isNumeric("x") }),
  round: line("x", like("x"), same("x"), { requires: isNumeric("x"), facts: wholeIn(halfToEven) }),
  ...each("is_nan is_inf is_finite", "x", like("x"), bool, { requires: isReal("x") }),
  logical_not: line("x", like("x"), bool, { requires: isBool("x") }),
  ...each("angle real imag", "input", like("input"), (a) => realOf(a.dtype("input"))),
  conj: line("x", like("x"), same("x")),

  add: line("x, y", pair, type, { requires: both(numbers, firstDecides("x", "y")), facts: arithmetic("+", "x", "y") }),
  subtract: line("x, y", pair, type, { ...meetsNumbers, facts: arithmetic("-", "x", "y") }),
  multiply: line("x, y", pair, type, { ...meetsNumbers, facts: arithmetic("*", "x", "y") }),
  floordiv: line("x, y", pair, type, { ...meetsNumbers, facts: arithmetic("//", "x", "y") }),
  floormod: line("x, y", pair, type, { ...meetsNumbers, facts: arithmetic("%", "x", "y") }),
  mod: line("x, y", pair, type, { ...meetsNumbers, facts: arithmetic("%", "x", "y") }),
  maximum: line("x, y", pair, type, { ...meetsNumbers, facts: arithmetic("max", "x", "y") }),
  minimum: line("x, y", pair, type, { ...meetsNumbers, facts: arithmetic("min", "x", "y") }),
  squared_difference: line("x, y", pair, type, { requires: both(numbers, wideEnough) }),
  ...each("pow multiply_no_nan xlogy xlog1py xdivy", "x, y", pair, type, meetsNumbers),
  atan2: line("y, x", pair, together("y", "x"), { requires: both(meeting("y", "x"), realPair("y", "x")) }),
  ...each("divide divide_no_nan", "x, y", pair, quotient, meetsNumbers),
  truediv: line("x, y", pair, quotient, { requires: both(numbers, firstDecides("x", "y")) }),
  ...Object.fromEntries(
    Object.entries(COMPARISONS).map(([name, op]) => {
      const operands = op === "==" || op === "!=" ? meets : meetsNumbers;
      return [name, line("x, y", pair, bool, { ...operands, facts: arithmetic(op, "x", "y") })];
    }),
  ),
  ...each("logical_and logical_or logical_xor", "x, y", pair, bool, {
    requires: (a) => isBool("x")(a) ?? isBool("y")(a),
  }),

  ...each("reduce_sum reduce_max reduce_min reduce_mean", REDUCTION, reduced, same("input_tensor"), {
    requires: isNumeric("input_tensor"),
  }),
  reduce_prod: line(REDUCTION, reduced, same("input_tensor"), {
    requires: isNumeric("input_tensor"),
    // Of a shape that is only partly known TensorFlow folds an element, and no sum or product of several.
    facts: (a) =>
      a.machine.tracing > 0 && a.operand("input_tensor").tensor !== undefined
        ? undefined
        : productOf("input_tensor")(a),
  }),
  ...each("reduce_std reduce_variance reduce_logsumexp", REDUCTION, reduced, same("input_tensor"), {
    requires: isReal("input_tensor"),
  }),
  reduce_euclidean_norm: line(REDUCTION, reduced, same("input_tensor")),
  ...each("reduce_any reduce_all", REDUCTION, reduced, bool, { requires: isBool("input_tensor") }),
  ...each("argmax argmin", "input, axis=None, output_type='int64'", argument, given("int64", "output_type")),
  cumsum: line("x, axis=0, exclusive=False, reverse=False", along(), same("x"), {
    requires: isNumeric("x"),
    facts: summedUp("x"),
  }),
  nextafter: line("x1, x2", broadcast("x1", "x2"), float32Unless("x1", "x2")),
  cumprod: line("x, axis=0, exclusive=False, reverse=False", along(), same("x"), { requires: isNumeric("x") }),
  cumulative_logsumexp: line("x, axis=0, exclusive=False, reverse=False", along(), same("x"), {
    requires: isReal("x"),
  }),
  count_nonzero: line("input, axis=None, keepdims=None, dtype='int64'", reduce("input"), given("int64")),
  zero_fraction: line("value", scalar, always("float32")),

  softmax: line("logits, axis=None", alongLast("logits"), same("logits"), { requires: isReal("logits") }),
  log_softmax: line("logits, axis=None", alongLast("logits"), same("logits"), { requires: isReal("logits") }),
  softplus: line("features", like("features"), same("features"), { requires: isReal("features") }),
  l2_normalize: line(
    "x, axis=None, epsilon=1e-12, *, dim=None",
    (a) => along("x", a.has("dim") ? "dim" : "axis")(a),
    same("x"),
    { requires: isReal("x") },
  ),
  add_n: line("inputs", sumOfAll, (a) => a.library.promoted(a.operands("inputs")), {
    requires: (a) => equalTypes(a.operands("inputs")),
  }),
  scalar_mul: line("scalar, x", like("x"), same("x")),
  ...each(
    "segment_sum segment_mean segment_max segment_min segment_prod",
    "data, segment_ids",
    (a) => {
      const values = a.operand("segment_ids").values;
      const last = values?.at(-1);
      const open = a.machine.tracing > 0 ? NONE : unknown("one more than the last id");
      return segments(() => new Shape([last === undefined ? open : plus(last, 1)]))(a);
    },
    same("data"),
  ),
  ...each(
    "unsorted_segment_sum unsorted_segment_mean unsorted_segment_max unsorted_segment_min unsorted_segment_prod",
    "data, segment_ids, num_segments",
    segments((a) => new Shape([a.size("num_segments")])),
    same("data"),
  ),
  in_top_k: line("targets, predictions, k", like("targets"), bool),
};

/** Sums of products, in `tf` and `tf.linalg`. */
export const LINALG: Lines = {
  matmul: line(
    "a, b, transpose_a=False, transpose_b=False, adjoint_a=False, adjoint_b=False, a_is_sparse=False, " +
      "b_is_sparse=False, output_type=None, grad_a=False, grad_b=False",
    matrixProduct("a", "b"),
    decided("a", "b"),
    { requires: both(meeting("a", "b"), firstDecides("a", "b")) },
  ),
  matvec: line(
    "a, b, transpose_a=False, adjoint_a=False, a_is_sparse=False, b_is_sparse=False",
    matvec,
    together("a", "b"),
    { requires: (a) => converted(a, "a", "b") },
  ),
  tensordot: line("a, b, axes", tensordot("a", "b", "elements"), together("a", "b"), {
    requires: (a) => converted(a, "a", "b"),
  }),
  einsum: line(
    "equation, *inputs, **kwargs",
    einsumOf("equation", "inputs"),
    (a) => a.library.promoted(a.operands("inputs")),
    { requires: both((a) => equalTypes(a.operands("inputs")), equalLabels) },
  ),
  norm: line("tensor, ord='euclidean', axis=None, keepdims=None", reduce("tensor"), same("tensor"), {
    requires: isReal("tensor"),
  }),
  inv: line("input, adjoint=False", squareMatrix("input"), same("input"), { requires: isReal("input") }),
  cholesky: line("input", squareMatrix("input"), same("input"), { requires: isReal("input") }),
  det: line(
    "input",
    squareMatrix("input", (it) => it.slice(0, -2)),
    same("input"),
    { requires: isReal("input") },
  ),
  trace: line(
    "x",
    ofMatrix("x", (it) => it.slice(0, -2)),
    same("x"),
  ),
  band_part: line("input, num_lower, num_upper", ofMatrix("input"), same("input")),
  diag: line(
    "diagonal, name='diag', k=0, num_rows=-1, num_cols=-1, padding_value=0, align='RIGHT_LEFT'",
    (a) => {
      if (a.integer("k") !== 0 || a.integer("num_rows") !== -1 || a.integer("num_cols") !== -1)
        a.doubts("other diagonals are not followed");
      return withRank(a.shape("diagonal"), (it) => it.concat([it.last]));
    },
    same("diagonal"),
  ),
  tensor_diag: line("diagonal", (a) => withRank(a.shape("diagonal"), (it) => it.concat(it)), same("diagonal")),
  matrix_transpose: line("a, name=None, conjugate=False", (a) => lastTwoSwapped(a.shape("a")), same("a")),
  cross: line("a, b", crossed, together("a", "b"), { requires: meeting("a", "b") }),
};
