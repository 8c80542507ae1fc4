import { type Conflict, conflict } from "../../tensor/conflict.ts";
import { type DType, isComplex, isFloat } from "../../tensor/dtype.ts";
import type { Operand } from "../operation/operand.ts";
import type { Reader } from "../operation/reader.ts";
import { type DTypeRule, type Operation, operation, type Rule, type ShapeRule } from "../operation.ts";

/** What TensorFlow makes of element types: it converts numbers and arrays, but never a tensor. */

/** A line of a table: the signature, to which `name=None` is added, and the rules. */
export interface Line extends Rule {
  readonly signature: string;
}
export const line = (signature: string, shape: ShapeRule, dtype: DTypeRule, more: Partial<Rule> = {}): Line => ({
  signature: `${signature}, name=None`,
  shape,
  dtype,
  ...more,
});
export type Lines = Readonly<Record<string, Line>>;
export const each = (
  names: string,
  signature: string,
  shape: ShapeRule,
  dtype: DTypeRule,
  more: Partial<Rule> = {},
): Lines => Object.fromEntries(names.split(" ").map((name) => [name, line(signature, shape, dtype, more)]));
export const declared = (prefix: string, lines: Lines): readonly Operation[] =>
  Object.entries(lines).map(([name, { signature, ...rule }]) => operation(prefix + name, signature, rule));

export const same =
  (x: string): DTypeRule =>
  (a) =>
    a.dtype(x);
export const together =
  (...names: readonly string[]): DTypeRule =>
  (a) =>
    a.promoted(...names);
export const always =
  (dtype: DType): DTypeRule =>
  () =>
    dtype;
export const bool = always("bool");
export const given =
  (otherwise: DType | DTypeRule, name = "dtype"): DTypeRule =>
  (a) =>
    a.has(name) ? a.type(name, undefined) : typeof otherwise === "string" ? otherwise : otherwise(a);

const printed = (dtype: DType | undefined): string => dtype ?? "?";
const isTensor = (it: Operand): boolean => it.tensor !== undefined && !it.tensor.family.isData;

/** Tensors of different types never meet. */
export function equalTypes(operands: readonly Operand[]): Conflict | undefined {
  const types = new Set(operands.filter(isTensor).map((it) => it.tensor?.dtype));
  types.delete(undefined);
  return types.size > 1 ? conflict("dtypes-equal", [...types].map(printed).join(" and ")) : undefined;
}
export const meeting =
  (...names: readonly string[]) =>
  (a: Reader): Conflict | undefined =>
    equalTypes(names.map((name) => a.operand(name))) ?? noFraction(names.map((name) => a.operand(name)));

/** A number with a fraction does not become a whole one. */
function noFraction(operands: readonly Operand[]): Conflict | undefined {
  const type = operands.find(isTensor)?.tensor?.dtype;
  const isWhole = type !== undefined && !isFloat(type) && !isComplex(type) && type !== "bool" && type !== "string";
  const fraction = operands.some((it) => it.isLiteral && it.leaves.includes("float"));
  return isWhole && fraction ? conflict("dtypes-equal", `${type} and a number with a fraction`) : undefined;
}

const fits =
  (test: (dtype: DType) => boolean) =>
  (name: string) =>
  (a: Reader): Conflict | undefined => {
    const dtype = a.dtype(name);
    return dtype === undefined || test(dtype) ? undefined : conflict("dtype-fits", dtype);
  };
export const isReal = fits((dtype) => isFloat(dtype) || isComplex(dtype));
export const isNumeric = fits((dtype) => dtype !== "bool" && dtype !== "string");
export const isBool = fits((dtype) => dtype === "bool");
export const isWhole = fits((dtype) => dtype.startsWith("int") || dtype.startsWith("uint"));
