import * as combine from "../../../tensor/combine.ts";
import { conflict, isConflict } from "../../../tensor/conflict.ts";
import { plus, product, unknown } from "../../../tensor/dim.ts";
import { hasRank, normaliseAxis, printShape, Shape } from "../../../tensor/shape.ts";
import { cut, joined, kept, keptInOrder, kindsIn, rangeOfAll, repeated } from "../../operation/facts.ts";
import type { Reader } from "../../operation/reader.ts";
import {
  along,
  broadcast,
  broadcastTo,
  concat,
  expandDims,
  gridded,
  like,
  moveAxis,
  pad,
  ravel,
  repeat,
  reshape,
  splitAt,
  squeeze,
  stack,
  swapAxes,
  take,
  target,
  tile,
  transpose,
  vector,
  withRank,
} from "../../operation/shapes.ts";
import type { ShapeRule } from "../../operation.ts";
import { always, each, given, indicesWithin, type Lines, least, line, ofAll, same, together } from "../rules.ts";
import { eachAs, eachType } from "./statistics.ts";

const bool = always("bool");

/** By quarters: an odd number of them makes two axes change places. */
const turned: ShapeRule = (a) => {
  const odd = a.integer("k") % 2 !== 0;
  const [first, second] = a.axes("axes") ?? [];
  return withRank(a.shape("m"), (it) => {
    const [i, j] = [normaliseAxis(first ?? 0, it.rank), normaliseAxis(second ?? 1, it.rank)];
    if (i === undefined || j === undefined || i === j)
      return conflict("axis-in-range", `axes ${first} and ${second} of ${printShape(it)}`);
    return odd ? it.with(i, it.at(j)).with(j, it.at(i)) : it;
  });
};
const columns: ShapeRule = (a) => {
  const shapes = a
    .operands("tup")
    .map((it) => withRank(it.shape, (shape) => (shape.rank === 1 ? shape.concat([1]) : least(2)(shape))));
  return combine.concatenated(shapes, 1);
};
const inRange = { facts: (a: Reader) => rangeOfAll(a.operands("tup")) };
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

/** `rollaxis`: an axis moves in front of another. */
const rolled: ShapeRule = (a) =>
  withRank(a.shape("a"), (it) => {
    const from = normaliseAxis(a.integer("axis"), it.rank);
    const start = a.integer("start") < 0 ? a.integer("start") + it.rank : a.integer("start");
    if (from === undefined || start > it.rank) return a.doubts("an axis that is not there");
    return it.remove(from).insert(from < start ? start - 1 : start, it.at(from));
  });

const deepEnough =
  (name: string, rank: number): ShapeRule =>
  (a) =>
    withRank(a.shape(name), (it) => (it.rank < rank ? conflict("rank-at-least", printShape(it)) : it));
/** A vector is a row of a square matrix. */
const triangular: ShapeRule = (a) =>
  withRank(a.shape("m"), (it) => (it.rank === 1 ? it.concat(it) : deepEnough("m", 1)(a)));

const nearlyEvenly = splitAt("ary", "indices_or_sections", "axis", combine.splitNearlyEvenly);

