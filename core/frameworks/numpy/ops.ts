import type * as axes from "../../tensor/axes.ts";
import * as combine from "../../tensor/combine.ts";
import { type Dim, minus, plus, product, provablyDifferent, times, unknown } from "../../tensor/dim.ts";
import { type DType, isInteger, numpyResultType } from "../../tensor/dtype.ts";
import { hasRank, normaliseAxis, printShape, Shape, unknownRank } from "../../tensor/shape.ts";
import { arithmetic, joined, kept } from "../operation/facts.ts";
import { range, rangeFacts } from "../operation/ranges.ts";
import type { Reader } from "../operation/reader.ts";
import {
  alongOrFlat,
  broadcast,
  broadcastTo,
  concat,
  conflict,
  dot,
  einsumOf,
  expandDims,
  filled,
  gridded,
  isConflict,
  like,
  matmul,
  moveAxis,
  pad,
  ravel,
  reduce,
  repeat,
  reshape,
  splitAt,
  square,
  squeeze,
  stack,
  swapAxes,
  take,
  target,
  tensordot,
  tile,
  transpose,
  withRank,
} from "../operation/shapes.ts";
import type { DTypeRule, ShapeRule } from "../operation.ts";
import {
  always,
  averaged,
  byteOfBool,
  divided,
  each,
  floated,
  floatedBoth,
  given,
  isNumber,
  isOrdered,
  type Lines,
  line,
  magnitude,
  mapped,
  notBools,
  same,
  summed,
  together,
} from "./rules.ts";

const bool = always("bool");
const pair = broadcast("x1", "x2");
const both = together("x1", "x2");
const UFUNC = "/, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True";
const ONE = `x, ${UFUNC}`;
const TWO = `x1, x2, ${UFUNC}`;

/** Of each element, or of two. */
export const ELEMENTWISE: Lines = {
  ...each(
    "exp exp2 expm1 log log2 log10 log1p sqrt sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh " +
      "deg2rad rad2deg degrees radians",
    ONE,
    like(),
    given(mapped(floated, same("x"))),
  ),
  ...each("abs absolute", ONE, like(), given(mapped(magnitude, same("x")))),
  ...each("negative positive sign", ONE, like(), given(same("x")), { requires: isNumber("x") }),
  ...each("square reciprocal", ONE, like(), given(mapped(byteOfBool, same("x")))),
  ...each("fabs conj conjugate", ONE, like(), given(same("x"))),
  ...each("ceil floor trunc", ONE, like(), given(same("x")), { requires: isOrdered("x") }),
  rint: line(ONE, like(), given(mapped(floated, same("x")))),
  cbrt: line(ONE, like(), given(mapped(floated, same("x"))), { requires: isOrdered("x") }),
  ...each("isnan isinf isfinite logical_not signbit", ONE, like(), bool),
  ...each("invert bitwise_not", ONE, like(), same("x")),
  ...each(
    "round around",
    "a, decimals=0, out=None",
    like("a"),
    mapped((it) => (it === "bool" ? "float16" : it), same("a")),
  ),
  clip: line("a, a_min=None, a_max=None, out=None, *, min=None, max=None", like("a"), (a) =>
    a.library.promoted(["a", "a_min", "a_max"].filter((name) => a.has(name)).map((name) => a.operand(name))),
  ),
  nan_to_num: line("x, copy=True, nan=0.0, posinf=None, neginf=None", like(), same("x")),
  add: line(TWO, pair, both, { facts: arithmetic("+", "x1", "x2") }),
  subtract: line(TWO, pair, both, { requires: notBools("x1", "x2"), facts: arithmetic("-", "x1", "x2") }),
  multiply: line(TWO, pair, both, { facts: arithmetic("*", "x1", "x2") }),
  floor_divide: line(TWO, pair, mapped(byteOfBool, both), { facts: arithmetic("//", "x1", "x2") }),
  maximum: line(TWO, pair, both, { facts: arithmetic("max", "x1", "x2") }),
  minimum: line(TWO, pair, both, { facts: arithmetic("min", "x1", "x2") }),
  ...each("mod remainder fmod power", TWO, pair, mapped(byteOfBool, both)),
  ...each("fmax fmin", TWO, pair, both),
  ...each("divide true_divide", TWO, pair, mapped(divided, both)),
  ...each("arctan2 hypot logaddexp", TWO, pair, floatedBoth("x1", "x2")),
  ...each("equal not_equal greater greater_equal less less_equal logical_and logical_or logical_xor", TWO, pair, bool),
  ...each("bitwise_and bitwise_or bitwise_xor", TWO, pair, both),
};

