import { normaliseAxes } from "../../../tensor/axes.ts";
import type { Conflict } from "../../../tensor/conflict.ts";
import { type Dim, maximum, minus, plus, printDim, product, provablyLess, unknown } from "../../../tensor/dim.ts";
import type { DType } from "../../../tensor/dtype.ts";
import { type AnyShape, hasRank, normaliseAxis, printShape, Shape } from "../../../tensor/shape.ts";
import type { Reader } from "../../operation/reader.ts";
import { conflict, filled, isConflict, like, vector, withRank } from "../../operation/shapes.ts";
import type { ShapeRule } from "../../operation.ts";
import { always, averaged, given, indicesWithin, type Lines, line, mapped, same, together } from "../rules.ts";

/** What scripts do to prepare data: windows, diagonals, insertions, signals. */

const sizeOf = (a: Reader, name: string): Dim => {
  const shape = a.shape(name);
  return hasRank(shape) ? product(shape) : unknown(shape.reason);
};
/** How many entries along an axis more or fewer. */
const along =
  (name: string, change: (a: Reader, n: Dim) => Dim): ShapeRule =>
  (a) => {
    if (!a.has("axis")) return new Shape([change(a, sizeOf(a, name))]);
    const at = a.integer("axis");
    return withRank(a.shape(name), (it) => {
      const index = normaliseAxis(at, it.rank);
      if (index === undefined) return conflict("axis-in-range", `axis ${at} of ${printShape(it)}`);
      return it.with(index, change(a, it.at(index)));
    });
  };
const places = (a: Reader): Dim => {
  const obj = a.operand("obj");
  if (a.value("obj").kind === "slice" || obj.leaves.includes("bool")) return unknown("which entries are meant");
  return sizeOf(a, "obj");
};
/** What is named twice is gone once. */
const gone = (a: Reader): Dim => {
  const { values, shape } = a.operand("obj");
  const isOne = hasRank(shape) && shape.rank === 0;
  const isDistinct = values?.every((it) => it >= 0) === true && new Set(values).size === values.length;
  return isOne || isDistinct ? places(a) : unknown("how many different entries are named");
};
const inserted = (a: Reader): Dim => {
  const values = sizeOf(a, "values");
  const at = a.shape("obj");
  return hasRank(at) && at.rank === 0 && !a.has("axis") ? values : a.has("axis") ? 1 : places(a);
};

const diagonal: ShapeRule = (a) =>
  withRank(a.shape("v"), (it) => {
    const k = a.integer("k");
    if (it.rank === 1) return new Shape([plus(it.at(0), Math.abs(k)), plus(it.at(0), Math.abs(k))]);
    if (it.rank !== 2) return conflict("rank-is", `${printShape(it)}, where 1 or 2 axes are wanted`);
    const [m, n] = [it.at(0), it.at(1)];
    return new Shape([
      typeof m === "number" && typeof n === "number"
        ? Math.max(0, Math.min(k < 0 ? m + k : m, k > 0 ? n - k : n))
        : unknown("the diagonal"),
    ]);
  });

/** Sliding sums: as long as both overlap in full, by half, or at all. */
const slid: ShapeRule = (a) => {
  const odd = [a.shape("a"), a.shape("v")].find((it) => hasRank(it) && it.rank > 1);
  if (odd !== undefined) return conflict("rank-is", `${printShape(odd)}, where a vector is wanted`);
  const x = sizeOf(a, "a");
  const y = sizeOf(a, "v");
  const mode = a.text("mode");
  const longer = maximum(x, y);
  if (mode === "same") return new Shape([longer]);
  if (mode === "full") return new Shape([minus(plus(x, y), 1)]);
  const known = typeof x === "number" && typeof y === "number" ? Math.abs(x - y) + 1 : unknown("how far they overlap");
  return new Shape([known]);
};
/** Windows of a vector, or over all axes. */
const windows: ShapeRule = (a) => {
  const sizes = a.sizes("window_shape");
  return withRank(a.shape("x"), (it): AnyShape | Conflict => {
    const found = a.has("axis") ? normaliseAxes(a.axes("axis") ?? [], it.rank) : it.dims.map((_, i) => i);
    if (isConflict(found)) return found;
    if (found.length !== sizes.length)
      return conflict("numbers-per-axis", `${sizes.length} sizes for ${found.length} axes`);
    const large = found.some((axis, i) => provablyLess(it.at(axis), sizes[i] ?? 1));
    if (large) return conflict("window-fits", `windows of ${sizes.map(printDim).join(" by ")} in ${printShape(it)}`);
    const left = it.map((dim, axis) => {
      const i = found.indexOf(axis);
      return i < 0 ? dim : plus(minus(dim, sizes[i] ?? 1), 1);
    });
    return left.concat(sizes);
  });
};

