import { type Conflict, conflict } from "../../tensor/conflict.ts";
import { hasRank, printShape } from "../../tensor/shape.ts";
import { applied, arithmetic, halfToEven } from "../operation/facts.ts";
import type { Reader } from "../operation/reader.ts";
import { broadcast, like, matmul } from "../operation/shapes.ts";
import type { DTypeRule } from "../operation.ts";
import { type Operation, operation, type Rule, type ShapeRule } from "../operation.ts";
import {
  always,
  byteOfBool,
  divided,
  isNumber,
  isWhole,
  magnitude,
  mapped,
  notBools,
  same,
  together,
} from "./rules.ts";

/** What `x + y` and the other operators do with arrays. */

const both = together("x", "y");
const binary = (op: string, shape: ShapeRule, dtype: DTypeRule, more: Partial<Rule> = {}): [string, Operation] => [
  op,
  operation(op, "x, y", { shape, dtype, facts: arithmetic(op, "x", "y"), ...more }),
];
const unary = (op: string, dtype: DTypeRule, more: Partial<Rule> = {}): [string, Operation] => [
  `unary ${op}`,
  operation(op, "x", { shape: like("x"), dtype, ...more }),
];
const opposite: Rule["facts"] = (a) => {
  const { leaves, values } = a.operand("x");
  return { values: leaves.every((it) => it === "bool") ? values?.map((it) => 1 - it) : undefined };
};
/** A scalar of NumPy's can be rounded, an array has no such method. */
const isOne = (a: Reader): Conflict | undefined => {
  const shape = a.shape("x");
  return hasRank(shape) && shape.rank > 0 ? conflict("rounded-by-function", printShape(shape)) : undefined;
};
const pair = broadcast("x", "y");

export const OPERATORS: Readonly<Record<string, Operation>> = Object.fromEntries([
  ...["+", "*"].map((op) => binary(op, pair, both)),
  ...["&", "|", "^", "<<", ">>"].map((op) => binary(op, pair, both, { requires: isWhole("x", "y") })),
  binary("-", pair, both, { requires: notBools("x", "y") }),
  ...["//", "%", "**"].map((op) => binary(op, pair, mapped(byteOfBool, both))),
  binary("/", pair, mapped(divided, both)),
  binary("@", matmul("x", "y"), both),
  ...["<", "<=", ">", ">=", "==", "!="].map((op) => binary(op, pair, always("bool"))),
  unary("+", same("x"), { requires: isNumber("x") }),
  unary("-", same("x"), { requires: isNumber("x"), facts: applied((x) => -x) }),
  unary("~", same("x"), { requires: isWhole("x"), facts: opposite }),
  unary("round", same("x"), { requires: isOne, facts: applied(halfToEven) }),
  unary("abs", mapped(magnitude, same("x")), { facts: applied(Math.abs) }),
]);