const A = "a, axis=None, out=None, keepdims=False";
const over = reduce("a");
const counting: DTypeRule = always("int64");
/** A list of quantiles is an array of its own type; a lone one, and whole ones unless they are per cent, give way. */
const quantileType =
  (whole: boolean): DTypeRule =>
  (a) => {
    const [own, q] = [mapped(averaged, same("a"))(a) as DType | undefined, a.operand("q")];
    if (own === undefined || q.isNumber) return own;
    const asked = a.library.concrete(q.leaves);
    return asked && (whole && isInteger(asked) ? own : numpyResultType([own, averaged(asked)]));
  };
const quantile: ShapeRule = (a) => {
  const rest = over(a) as ReturnType<typeof axes.reduced>;
  return isConflict(rest) ? rest : withRank(rest, (it) => withRank(a.shape("q"), (q) => new Shape([...q, ...it])));
};
/** A number is sorted like a vector of one. */
const sorted: ShapeRule = (a) => {
  const shape = a.shape("a");
  return hasRank(shape) && shape.rank === 0 ? new Shape([1]) : alongOrFlat("a")(a);
};
/** Over one axis, some or all. */
export const REDUCTION: Lines = {
  ...each(
    "sum prod nansum",
    "a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=True",
    over,
    given(mapped(summed, same("a"))),
  ),
  ...each(
    "mean nanmean",
    "a, axis=None, dtype=None, out=None, keepdims=False, *, where=True",
    over,
    given(mapped(averaged, same("a"))),
  ),
  ...each(
    "std var nanstd nanvar",
    "a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True",
    over,
    given(mapped((it) => magnitude(averaged(it)), same("a"))),
  ),
  ...each("max min amax amin nanmax nanmin", `${A}, initial=None, where=True`, over, same("a")),
  ptp: line(A, over, same("a"), { requires: isNumber("a") }),
  ...each("all any", `${A}, *, where=True`, over, bool),
  ...each("argmax argmin nanargmax", "a, axis=None, out=None, *, keepdims=False", over, counting),
  ...each(
    "median nanmedian",
    "a, axis=None, out=None, overwrite_input=False, keepdims=False",
    over,
    mapped(averaged, same("a")),
  ),
  quantile: line(
    "a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False",
    quantile,
    quantileType(true),
  ),
  percentile: line(
    "a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False",
    quantile,
    quantileType(false),
  ),
  average: line("a, axis=None, weights=None, returned=False, *, keepdims=False", over, (a) =>
    a.has("weights") ? mapped(divided, together("a", "weights"))(a) : mapped(averaged, same("a"))(a),
  ),
  count_nonzero: line("a, axis=None, *, keepdims=False", over, counting),
  ...each("cumsum cumprod", "a, axis=None, dtype=None, out=None", alongOrFlat("a"), given(mapped(summed, same("a")))),
  sort: line("a, axis=-1, kind=None, order=None", alongOrFlat("a"), same("a")),
  argsort: line("a, axis=-1, kind=None, order=None", sorted, counting),
  diff: line(
    "a, n=1, axis=-1",
    (a) =>
      withRank(a.shape("a"), (it) => {
        const index = normaliseAxis(a.integer("axis"), it.rank);
        if (index === undefined) return conflict("axis-in-range", `axis ${a.integer("axis")} of ${printShape(it)}`);
        return it.with(index, minus(it.at(index), a.integer("n")));
      }),
    same("a"),
  ),
  norm: line(
    "x, ord=None, axis=None, keepdims=False",
    reduce(),
    mapped((it) => (it === "bool" || it.includes("int") ? "float64" : it), same("x")),
  ),
  isclose: line("a, b, rtol=1e-05, atol=1e-08, equal_nan=False", broadcast("a", "b"), bool),
};

const ofAll =
  (xs: string): DTypeRule =>
  (a) =>
    a.library.promoted(a.operands(xs));
const least =
  (rank: number) =>
  (shape: Shape): Shape =>
    shape.rank >= rank ? shape : new Shape([...Array<Dim>(rank - shape.rank).fill(1), ...shape]);
const columns: ShapeRule = (a) => {
  const shapes = a
    .operands("tup")
    .map((it) => withRank(it.shape, (shape) => (shape.rank === 1 ? shape.concat([1]) : least(2)(shape))));
  return combine.concatenated(shapes, 1);
};
const rowsOf: ShapeRule = (a) =>
  combine.concatenated(
    a.operands("tup").map((it) => withRank(it.shape, least(2))),
    0,
  );