/** How much of each is counted: the weights, their share, or just how many. */
const counts = (a: Reader): DType | undefined => {
  if (a.has("weights")) return a.has("density") ? undefined : a.dtype("weights");
  return a.has("density") && a.flag("density") ? "float64" : "int64";
};
/** The edges that are given are those that come back; otherwise they are of the type of what is counted. */
const edgesType = (a: Reader): DType | undefined => {
  const bins = a.operand("bins");
  if (hasRank(bins.shape) && bins.shape.rank > 0) return a.library.concrete(bins.leaves);
  const dtype = a.dtype("a");
  return dtype && averaged(dtype);
};

export const DATA: Lines = {
  insert: line(
    "arr, obj, values, axis=None",
    along("arr", (a, n) => plus(n, inserted(a))),
    same("arr"),
  ),
  delete: line(
    "arr, obj, axis=None",
    along("arr", (a, n) => minus(n, gone(a))),
    same("arr"),
    { requires: (a) => indicesWithin(a, "arr", "obj") },
  ),
  diag: line("v, k=0", diagonal, same("v")),
  convolve: line("a, v, mode='full'", slid, together("a", "v")),
  correlate: line("a, v, mode='valid'", slid, together("a", "v")),
  interp: line("x, xp, fp, left=None, right=None, period=None", vector("xp", like()), always("float64")),
  bincount: line(
    "x, weights=None, minlength=0",
    (a) => {
      const { values } = a.operand("x");
      const least = a.integer("minlength");
      return new Shape([
        values === undefined
          ? unknown("the largest number decides how many there are")
          : Math.max(least, 1 + Math.max(-1, ...values)),
      ]);
    },
    (a) => (a.has("weights") ? "float64" : "int64"),
  ),
  indices: line(
    "dimensions, dtype='int64', sparse=False",
    (a) => new Shape([a.sizes("dimensions").length, ...a.sizes("dimensions")]),
    given("int64"),
  ),
  resize: line("a, new_shape", filled("new_shape"), same("a")),
  digitize: line("x, bins, right=False", vector("bins", like()), always("int64")),
  histogram: line(
    "a, bins=10, range=None, density=None, weights=None",
    (a) => {
      const bins = a.shape("bins");
      const edges = hasRank(bins) && bins.rank === 1 ? bins.at(0) : plus(a.size("bins"), 1);
      return [new Shape([minus(edges, 1)]), new Shape([edges])];
    },
    (a) => [counts(a), edgesType(a)],
    { yields: "tuple" },
  ),
  gradient: line(
    "f, *varargs, axis=None",
    (a) => withRank(a.shape("f"), (it) => (it.rank === 1 ? it : a.doubts("several"))),
    mapped((it) => (it.includes("int") ? "float64" : it), same("f")),
  ),
  hanning: line("M", (a) => new Shape([a.size("M")]), always("float64")),
  hamming: line("M", (a) => new Shape([a.size("M")]), always("float64")),
  sliding_window_view: line("x, window_shape, axis=None, *, subok=False, writeable=False", windows, same("x")),
};
