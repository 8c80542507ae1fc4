import { float, int, NONE_VALUE, str, tuple, unknown, type Value } from "../../../interpreter/values.ts";
import type { Parameter } from "../../operation/signature.ts";
import { type DTypeRule, type Operation, operation, type Rule, type ShapeRule } from "../../operation.ts";
import { type Literal, lookup } from "../signatures.ts";

/** Keras's functions are declared by rules alone: their signatures are generated from the installed package. */

export type Rules = Readonly<Record<string, Rule>>;

/** One line of a table. */
export const rule = (shape: ShapeRule, dtype: DTypeRule, more: Partial<Rule> = {}): Rule => ({ shape, dtype, ...more });

/** Several functions of one rule, their names with blanks between them. */
export const each = (names: string, shape: ShapeRule, dtype: DTypeRule, more: Partial<Rule> = {}): Rules =>
  Object.fromEntries(names.split(" ").map((name) => [name, rule(shape, dtype, more)]));

export const declared = (prefix: string, rules: Rules): readonly Operation[] =>
  Object.entries(rules).map(([name, it]) => operation(prefix + name, () => generated(prefix + name), it));

/** The parameters of a Keras function, as Keras 3 or else Keras 2 has it; `K.logsumexp` of older ones is now an op. */
export function generated(name: string): readonly Parameter[] {
  const signature = lookup(name) ?? lookup(name, 2) ?? lookup(name.replace(/^keras\.backend\./, "keras.ops."));
  return (signature?.parameters ?? [{ name: "args", kind: "varArgs" }]).map((it) => {
    const { name: parameter, kind } = it;
    if (it.default === undefined) return { name: parameter, kind };
    const initial =
      "literal" in it.default ? literalValue(it.default.literal) : unknown(`the default ${it.default.opaque}`);
    return { name: parameter, kind, initial };
  });
}

function literalValue(literal: Literal): Value {
  if (literal === null) return NONE_VALUE;
  if (typeof literal === "boolean") return { kind: "bool", value: literal };
  if (typeof literal === "string") return str(literal);
  if ("int" in literal) return int(literal.int);
  if ("float" in literal) return float(literal.float);
  return tuple(("tuple" in literal ? literal.tuple : literal.list).map(literalValue));
}