const hstack: ShapeRule = (a) => {
  const shapes = a.operands("tup").map((it) => withRank(it.shape, least(1)));
  const first = shapes.find(hasRank);
  return combine.concatenated(shapes, first !== undefined && first.rank === 1 ? 0 : 1);
};
const joinedFlat: ShapeRule = (a) => {
  if (a.has("axis")) return concat("arrays")(a);
  const sizes = a.operands("arrays").map((it) => (hasRank(it.shape) ? product(it.shape) : unknown(it.shape.reason)));
  return new Shape([sizes.reduce(plus, 0)]);
};
const append: ShapeRule = (a) => {
  const shapes = [a.shape("arr"), a.shape("values")];
  if (a.has("axis")) return combine.concatenated(shapes, a.integer("axis"));
  return new Shape([shapes.map((it) => (hasRank(it) ? product(it) : unknown(it.reason))).reduce(plus, 0)]);
};
const where: ShapeRule = (a) => (a.has("x") ? broadcast("condition", "x", "y")(a) : a.doubts("how many are true"));
const grid: ShapeRule = (a) => (a.flag("sparse") ? a.doubts("a sparse grid") : gridded("xi")(a));
const atLeast =
  (rank: number): ShapeRule =>
  (a) =>
    withRank(a.shape("arys"), least(rank));

/** Elements stay and are arranged, repeated or chosen anew. */
export const SHAPING: Lines = {
  reshape: line(
    "a, /, shape=None, order='C', *, newshape=None, copy=None",
    (a) => reshape("a", a.has("shape") ? "shape" : "newshape")(a),
    same("a"),
    {
      facts: kept("a"),
      meant: (a: Reader) => target(a.has("shape") ? "shape" : "newshape")(a),
    },
  ),
  ravel: line("a, order='C'", ravel("a"), same("a"), { facts: kept("a") }),
  transpose: line("a, axes=None", transpose("a"), same("a")),
  moveaxis: line("a, source, destination", moveAxis("a"), same("a")),
  swapaxes: line("a, axis1, axis2", swapAxes("a"), same("a")),
  rollaxis: line("a, axis, start=0", (a) => a.doubts("rollaxis is not followed"), same("a")),
  expand_dims: line("a, axis", expandDims("a"), same("a"), { facts: kept("a") }),
  squeeze: line("a, axis=None", squeeze("a"), same("a"), { facts: kept("a") }),
  broadcast_to: line("array, shape, subok=False", broadcastTo("array"), same("array")),
  concatenate: line(
    "arrays, /, axis=0, out=None, *, dtype=None, casting='same_kind'",
    joinedFlat,
    given(ofAll("arrays")),
    { facts: joined("arrays") },
  ),
  stack: line("arrays, axis=0, out=None, *, dtype=None, casting='same_kind'", stack("arrays"), given(ofAll("arrays")), {
    facts: joined("arrays"),
  }),
  ...each("vstack row_stack", "tup, *, dtype=None, casting='same_kind'", rowsOf, given(ofAll("tup"))),
  hstack: line("tup, *, dtype=None, casting='same_kind'", hstack, given(ofAll("tup"))),
  column_stack: line("tup", columns, ofAll("tup")),
  append: line("arr, values, axis=None", append, together("arr", "values")),
  split: line("ary, indices_or_sections, axis=0", splitAt("ary", "indices_or_sections"), same("ary"), {
    yields: "list",
  }),
  array_split: line(
    "ary, indices_or_sections, axis=0",
    splitAt("ary", "indices_or_sections", "axis", combine.splitNearlyEvenly),
    same("ary"),
    { yields: "list" },
  ),
  tile: line("A, reps", tile("A", "reps"), same("A")),
  repeat: line("a, repeats, axis=None", repeat("a"), same("a")),
  pad: line("array, pad_width, mode='constant', **kwargs", pad("array", "pad_width"), same("array")),
  ...each("flip roll", "m, axis=None", like("m"), same("m")),
  ...each("fliplr flipud", "m", like("m"), same("m")),
  ...each("tril triu", "m, k=0", like("m"), same("m")),
  roll: line("a, shift, axis=None", like("a"), same("a")),
  take: line("a, indices, axis=None, out=None, mode='raise'", take("a", "indices"), same("a")),
  take_along_axis: line("arr, indices, axis=-1", like("indices"), same("arr")),
  where: line("condition, x=None, y=None, /", where, (a) => (a.has("x") ? a.promoted("x", "y") : "int64"), {
    yields: "tuple",
  }),
  searchsorted: line("a, v, side='left', sorter=None", like("v"), counting),
  isin: line("element, test_elements, assume_unique=False, invert=False", like("element"), bool),
  atleast_1d: line("arys", atLeast(1), same("arys")),
  atleast_2d: line("arys", atLeast(2), same("arys")),
  meshgrid: line(
    "*xi, copy=True, sparse=False, indexing='xy'",
    grid,
    (a) => a.operands("xi").map((it) => a.library.concrete(it.leaves)),
    { yields: "tuple" },
  ),
  unique: line(
    "ar, return_index=False, return_inverse=False, return_counts=False, axis=None, *, equal_nan=True, sorted=True",
    (a) => {
      if (["return_index", "return_inverse", "return_counts"].some((name) => a.flag(name))) a.doubts("several results");
      if (a.has("axis")) a.doubts("unique rows");
      return new Shape([unknown("how many different values there are")]);
    },
    same("ar"),
  ),
};

