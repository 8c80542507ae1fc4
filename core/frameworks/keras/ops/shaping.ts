import * as combine from "../../../tensor/combine.ts";
import { minus, plus, product, unknown } from "../../../tensor/dim.ts";
import { hasRank, normaliseAxis, Shape } from "../../../tensor/shape.ts";
import { joined, kept as keptFacts } from "../../operation/facts.ts";
import {
  broadcast,
  broadcastTo,
  concat,
  conflict,
  expandDims,
  like,
  moveAxis,
  oneHot,
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
  topK,
  transpose,
  unstack,
  withRank,
} from "../../operation/shapes.ts";
import type { DTypeRule, ShapeRule } from "../../operation.ts";
import { always, given, int32, kept, promoted } from "./dtypes.ts";
import { each, type Rules, rule } from "./table.ts";

const ofAll =
  (xs: string): DTypeRule =>
  (a) =>
    a.library.promoted(a.operands(xs));

/** Joins along the axis that a stack of this kind has: `hstack` 1, or 0 of vectors; `vstack` 0, of rows at least. */
const stackedRows =
  (axis: number, least: number): ShapeRule =>
  (a) => {
    const shapes = a.operands("xs").map(({ shape: it }) =>
      withRank(it, (shape) => {
        if (least === 2 && shape.rank < 2) return new Shape([1, ...(shape.rank === 0 ? [1] : shape)]);
        return shape.rank === 0 ? new Shape([1]) : shape;
      }),
    );
    const first = shapes.find(hasRank);
    return combine.concatenated(shapes, first !== undefined && first.rank <= axis ? 0 : axis);
  };

const diff: ShapeRule = (a) =>
  withRank(a.shape("a"), (it) => {
    const axis = normaliseAxis(a.integer("axis"), it.rank);
    if (axis === undefined) return conflict("axis-in-range", `axis ${a.integer("axis")} of rank ${it.rank}`);
    return it.with(axis, minus(it.at(axis), a.integer("n")));
  });
const diagonal: ShapeRule = (a) => a.doubts("diagonals are not followed");
const whereShape: ShapeRule = (a) => {
  if (a.has("x1")) return broadcast("condition", "x1", "x2")(a);
  a.doubts("how many elements are true is only known at run time");
  return a.shape("condition");
};
const takeAlong: ShapeRule = (a) => {
  if (!a.has("axis")) return withRank(a.shape("indices"), (it) => new Shape([product(it)]));
  return a.shape("indices");
};
const append: ShapeRule = (a) => {
  const shapes = [a.shape("x1"), a.shape("x2")];
  if (a.has("axis")) return combine.concatenated(shapes, a.integer("axis"));
  return new Shape([shapes.map((it) => (hasRank(it) ? product(it) : unknown(it.reason))).reduce(plus, 0)]);
};

/** Elements stay and are arranged, repeated or chosen anew. */
export const SHAPING: Rules = {
  reshape: rule(reshape("x", "newshape"), kept(), { facts: keptFacts(), meant: target("newshape") }),
  transpose: rule(transpose(), kept()),
  expand_dims: rule(expandDims(), kept(), { facts: keptFacts() }),
  squeeze: rule(squeeze(), kept(), { facts: keptFacts() }),
  ravel: rule(ravel(), kept(), { facts: keptFacts() }),
  moveaxis: rule(moveAxis(), kept(), { type: "Moveaxis" }),
  swapaxes: rule(swapAxes(), kept(), { type: "Swapaxes" }),
  broadcast_to: rule(broadcastTo(), kept()),
  ...each("flip fliplr flipud roll tril triu", like(), kept()),
  concatenate: rule(concat("xs"), ofAll("xs"), { facts: joined("xs") }),
  stack: rule(stack("x"), ofAll("x"), { facts: joined("x") }),
  hstack: rule(stackedRows(1, 1), ofAll("xs")),
  vstack: rule(stackedRows(0, 2), ofAll("xs")),
  append: rule(append, promoted("x1", "x2")),
  split: rule(splitAt("x", "indices_or_sections"), kept(), { yields: "list" }),
  array_split: rule(splitAt("x", "indices_or_sections", "axis", combine.splitNearlyEvenly), kept(), { yields: "list" }),
  unstack: rule(unstack("x", "num"), kept(), { yields: "list" }),
  tile: rule(tile(), kept()),
  repeat: rule(repeat(), kept()),
  pad: rule(pad("x", "pad_width"), kept()),
  take: rule(take("x", "indices"), kept()),
  take_along_axis: rule(takeAlong, kept()),
  where: rule(whereShape, promoted("x1", "x2")),
  diff: rule(diff, kept("a")),
  diagonal: rule(diagonal, kept()),
  one_hot: rule(oneHot("x", "num_classes"), given("float32")),
  top_k: rule(topK("x"), (a) => [a.dtype("x"), "int32"], { yields: ["values", "indices"], type: "TopK" }),
  ...each("searchsorted", like("values"), int32, { type: "SearchSorted" }),
  isin: rule(like("x1"), always("bool"), { type: "IsIn" }),
};
