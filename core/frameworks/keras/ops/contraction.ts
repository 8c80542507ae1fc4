import { product as productOf } from "../../../tensor/dim.ts";
import { Shape } from "../../../tensor/shape.ts";
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

/** Sums over shared axes. */
export const CONTRACTION: Rules = {
  matmul: rule(matmul(), product),
  dot: rule(dot(), both),
  tensordot: rule(tensordot("x1", "x2", "axes"), both),
  einsum: rule(einsumOf("subscripts", "operands"), (a) => {
    const dtypes = a.operands("operands").map((it) => a.library.concrete(it.leaves));
    return dtypes.every((it) => it === "int8") ? "int32" : a.library.promoted(a.operands("operands"));
  }),
  outer: rule(outer, both),
};
