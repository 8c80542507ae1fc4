import * as combine from "../../../tensor/combine.ts";
import { type Dim, minimum, plus, product, provablyDifferent, unknown } from "../../../tensor/dim.ts";
import { hasRank, normaliseAxis, printShape, Shape } from "../../../tensor/shape.ts";
import type { Reader } from "../../operation/reader.ts";
import { along, alongOrFlat, broadcasted, conflict, isConflict, like, withRank } from "../../operation/shapes.ts";
import type { DTypeRule, ShapeRule, Shapes } from "../../operation.ts";
import { numpyResultType } from "../promotion.ts";
import {
  always,
  averaged,
  each,
  given,
  indicesWithin,
  type Lines,
  line,
  magnitude,
  mapped,
  ofAll,
  same,
  summed,
  together,
} from "../rules.ts";

/** What scripts ask of arrays now and then: places, diagonals, joins along the depth, sets, covariances. */

const int64 = always("int64");
const PARTED = "a, kth, axis=-1, kind='introselect', order=None";
const found = unknown("as many as there are");
const row = new Shape([found]);
const places: ShapeRule = (a) =>
  withRank(
    a.shape("a"),
    (it): Shapes => (it.rank === 0 ? conflict("rank-at-least", "a number") : Array<Shape>(it.rank).fill(row)),
  );
const placesType: DTypeRule = (a) => {
  const shape = a.shape("a");
  return hasRank(shape) ? Array<"int64">(shape.rank).fill("int64") : "int64";
};

/** The two axes of a matrix go, and what `then` says of them comes last. */
const diagonal =
  (then: (length: Dim) => readonly Dim[]): ShapeRule =>
  (a) =>
    withRank(a.shape("a"), (it) => {
      const [i, j] = [normaliseAxis(a.integer("axis1"), it.rank), normaliseAxis(a.integer("axis2"), it.rank)];
      if (it.rank < 2 || i === undefined || j === undefined) return conflict("rank-at-least", printShape(it));
      if (i === j) return conflict("axes-distinct", `${i} and ${j}`);
      const [rows, columns]: readonly [Dim, Dim] = [it.at(i), it.at(j)];
      const offset = a.integer("offset");
      const cut = minimum(offset < 0 ? plus(rows, offset) : rows, offset > 0 ? plus(columns, -offset) : columns);
      return new Shape([...it.dims.filter((_, at) => at !== i && at !== j), ...then(atLeastNone(cut))]);
    });
const atLeastNone = (dim: Dim): Dim => (typeof dim === "number" ? Math.max(0, dim) : dim);

const deep = (it: Shape): Shape => {
  if (it.rank >= 3) return it;
  return it.rank === 2 ? it.concat([1]) : new Shape([1, it.rank === 1 ? it.at(0) : 1, 1]);
};
/** One array as it is, several as a tuple. */
export const eachAs =
  (change: (shape: Shape) => Shape): ShapeRule =>
  (a): Shapes => {
    const shapes = a.operands("arys").map((it) => withRank(it.shape, change));
    const [only] = shapes;
    return shapes.length === 1 && only !== undefined ? only : shapes;
  };
export const eachType: DTypeRule = (a) => {
  const types = a.operands("arys").map((it) => a.library.concrete(it.leaves));
  return types.length === 1 ? types[0] : types;
};

const covariance: ShapeRule = (a) => {
  if (a.has("y")) return a.doubts("a second set of variables");
  return withRank(a.shape(a.has("m") ? "m" : "x"), (it) => {
    if (it.rank > 2) return conflict("rank-is", `${printShape(it)}, where 2 axes are the most`);
    const count = it.rank === 2 ? it.at(a.flag("rowvar") ? 0 : 1) : 1;
    return count === 1 ? new Shape([]) : new Shape([count, count]);
  });
};
const wide: DTypeRule = (a) => {
  const own = a.dtype(a.has("m") ? "m" : "x");
  return own?.startsWith("complex") === true ? own : own && "float64";
};
/** The places of a triangle. */
const triangle =
  (isUpper: boolean): ShapeRule =>
  (a): Shapes => {
    const [n, m] = [a.size("n"), a.has("m") ? a.size("m") : a.size("n")];
    const k = a.integer("k");
    const known = typeof n === "number" && typeof m === "number" && n <= 4096;
    const count = known
      ? Array.from({ length: n }, (_, i) => {
          const below = Math.min(m, Math.max(0, i + k + (isUpper ? 0 : 1)));
          return isUpper ? m - below : below;
        }).reduce((sum, it) => sum + it, 0)
      : unknown("as many as are in the triangle");
    return [new Shape([count]), new Shape([count])];
  };
const crossed: ShapeRule = (a) => {
  const shape = broadcasted([a.shape("a"), a.shape("b")]);
  const isPlain = a.integer("axisa") === -1 && a.integer("axisb") === -1 && a.integer("axisc") === -1 && !a.has("axis");
  if (isConflict(shape) || !hasRank(shape)) return shape;
  const lasts = [a.shape("a"), a.shape("b")].map((it) => (hasRank(it) && it.rank > 0 ? it.last : undefined));
  return isPlain && lasts.every((it) => it === 3) ? shape : a.doubts("only vectors of 3 in the last axis are followed");
};
const alongAxis = (ndim: number, axis: number) => (a: Reader) =>
  withRank(a.shape("ary"), (it) =>
    it.rank < ndim ? conflict("rank-at-least", printShape(it)) : splitAlong(axis, a, it),
  );
