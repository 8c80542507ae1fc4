import { like } from "../operation/shapes.ts";
import { type Operation, operation, type Rule, typeOf } from "../operation.ts";
import { CONTRACTION } from "./ops/contraction.ts";
import { bool } from "./ops/dtypes.ts";
import { ELEMENTWISE } from "./ops/elementwise.ts";
import { SHAPING } from "./ops/shaping.ts";
import { each, generated, type Rules } from "./ops/table.ts";

/** The operators of symbolic tensors are functions of `keras.ops`. */

export const BINARY: Readonly<Record<string, string>> = {
  "+": "add",
  "-": "subtract",
  "*": "multiply",
  "/": "true_divide",
  "//": "floor_divide",
  "%": "mod",
  "**": "power",
  "@": "matmul",
  "!=": "not_equal",
  "<": "less",
  "<=": "less_equal",
  ">": "greater",
  ">=": "greater_equal",
  "&": "logical_and",
  "|": "logical_or",
  "^": "logical_xor",
};
const UNARY: Readonly<Record<string, string>> = {
  "-": "negative",
  "~": "logical_not",
  abs: "absolute",
  round: "round",
};

const RULES: Rules = { ...ELEMENTWISE, ...CONTRACTION, ...each("logical_not", like(), bool) };

/** The function by the name that a user wrote: the operator. */
function written(op: string, name: string, rule: Rule | undefined): readonly [string, Operation][] {
  if (rule === undefined) return [];
  return [
    [
      op,
      operation(op.replace("unary ", ""), () => generated(`keras.ops.${name}`), {
        ...rule,
        type: rule.type ?? typeOf(name),
      }),
    ],
  ];
}

export const OPERATORS: Readonly<Record<string, Operation>> = Object.fromEntries([
  ...Object.entries(BINARY).flatMap(([op, name]) => written(op, name, RULES[name])),
  ...Object.entries(UNARY).flatMap(([op, name]) => written(`unary ${op}`, name, RULES[name])),
]);

const method = (name: "reshape" | "squeeze"): Operation => {
  const rule = SHAPING[name] as Rule;
  return operation(name, () => generated(`keras.ops.${name}`), rule);
};
export const RESHAPE = method("reshape");
export const SQUEEZE = method("squeeze");
