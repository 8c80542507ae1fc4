import { type DTypeRule, type Operation, operation, type Rule, type ShapeRule } from "../operation.ts";

/** A line of a library's table: the signature as Python writes it, and the rules. */
export interface Line extends Rule {
  readonly signature: string;
}
export type Lines = Readonly<Record<string, Line>>;

/** How a library writes its table, whose signatures all end with `tail`. */
export function tableOf(tail = "") {
  const line = (signature: string, shape: ShapeRule, dtype: DTypeRule, more: Partial<Rule> = {}): Line => ({
    signature: signature + tail,
    shape,
    dtype,
    ...more,
  });
  /** Several functions of one line, their names with blanks between them. */
  const each = (
    names: string,
    signature: string,
    shape: ShapeRule,
    dtype: DTypeRule,
    more: Partial<Rule> = {},
  ): Lines => Object.fromEntries(names.split(" ").map((name) => [name, line(signature, shape, dtype, more)]));
  return { line, each };
}

export const declared = (prefix: string, lines: Lines): readonly Operation[] =>
  Object.entries(lines).map(([name, { signature, ...rule }]) => operation(prefix + name, signature, rule));