const splitAlong = (axis: number, a: Reader, it: Shape): Shapes => {
  const value = a.value("indices_or_sections");
  const at = it.rank === 1 ? 0 : axis;
  return value.kind === "int"
    ? combine.splitEvenly(it, a.integer("indices_or_sections"), at)
    : combine.splitAt(it, a.sizes("indices_or_sections"), at);
};
const inner: ShapeRule = (a) => {
  const [x, y] = [a.shape("a"), a.shape("b")];
  const clash = hasRank(x) && hasRank(y) && provablyDifferent(product(x), product(y));
  return clash ? conflict("inner-axes-equal", `${printShape(x)} and ${printShape(y)}`) : new Shape([]);
};
const SETS = "ar1, ar2, assume_unique=False";

export const STATISTICS: Lines = {
  argwhere: line("a", (a) => withRank(a.shape("a"), (it) => new Shape([found, it.rank])), int64),
  nonzero: line("a", places, placesType, { yields: "tuple" }),
  flatnonzero: line("a", () => row, int64),
  diagonal: line(
    "a, offset=0, axis1=0, axis2=1",
    diagonal((length) => [length]),
    same("a"),
  ),
  trace: line(
    "a, offset=0, axis1=0, axis2=1, dtype=None, out=None",
    diagonal(() => []),
    given(mapped(summed, same("a"))),
  ),
  dstack: line(
    "tup",
    (a) =>
      combine.concatenated(
        a.operands("tup").map((it) => withRank(it.shape, deep)),
        2,
      ),
    ofAll("tup"),
  ),
  atleast_3d: line("*arys", eachAs(deep), eachType, { yields: "tuple" }),
  ...each("union1d", "ar1, ar2", () => row, together("ar1", "ar2")),
  intersect1d: line(`${SETS}, return_indices=False`, () => row, together("ar1", "ar2")),
  setxor1d: line(SETS, () => row, together("ar1", "ar2")),
  setdiff1d: line(SETS, () => row, same("ar1")),
  cov: line(
    "m, y=None, rowvar=True, bias=False, ddof=None, fweights=None, aweights=None, *, dtype=None",
    covariance,
    given(wide),
  ),
  corrcoef: line("x, y=None, rowvar=True, *, dtype=None", covariance, given(wide)),
  ...each("tril_indices", "n, k=0, m=None", triangle(false), () => ["int64", "int64"], { yields: "tuple" }),
  ...each("triu_indices", "n, k=0, m=None", triangle(true), () => ["int64", "int64"], { yields: "tuple" }),
  cross: line("a, b, axisa=-1, axisb=-1, axisc=-1, axis=None", crossed, together("a", "b")),
  partition: line(PARTED, along("a"), same("a"), { requires: (a) => indicesWithin(a, "a", "kth") }),
  argpartition: line(
    PARTED,
    // A number is taken for a row of one.
    (a) => withRank(a.shape("a"), (it) => (it.rank === 0 ? new Shape([1]) : alongOrFlat("a")(a))),
    int64,
    { requires: (a) => indicesWithin(a, "a", "kth") },
  ),
  polyfit: line(
    "x, y, deg, rcond=None, full=False, w=None, cov=False",
    (a) => new Shape([plus(a.size("deg"), 1)]),
    always("float64"),
  ),
  vander: line(
    "x, N=None, increasing=False",
    (a) =>
      withRank(a.shape("x"), (it) =>
        it.rank === 1
          ? new Shape([it.at(0), a.has("N") ? a.size("N") : it.at(0)])
          : conflict("rank-is", printShape(it)),
      ),
    mapped((it) => numpyResultType([it, "int64"]), same("x")),
  ),
  vdot: line("a, b, /", inner, together("a", "b")),
  astype: line("x, dtype, /, *, copy=True, device=None", like("x"), given(same("x"))),
  ...each("real imag", "val", like("val"), mapped(magnitude, same("val"))),
  ...each("isreal iscomplex isposinf isneginf", "x", like("x"), always("bool")),
  vsplit: line("ary, indices_or_sections", alongAxis(2, 0), same("ary"), { yields: "list" }),
  hsplit: line("ary, indices_or_sections", alongAxis(1, 1), same("ary"), { yields: "list" }),
  trapezoid: line(
    "y, x=None, dx=1.0, axis=-1",
    (a) =>
      withRank(a.shape("y"), (it) =>
        normaliseAxis(a.integer("axis"), it.rank) === undefined
          ? conflict("axis-in-range", printShape(it))
          : it.remove(a.integer("axis")),
      ),
    (a) => (a.has("x") ? a.doubts("the type of both") && undefined : mapped(averaged, same("y"))(a)),
  ),
};
