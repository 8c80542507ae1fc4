import { conflict } from "../../../tensor/conflict.ts";
import { product as productOf } from "../../../tensor/dim.ts";
import { hasRank, Shape } from "../../../tensor/shape.ts";
import { dot, einsumOf, matmul, tensordot, withRank } from "../../operation/shapes.ts";
import type { DTypeRule, ShapeRule } from "../../operation.ts";
import { promoted } from "./dtypes.ts";
import { type Rules, rule } from "./table.ts";

const both = promoted("x1", "x2");
/** Two int8 give int32; everything else as promoted. */
const product: DTypeRule = (a) => {
  const isInt8 = a.dtype("x1") === "int8" && a.dtype("x2") === "int8";
  return isInt8 ? "int32" : a.promoted("x1", "x2");
};
const outer: ShapeRule = (a) =>
  withRank(a.shape("x1"), (x) => withRank(a.shape("x2"), (y) => new Shape([count(x), count(y)])));
const count = (shape: Shape) => productOf(shape);

/** With a list of axes the symbolic form compares them one by one; a run counts only the elements. */
const dotted: ShapeRule = (a) => {
  const isList = a.value("axes").kind !== "int";
  const { shape } = a.operand("axes");
  if (a.symbolic && isList && hasRank(shape) && shape.rank < 2) return a.doubts("axes is no pair of lists");
  return tensordot("x1", "x2", a.symbolic && isList ? "axes" : "elements")(a);
};
/** Both forms check less than they should of odd equations. */
const labelled: ShapeRule = (a) => {
  const terms = a.text("subscripts").split("->")[0]?.split(",") ?? [];
  // The symbolic form counts a blank of a term as a label.
  const spaced = a.symbolic ? terms.find((term) => term.includes(" ")) : undefined;
  if (spaced !== undefined && !spaced.includes("...")) return conflict("no-blanks", `"${spaced}"`);
  const labels = terms.map((term) => term.replace(/[.\s]/g, ""));
  if (labels.some((term) => new Set(term).size < term.length)) return a.doubts("a label that stands twice in one term");
  const shape = einsumOf("subscripts", "operands")(a);
  if (!a.symbolic && "conflict" in shape && shape.conflict === "labels-per-axis") return a.doubts(shape.detail);
  return shape;
};

/** What the symbolic form of `einsum` lets pass. */
const EINSUM_UNCHECKED = new Set(
  "labelled-axes-equal one-ellipsis ellipsis-in-output output-labels-given output-labels-once".split(" "),
);

/** Sums over shared axes. */
export const CONTRACTION: Rules = {
  matmul: rule(matmul(), product),
  dot: rule(dot(), both),
  // Lists of axes are looked at when the model is built; a number of them only when it runs.
  tensordot: rule(dotted, both, { unchecked: (_, a) => a.value("axes").kind === "int" }),
  einsum: rule(
    labelled,
    (a) => {
      const dtypes = a.operands("operands").map((it) => a.library.concrete(it.leaves));
      return dtypes.every((it) => it === "int8") ? "int32" : a.library.promoted(a.operands("operands"));
    },
    { unchecked: ({ conflict }) => EINSUM_UNCHECKED.has(conflict) },
  ),
  outer: rule(outer, both),
};
