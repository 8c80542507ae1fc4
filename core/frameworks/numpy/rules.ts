import { type DType, isFloat, isInteger, numpyResultType } from "../../tensor/dtype.ts";
import { type DTypeRule, type Operation, operation, type Rule, type ShapeRule } from "../operation.ts";

/** What NumPy 2 makes of element types. */

export interface Line extends Rule {
  readonly signature: string;
}
export type Lines = Readonly<Record<string, Line>>;
export const line = (signature: string, shape: ShapeRule, dtype: DTypeRule, more: Partial<Rule> = {}): Line => ({
  signature,
  shape,
  dtype,
  ...more,
});
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
export const given =
  (otherwise: DType | DTypeRule, name = "dtype"): DTypeRule =>
  (a) =>
    a.has(name) ? a.type(name, undefined) : typeof otherwise === "string" ? otherwise : otherwise(a);
export const mapped =
  (change: (dtype: DType) => DType | undefined, rule: DTypeRule): DTypeRule =>
  (a) => {
    const dtype = rule(a) as DType | undefined;
    return dtype && change(dtype);
  };

/** Functions of floats: an integer of 8 bits is float16, of 16 float32, of more float64. */
export function floated(dtype: DType): DType | undefined {
  if (dtype === "bool" || dtype === "int8" || dtype === "uint8") return "float16";
  if (dtype === "int16" || dtype === "uint16") return "float32";
  return isInteger(dtype) ? "float64" : dtype;
}
/** Means: whole numbers become float64. */
export const averaged = (dtype: DType): DType => (isInteger(dtype) || dtype === "bool" ? "float64" : dtype);
/** Sums are at least as wide as the machine's integers. */
export function summed(dtype: DType): DType {
  if (dtype === "bool" || dtype.startsWith("int")) return "int64";
  return dtype.startsWith("uint") ? "uint64" : dtype;
}
export const divided = (dtype: DType): DType | undefined =>
  isFloat(dtype) || dtype.startsWith("complex") ? dtype : numpyResultType([dtype, "float64"]);
