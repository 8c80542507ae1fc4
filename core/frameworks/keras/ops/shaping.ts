import * as combine from "../../../tensor/combine.ts";
import { isConflict } from "../../../tensor/conflict.ts";
import { minus, NONE, plus, printDim, product, unknown } from "../../../tensor/dim.ts";
import { isInteger } from "../../../tensor/dtype.ts";
import { type AnyShape, hasRank, normaliseAxis, printShape, Shape } from "../../../tensor/shape.ts";
import { rearranged } from "../../operation/einops.ts";
import { each as elements, joined, kept as keptFacts } from "../../operation/facts.ts";
import type { Reader } from "../../operation/reader.ts";
import {
  along,
  broadcast,
  broadcasted,
  broadcastTo,
  concat,
  conflict,
  eachAlong,
  expandDims,
  gridded,
  like,
  moveAxis,
  oneHot,
  pad,
  ravel,
  repeat,
  reshape,
  scalar,
  splitAt,
  squeeze,
  stack,
  swapAxes,
  take,
  target,
  tile,
  topK,
  transpose,
  unstack,
  withRank,
} from "../../operation/shapes.ts";
import type { DTypeRule, ShapeRule } from "../../operation.ts";
import { always, given, int32, kept, promoted } from "./dtypes.ts";
import { inOrder } from "./selection.ts";
import { each, type Rules, rule } from "./table.ts";

/** TensorFlow wants a shift for each axis, JAX takes one for all of them: where they differ nothing is certain. */
const rolled: ShapeRule = (a) => {
  const count = (name: string) => (a.value(name).kind === "int" || !a.has(name) ? 0 : a.sizes(name).length);
  if (!a.symbolic && count("shift") !== count("axis")) a.doubts("not every library takes as many shifts as axes");
  return eachAlong()(a);
};
const ofAll =
  (xs: string): DTypeRule =>
  (a) =>
    a.library.promoted(a.operands(xs));

/**
 * `hstack` joins along axis 1, and vectors along 0, which the symbolic form refuses. `vstack` joins along 0,
 * vectors too: unlike NumPy's it does not make rows of them.
 */
const hstacked: ShapeRule = (a) => {
  const shapes = a.operands("xs").map((it) => it.shape);
  const vectors = shapes.some((it) => hasRank(it) && it.rank < 2);
  if (vectors && a.symbolic) return conflict("rank-at-least", "symbolic vectors, where two axes are the least");
  return combine.concatenated(shapes, vectors ? 0 : 1);
};
const vstacked: ShapeRule = (a) =>
  combine.concatenated(
    a.operands("xs").map((it) => it.shape),
    0,
  );

const diff: ShapeRule = (a) =>
  withRank(a.shape("a"), (it) => {
    if (a.integer("n") === 0 && !a.symbolic) return it;
    if (!a.has("axis")) return conflict("axis-alone", "None");
    const axis = normaliseAxis(a.integer("axis"), it.rank);
    if (axis === undefined) return conflict("axis-in-range", `axis ${a.integer("axis")} of rank ${it.rank}`);
    if (a.integer("n") < 0) return conflict("sizes-at-least-0", `${a.integer("n")} times`);
    return it.with(axis, minus(it.at(axis), a.integer("n")));
  });
const whereShape: ShapeRule = (a) => {
  if (a.has("x1")) return broadcast("condition", "x1", "x2")(a);
  a.doubts("how many elements are true is only known at run time");
  return a.shape("condition");
};
/** The indices' size along the axis; the other axes broadcast. Without an axis x is flat. */
const takeAlong: ShapeRule = (a) => {
  const [from, at] = [a.has("axis") ? a.shape("x") : ravel()(a), a.shape("indices")] as readonly AnyShape[];
  const axis = a.has("axis") ? a.integer("axis") : 0;
  if (from === undefined || at === undefined || !hasRank(from) || !hasRank(at)) return from ?? new Shape([]);
  if (from.rank !== at.rank) return conflict("ranks-equal", `${printShape(from)} and ${printShape(at)}`);
  if (normaliseAxis(axis, from.rank) === undefined)
    return conflict("axis-in-range", `axis ${axis} of ${printShape(from)}`);
  return broadcasted([from.with(axis, 1), at]);
};
/** The symbolic form does not squeeze an axis of which it does not know that it is 1. */
const squeezed: ShapeRule = (a) => {
  const shape = a.shape("x");
  const open = a.axes("axis")?.find((axis) => hasRank(shape) && shape.at(axis) === NONE);
  return a.symbolic && open !== undefined
    ? conflict("squeezed-axis-is-one", `axis ${open} of ${printShape(shape)} is None`)
    : squeeze()(a);
};
const encoded: ShapeRule = (a) => {
  const shape = a.shape("x");
  const axis = a.integer("axis");
  if (a.symbolic && axis !== -1 && hasRank(shape) && (axis < 0 || axis >= shape.rank))
    return conflict(
      "axis-in-range",
      `axis ${axis} of a symbolic tensor of rank ${shape.rank}, which the new axis may not be last of`,
    );
  return oneHot("x", "num_classes")(a);
};
const evenSections: ShapeRule = (a) =>
  a.value("indices_or_sections").kind === "int"
    ? splitAt("x", "indices_or_sections", "axis", combine.splitNearlyEvenly)(a)
    : conflict("sections-number", "a list of indices");
