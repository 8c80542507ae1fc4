import { broadcastShapes } from "../../tensor/broadcast.ts";
import { isFloat } from "../../tensor/dtype.ts";
import { Shape } from "../../tensor/shape.ts";
import { arithmetic } from "../operation/facts.ts";
import { broadcast, like, matmul } from "../operation/shapes.ts";
import { type DTypeRule, type Operation, operation, type Rule, type ShapeRule } from "../operation.ts";
import { bool, isNumeric, meeting, same, together } from "./rules.ts";

/** What `x + y` and the other operators do with TensorFlow's tensors. */

const pair = broadcast("x", "y");
const both = together("x", "y");
/** Whole numbers are divided as floats: float64, or float32 for the narrow ones. */
export const quotient: DTypeRule = (a) => {
  const dtype = a.promoted("x", "y");
  if (dtype === undefined || isFloat(dtype) || dtype.startsWith("complex")) return dtype;
  return ["int8", "uint8", "int16", "uint16"].includes(dtype) ? "float32" : "float64";
};
/** Shapes that do not broadcast are unequal, and that is no fault. */
const equality: ShapeRule = (a) => {
  const shapes = [a.shape("x"), a.shape("y")];
  const result = broadcastShapes(shapes);
  return "conflict" in result ? new Shape([]) : result.shape;
};

const binary = (op: string, shape: ShapeRule, dtype: DTypeRule, more: Partial<Rule> = {}): [string, Operation] => [
  op,
  operation(op, "x, y", { shape, dtype, requires: meeting("x", "y"), facts: arithmetic(op, "x", "y"), ...more }),
];
const unary = (op: string, more: Partial<Rule> = {}): [string, Operation] => [
  `unary ${op}`,
  operation(op, "x", { shape: like("x"), dtype: same("x"), ...more }),
];

export const OPERATORS: Readonly<Record<string, Operation>> = Object.fromEntries([
  ...["+", "-", "*", "//", "%", "**"].map((op) => binary(op, pair, both)),
  binary("/", pair, quotient),
  binary("@", matmul("x", "y"), both),
  ...["<", "<=", ">", ">="].map((op) => binary(op, pair, bool)),
  ...["==", "!="].map((op) => binary(op, equality, bool)),
  ...["&", "|", "^"].map((op) => binary(op, pair, both)),
  unary("-", { requires: isNumeric("x") }),
  unary("+"),
  unary("~"),
  unary("abs", { requires: isNumeric("x") }),
  unary("round"),
]);