/** Sums over shared axes. */
export const CONTRACTION: Lines = {
  matmul: line(TWO, matmul(), both),
  dot: line("a, b, out=None", dot("a", "b"), together("a", "b")),
  inner: line(
    "a, b",
    (a) => {
      const [x, y] = [a.shape("a"), a.shape("b")];
      if (!hasRank(x) || !hasRank(y)) return hasRank(x) ? y : x;
      if (x.rank === 0 || y.rank === 0) return x.rank === 0 ? y : x;
      if (provablyDifferent(x.last, y.last))
        return conflict("inner-axes-equal", `${printShape(x)} and ${printShape(y)}`);
      return x.slice(0, -1).concat(y.slice(0, -1));
    },
    together("a", "b"),
  ),
  outer: line(
    "a, b, out=None",
    (a) => withRank(a.shape("a"), (x) => withRank(a.shape("b"), (y) => new Shape([product(x), product(y)]))),
    together("a", "b"),
  ),
  tensordot: line("a, b, axes=2", tensordot("a", "b", "axes"), together("a", "b")),
  einsum: line(
    "subscripts, *operands, out=None, optimize=False, **kwargs",
    einsumOf("subscripts", "operands"),
    ofAll("operands"),
  ),
  kron: line(
    "a, b",
    (a) =>
      withRank(a.shape("a"), (x) =>
        withRank(a.shape("b"), (y) => {
          const rank = Math.max(x.rank, y.rank);
          const [p, q] = [least(rank)(x), least(rank)(y)];
          return p.map((dim, i) => times(dim, q.at(i)));
        }),
      ),
    together("a", "b"),
  ),
};

const NAMES = { start: "start", stop: "stop", step: "step" };
const ends: DTypeRule = (a) =>
  a.library.concrete(["start", "stop", "step"].filter((name) => a.has(name)).flatMap((name) => a.operand(name).leaves));
const spaced: ShapeRule = (a) =>
  withRank(a.shape("start"), (start) =>
    withRank(a.shape("stop"), (stop) =>
      start.rank + stop.rank === 0 ? new Shape([a.size("num")]) : unknownRank("ends with axes"),
    ),
  );
const LIKE = "a, dtype=None, order='K', subok=True, shape=None, *, device=None";
const anew: ShapeRule = (a) => (a.has("shape") ? new Shape(a.sizes("shape")) : a.shape("a"));
const NEW = "shape, dtype=None, order='C', *, device=None, like=None";
/** Arrays out of nothing, or of other values. */
export const CREATION: Lines = {
  ...each(
    "array asarray asanyarray ascontiguousarray asfarray",
    "object, dtype=None, *, copy=True, order='K', subok=False, ndmin=0, like=None",
    like("object"),
    given(same("object")),
    { facts: kept("object") },
  ),
  asarray: line("a, dtype=None, order=None, *, device=None, copy=None, like=None", like("a"), given(same("a")), {
    facts: kept("a"),
  }),
  ascontiguousarray: line("a, dtype=None, *, like=None", like("a"), given(same("a")), { facts: kept("a") }),
  copy: line("a, order='K', subok=False", like("a"), same("a"), { facts: kept("a") }),
  ...each("zeros ones empty", NEW, filled(), given("float64")),
  full: line(
    "shape, fill_value, dtype=None, order='C', *, device=None, like=None",
    filled(),
    given(same("fill_value")),
  ),
  ...each("zeros_like ones_like empty_like", LIKE, anew, given(same("a"))),
  full_like: line(`a, fill_value, ${LIKE.slice(3)}`, anew, given(same("a"))),
  eye: line("N, M=None, k=0, dtype=None, order='C', *, device=None, like=None", square(), given("float64")),
  tri: line("N, M=None, k=0, dtype=None, *, like=None", square(), given("float64")),
  identity: line("n, dtype=None, *, like=None", (a) => new Shape([a.size("n"), a.size("n")]), given("float64")),
  arange: line("start, stop=None, step=None, dtype=None, *, device=None, like=None", range(NAMES, false), given(ends), {
    facts: rangeFacts(NAMES),
  }),
  linspace: line(
    "start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0, *, device=None",
    spaced,
    given("float64"),
  ),
  logspace: line("start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0", spaced, given("float64")),
  geomspace: line("start, stop, num=50, endpoint=True, dtype=None, axis=0", spaced, given("float64")),
};