/** TensorFlow wants a pair for every axis; the symbolic form spreads one over all. */
const paddedAll: ShapeRule = (a) => {
  const [shape, widths] = [a.shape("x"), a.operand("pad_width")];
  if (a.symbolic || !hasRank(shape) || !hasRank(widths.shape) || shape.rank <= 1) return pad("x", "pad_width")(a);
  const pairs = widths.shape.rank === 2 ? widths.shape.at(0) : 1;
  return pairs === shape.rank
    ? pad("x", "pad_width")(a)
    : conflict("pads-per-axis", `${printDim(pairs)} for ${printShape(shape)}`);
};
/** The symbolic form does not see that axes would have to go, or that one would have to shrink to 1. */
const spreadTo: ShapeRule = (a) => {
  const [shape, wanted] = [a.shape("x"), new Shape(a.sizes("shape"))];
  if (!a.symbolic || !hasRank(shape) || shape.rank <= wanted.rank) return broadcastTo()(a);
  const both = broadcasted([shape, wanted]);
  return isConflict(both) ? both : wanted;
};
/** What a flat row would be made of Keras does not join. */
const joinedAlong: ShapeRule = (a) =>
  a.value("axis").kind === "none" ? conflict("axis-in-range", "axis None") : concat("xs")(a);
const divided: ShapeRule = (a) => {
  const shape = a.shape("x");
  const length = hasRank(shape) ? shape.at(a.integer("axis")) : undefined;
  if (length !== undefined && a.value("indices_or_sections").kind !== "int" && !inOrder(a, length))
    return conflict("indices-in-order", `${printDim(length)} elements`);
  return splitAt("x", "indices_or_sections")(a);
};
/** Keras multiplies the sizes as they are, which a `None` does not survive. */
const renamed: ShapeRule = (a) =>
  withRank(a.shape("tensor"), (it) => {
    if (it.dims.includes(NONE)) return conflict("sizes-fixed", printShape(it));
    return rearranged(it, a.text("pattern"), a.keywordSizes) ?? a.doubts("the pattern is not followed");
  });
const ofRank =
  (least: number): ShapeRule =>
  (a) =>
    withRank(a.shape("x"), (it) =>
      it.rank < least && !a.operand("x").isNumber && a.dtype("x") !== "string"
        ? conflict("rank-at-least", `${printShape(it)}, where ${least} are the least`)
        : it,
    );
/** Rows and columns, or columns and rows; TensorFlow joins lists with tensors only by chance. */
const isGrid = (a: Reader): boolean => {
  const lists = a.operands("x").filter((it) => it.isLiteral).length;
  if (a.symbolic && a.operands("x").length < 2 && a.text("indexing") === "xy") return false;
  return ["xy", "ij"].includes(a.text("indexing")) && (lists === 0 || lists === a.operands("x").length);
};
const searched: ShapeRule = (a) => {
  const [row, values] = [a.shape("sorted_sequence"), a.operand("values")];
  if (hasRank(row) && row.rank !== 1) return conflict("rank-is", `${printShape(row)}, where one axis is wanted`);
  if (a.symbolic && (values.isLiteral || a.operand("sorted_sequence").isLiteral))
    return conflict("operands-are-tensors", "a list among symbolic tensors");
  if (values.isLiteral) return a.doubts("numbers of another type than what is searched");
  return withRank(values.shape, (it) =>
    it.rank <= 1 || a.symbolic ? it : conflict("rank-is", `values of ${printShape(it)}, where one axis is wanted`),
  );
};
const append: ShapeRule = (a) => {
  const shapes = [a.shape("x1"), a.shape("x2")];
  if (a.has("axis")) {
    const along = shapes.map((it) =>
      hasRank(it) && normaliseAxis(a.integer("axis"), it.rank) !== undefined ? it.at(a.integer("axis")) : 0,
    );
    const whole = combine.concatenated(shapes, a.integer("axis"));
    // The symbolic form adds the sizes up as they are.
    return a.symbolic && along.includes(NONE) && !("conflict" in whole) ? conflict("sizes-known", "None") : whole;
  }
  return new Shape([shapes.map((it) => (hasRank(it) ? product(it) : unknown(it.reason))).reduce(plus, 0)]);
};

