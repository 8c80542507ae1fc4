import { broadcastShapes } from "../../tensor/broadcast.ts";
import { type Conflict, conflict, type ShapeResult } from "../../tensor/conflict.ts";
import { matmul } from "../../tensor/contraction.ts";
import { isFloat } from "../../tensor/dtype.ts";
import { type AnyShape, hasRank, Shape } from "../../tensor/shape.ts";
import { arithmetic } from "../operation/facts.ts";
import type { Reader } from "../operation/reader.ts";
import { broadcast, like } from "../operation/shapes.ts";
import { hasOwnOperators } from "../operation/variables.ts";
import { type DTypeRule, type Operation, operation, type Rule, type ShapeRule } from "../operation.ts";
import { bool, both, isSigned, isWholeOrBool, meeting, numericPair, same, together } from "./rules.ts";

/** What `x + y` and the other operators do with TensorFlow's tensors. */

const pair = broadcast("x", "y");
const isVariable = (a: Reader, name: string): boolean => {
  const { tensor } = a.operand(name);
  return tensor !== undefined && hasOwnOperators(a.machine, tensor);
};
/** A variable of Keras 3 converts what it meets. */
const met = (a: Reader): Conflict | undefined =>
  ["x", "y"].some((it) => isVariable(a, it)) ? undefined : meeting("x", "y")(a);
/** What it converts is known where one of the two is of floats. Truth values on its left stay what they are. */
const converted =
  (otherwise: DTypeRule): DTypeRule =>
  (a) => {
    if (!isVariable(a, "x") && !isVariable(a, "y")) return otherwise(a);
    const types = ["x", "y"].map((it) => a.operand(it).tensor?.dtype);
    const [left, right] = types;
    if (right === undefined || left === right) return otherwise(a);
    const floats = types.filter((it) => it !== undefined && isFloat(it));
    return left !== "bool" && left !== undefined && floats.length === 1 ? floats[0] : undefined;
  };
const type = converted(together("x", "y"));
/** Whole numbers are divided as floats: float64, or float32 for the narrow ones. */
export const quotient: DTypeRule = converted((a) => {
  const dtype = a.promoted("x", "y");
  if (dtype === undefined || isFloat(dtype) || dtype.startsWith("complex")) return dtype;
  return ["int8", "uint8", "int16", "uint16"].includes(dtype) ? "float32" : "float64";
});
/** Shapes that do not broadcast are unequal, and that is no fault. */
const equality: ShapeRule = (a) => {
  const shapes = [a.shape("x"), a.shape("y")];
  const result = broadcastShapes(shapes);
  return "conflict" in result ? new Shape([]) : result.shape;
};

/** A product of matrices: TensorFlow's takes no vectors. */
export const matrices = (left: AnyShape, right: AnyShape): ShapeResult => {
  for (const shape of [left, right])
    if (hasRank(shape) && shape.rank < 2) return conflict("rank-at-least", `rank ${shape.rank}, where 2 is the least`);
  return matmul(left, right);
};
const matrixProduct =
  (x: string, y: string): ShapeRule =>
  (a) =>
    matrices(a.shape(x), a.shape(y));
const numbers = both(met, numericPair("x", "y"));
/** On the right of a comparison it is converted, as any tensor. */
const compared = (a: Reader): Conflict | undefined =>
  isVariable(a, "x") ? undefined : both(meeting("x", "y"), numericPair("x", "y"))(a);
const isBits = (a: Reader): Conflict | undefined => {
  const dtype = a.promoted("x", "y");
  return dtype !== undefined && isFloat(dtype) ? conflict("dtype-fits", dtype) : undefined;
};

const binary = (op: string, shape: ShapeRule, dtype: DTypeRule, more: Partial<Rule> = {}): [string, Operation] => [
  op,
  operation(op, "x, y", { shape, dtype, requires: met, facts: arithmetic(op, "x", "y"), ...more }),
];
const unary = (op: string, more: Partial<Rule> = {}): [string, Operation] => [
  `unary ${op}`,
  operation(op, "x", { shape: like("x"), dtype: same("x"), ...more }),
];

const unlessTensor: ShapeRule = (a) => a.doubts("TensorFlow's tensors have no such operator");

export const OPERATORS: Readonly<Record<string, Operation>> = Object.fromEntries([
  ...["+", "-", "//", "%", "**"].map((op) => binary(op, pair, type, { requires: numbers })),
  // Of truth values it is `and`.
  binary("*", pair, type),
  binary("/", pair, quotient, { requires: numbers }),
  binary("@", matrixProduct("x", "y"), type, { requires: meeting("x", "y") }),
  ...["<", "<=", ">", ">="].map((op) => binary(op, pair, bool, { requires: compared })),
  ...["==", "!="].map((op) => binary(op, equality, bool, { requires: meeting("x", "y") })),
  ...["&", "|", "^"].map((op) => binary(op, pair, type, { requires: both(meeting("x", "y"), isBits) })),
  unary("-", { requires: isSigned("x") }),
  // A variable of Keras has these, a tensor has not.
  unary("+", { shape: unlessTensor }),
  unary("~", { requires: isWholeOrBool("x") }),
  unary("abs", { requires: isSigned("x") }),
  unary("round", { shape: unlessTensor }),
]);