/** Elements stay and are arranged, repeated or chosen anew. */
export const SHAPING: Lines = {
  reshape: line(
    "a, /, shape=None, order='C', *, newshape=None, copy=None",
    (a) => reshape("a", a.has("shape") ? "shape" : "newshape")(a),
    same("a"),
    {
      facts: keptInOrder("a"),
      meant: (a: Reader) => target(a.has("shape") ? "shape" : "newshape")(a),
    },
  ),
  ravel: line("a, order='C'", ravel("a"), same("a"), { facts: keptInOrder("a") }),
  ...each("transpose permute_dims", "a, axes=None", transpose("a"), same("a")),
  moveaxis: line("a, source, destination", moveAxis("a"), same("a")),
  swapaxes: line("a, axis1, axis2", swapAxes("a"), same("a")),
  rollaxis: line("a, axis, start=0", rolled, same("a")),
  expand_dims: line("a, axis", expandDims("a"), same("a"), { facts: kept("a") }),
  squeeze: line("a, axis=None", squeeze("a"), same("a"), { facts: kept("a") }),
  broadcast_to: line("array, shape, subok=False", broadcastTo("array"), same("array")),
  ...each(
    "concatenate concat",
    "arrays, /, axis=0, out=None, *, dtype=None, casting='same_kind'",
    joinedFlat,
    given(ofAll("arrays")),
    { facts: joined("arrays") },
  ),
  stack: line("arrays, axis=0, out=None, *, dtype=None, casting='same_kind'", stack("arrays"), given(ofAll("arrays")), {
    facts: joined("arrays"),
  }),
  ...each("vstack row_stack", "tup, *, dtype=None, casting='same_kind'", rowsOf, given(ofAll("tup")), inRange),
  hstack: line("tup, *, dtype=None, casting='same_kind'", hstack, given(ofAll("tup")), inRange),
  column_stack: line("tup", columns, ofAll("tup")),
  append: line("arr, values, axis=None", append, together("arr", "values")),
  split: line("ary, indices_or_sections, axis=0", splitAt("ary", "indices_or_sections"), same("ary"), {
    yields: "list",
    facts: cut("ary", splitAt("ary", "indices_or_sections")),
  }),
  array_split: line("ary, indices_or_sections, axis=0", nearlyEvenly, same("ary"), {
    yields: "list",
    facts: cut("ary", nearlyEvenly),
  }),
  tile: line("A, reps", tile("A", "reps"), same("A"), { facts: repeated("A", "reps") }),
  repeat: line("a, repeats, axis=None", repeat("a"), same("a"), { facts: repeated("a", "repeats") }),
  pad: line("array, pad_width, mode='constant', **kwargs", pad("array", "pad_width"), same("array")),
  flip: line("m, axis=None", along("m"), same("m")),
  flipud: line("m", deepEnough("m", 1), same("m")),
  fliplr: line("m", deepEnough("m", 2), same("m")),
  rot90: line("m, k=1, axes=(0, 1)", turned, same("m")),
  ...each("tril triu", "m, k=0", triangular, same("m")),
  roll: line("a, shift, axis=None", along("a"), same("a")),
  take: line("a, indices, axis=None, out=None, mode='raise'", take("a", "indices"), same("a"), {
    requires: (a) => (a.text("mode") === "raise" ? indicesWithin(a, "a", "indices") : undefined),
  }),
  take_along_axis: line("arr, indices, axis=-1", like("indices"), same("arr")),
  where: line("condition, x=None, y=None, /", where, (a) => (a.has("x") ? a.promoted("x", "y") : "int64"), {
    yields: "tuple",
  }),
  searchsorted: line("a, v, side='left', sorter=None", vector("a", like("v")), always("int64")),
  isin: line("element, test_elements, assume_unique=False, invert=False", like("element"), bool),
  atleast_1d: line("*arys", eachAs(least(1)), eachType, { yields: "tuple" }),
  atleast_2d: line("*arys", eachAs(least(2)), eachType, { yields: "tuple" }),
  meshgrid: line(
    "*xi, copy=True, sparse=False, indexing='xy'",
    grid,
    (a) => a.operands("xi").map((it) => a.library.concrete(it.leaves)),
    { yields: "tuple" },
  ),
  unique: line(
    "ar, return_index=False, return_inverse=False, return_counts=False, axis=None, *, equal_nan=True, sorted=True",
    (a) => {
      const count = ["return_index", "return_inverse", "return_counts"].filter((name) => a.flag(name)).length;
      if (a.has("axis")) a.doubts("unique rows");
      const { shape, values, kinds, range } = a.operand("ar");
      const many = kinds ?? (range && kindsIn(shape, range)) ?? unknown("how many different values there are");
      const different = new Shape([values === undefined ? many : new Set(values).size]);
      if (count === 0) return different;
      const inverse = withRank(a.shape("ar"), (it) => it);
      return [
        different,
        ...(a.flag("return_index") ? [different] : []),
        ...(a.flag("return_inverse") ? [isConflict(inverse) ? different : inverse] : []),
        ...(a.flag("return_counts") ? [different] : []),
      ];
    },
    (a) => {
      const count = ["return_index", "return_inverse", "return_counts"].filter((name) => a.flag(name)).length;
      return count === 0 ? a.dtype("ar") : [a.dtype("ar"), ...Array<"int64">(count).fill("int64")];
    },
    { yields: "tuple" },
  ),
};