/** The symbolic form does not see that a matrix is wanted. */
const cornered: ShapeRule = (a) => {
  const shape = a.shape("x");
  if (!hasRank(shape) || shape.rank >= 2) return shape;
  return a.symbolic ? a.doubts("its run wants a matrix") : conflict("rank-at-least", printShape(shape));
};
/** Arrays of whole numbers TensorFlow stacks as a list of numbers: as int32, if they fit. */
const stackedType: DTypeRule = (a) => {
  const all = a.operands("x");
  const isPlain = all.length > 0 && all.every(({ tensor }) => tensor?.family.isData === true);
  const dtype = a.library.promoted(all);
  return isPlain && a.integer("axis") === 0 && dtype !== undefined && isInteger(dtype) && dtype !== "int32"
    ? undefined
    : dtype;
};
/** Elements stay and are arranged, repeated or chosen anew. */
export const SHAPING: Rules = {
  reshape: rule(reshape("x", "newshape"), kept(), {
    facts: keptFacts(),
    meant: target("newshape"),
    // Only the symbolic form has axes of any size.
    requires: (a) => (a.symbolic || !a.hasNone("newshape") ? undefined : conflict("sizes-known", "a None")),
  }),
  transpose: rule(transpose(), kept()),
  expand_dims: rule(expandDims(), kept(), { facts: keptFacts() }),
  squeeze: rule(squeezed, kept(), { facts: keptFacts() }),
  ravel: rule(ravel(), kept(), { facts: keptFacts() }),
  moveaxis: rule(moveAxis(), kept(), { type: "Moveaxis" }),
  swapaxes: rule(swapAxes(), kept(), { type: "Swapaxes" }),
  broadcast_to: rule(spreadTo, kept()),
  flip: rule(along(), kept()),
  roll: rule(rolled, kept()),
  fliplr: rule(ofRank(2), kept()),
  flipud: rule(ofRank(1), kept()),
  ...each("tril triu", cornered, kept()),
  concatenate: rule(joinedAlong, ofAll("xs"), { facts: joined("xs") }),
  stack: rule(stack("x"), stackedType, { facts: joined("x") }),
  hstack: rule(hstacked, ofAll("xs")),
  vstack: rule(vstacked, ofAll("xs")),
  append: rule(append, promoted("x1", "x2")),
  split: rule(divided, kept(), { yields: "list" }),
  array_split: rule(evenSections, kept(), { yields: "list" }),
  unstack: rule(unstack("x", "num"), kept(), { yields: "list", facts: elements("x") }),
  tile: rule(tile(), kept()),
  repeat: rule(repeat(), kept()),
  pad: rule(paddedAll, kept()),
  take: rule(take("x", "indices"), kept()),
  take_along_axis: rule(takeAlong, kept()),
  where: rule(whereShape, promoted("x1", "x2")),
  diff: rule(diff, kept("a")),
  one_hot: rule(encoded, given("float32")),
  top_k: rule(topK("x"), (a) => [a.dtype("x"), "int32"], { yields: ["values", "indices"], type: "TopK" }),
  searchsorted: rule(searched, int32, { type: "SearchSorted" }),
  rearrange: rule(renamed, kept("tensor")),
  meshgrid: rule(
    (a) => (isGrid(a) ? gridded("x")(a) : a.doubts("no such order, or lists among tensors")),
    (a) => a.operands("x").map((it) => a.library.concrete(it.leaves)),
    { yields: "list" },
  ),
  size: rule(scalar, int32),
  isin: rule(like("x1"), always("bool"), { type: "IsIn" }),
};
