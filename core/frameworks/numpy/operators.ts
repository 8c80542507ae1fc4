import { applied, arithmetic } from "../operation/facts.ts";
import { broadcast, like, matmul } from "../operation/shapes.ts";
import type { DTypeRule } from "../operation.ts";
import { type Operation, operation, type Rule, type ShapeRule } from "../operation.ts";
import { halfToEven } from "./ops/elementwise.ts";
import { always, byteOfBool, divided, magnitude, mapped, notBools, same, together } from "./rules.ts";

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
const pair = broadcast("x", "y");

export const OPERATORS: Readonly<Record<string, Operation>> = Object.fromEntries([
  ...["+", "*", "&", "|", "^", "<<", ">>"].map((op) => binary(op, pair, both)),
  binary("-", pair, both, { requires: notBools("x", "y") }),
  ...["//", "%", "**"].map((op) => binary(op, pair, mapped(byteOfBool, both))),
  binary("/", pair, mapped(divided, both)),
  binary("@", matmul("x", "y"), both),
  ...["<", "<=", ">", ">=", "==", "!="].map((op) => binary(op, pair, always("bool"))),
  unary("+", same("x")),
  unary("-", same("x"), { facts: applied((x) => -x) }),
  unary("~", same("x"), { facts: opposite }),
  unary("round", same("x"), { facts: applied(halfToEven) }),
  unary("abs", mapped(magnitude, same("x")), { facts: applied(Math.abs) }),
]);
