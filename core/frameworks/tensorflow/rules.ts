import { type Conflict, conflict } from "../../tensor/conflict.ts";
import { type DType, isComplex, isFloat } from "../../tensor/dtype.ts";
import { always, same, together } from "../operation/dtypeRules.ts";
import type { Operand } from "../operation/operand.ts";
import type { Reader } from "../operation/reader.ts";
import { tableOf } from "../operation/table.ts";
import type { DTypeRule } from "../operation.ts";

/** What TensorFlow makes of element types: it converts numbers and arrays, but never a tensor. */

export const { line, each } = tableOf(", name=None");
export { declared, type Lines } from "../operation/table.ts";

export { always, same, together };
export const bool = always("bool");
export const given =
  (otherwise: DType | DTypeRule, name = "dtype"): DTypeRule =>
  (a) =>
    a.has(name) ? a.type(name, undefined) : typeof otherwise === "string" ? otherwise : otherwise(a);

const printed = (dtype: DType | undefined): string => dtype ?? "?";
export const isTensor = (it: Operand): boolean => it.tensor !== undefined && !it.tensor.family.isData;

/** Tensors of different types never meet. */
export function equalTypes(operands: readonly Operand[]): Conflict | undefined {
  const types = new Set(operands.filter(isTensor).map((it) => it.tensor?.dtype));
  types.delete(undefined);
  return types.size > 1 ? conflict("dtypes-equal", [...types].map(printed).join(" and ")) : undefined;
}
/** What is made a tensor before it meets another: arrays and numbers too have their own types then. */
export function oneType(types: readonly (DType | undefined)[]): Conflict | undefined {
  const [first, ...others] = types.filter((it) => it !== undefined);
  const odd = others.find((it) => it !== first);
  return odd === undefined ? undefined : conflict("dtypes-equal", `${printed(first)} and ${odd}`);
}
export const converted = (a: Reader, ...names: readonly string[]): Conflict | undefined =>
  oneType(names.map((name) => a.dtype(name)));
/** Some functions have float32 for their first form: whatever is no tensor becomes that. */
export const float32Unless =
  (...names: readonly string[]): DTypeRule =>
  (a) =>
    names.map((name) => a.operand(name)).find(isTensor)?.tensor?.dtype ?? "float32";
/** Operands of an operation of two: the types must agree, numbers must become the type that decides. */
export const meeting =
  (...names: readonly string[]) =>
  (a: Reader): Conflict | undefined => {
    const operands = names.map((name) => a.operand(name));
    return equalTypes(operands) ?? noFraction(operands, a);
  };

/** The type of what meets: that of the first tensor, or else of what comes first. */
export const decided =
  (...names: readonly string[]): DTypeRule =>
  (a) => {
    if (a.symbolic) return a.promoted(...names);
    const operands = names.map((name) => a.operand(name));
    const decides = operands.find(isTensor) ?? operands[0];
    return decides && a.library.concrete(decides.leaves);
  };

/** A number with a fraction does not become a whole one; the first tensor decides, or else the first number. */
function noFraction(operands: readonly Operand[], a: Reader): Conflict | undefined {
  const decides = operands.find(isTensor) ?? operands[0];
  const type = decides && a.library.concrete(decides.leaves);
  const isInteger = type !== undefined && (type.startsWith("int") || type.startsWith("uint"));
  const fraction = operands.some((it) => it.isLiteral && it.leaves.includes("float"));
  return isInteger && fraction ? conflict("dtypes-equal", `${type} and a number with a fraction`) : undefined;
}
/** Both of the above: each constraint in turn. */
export const both =
  (...constraints: readonly ((a: Reader) => Conflict | undefined)[]) =>
  (a: Reader): Conflict | undefined => {
    for (const constraint of constraints) {
      const broken = constraint(a);
      if (broken !== undefined) return broken;
    }
    return undefined;
  };
/** Some functions take the type of the first operand, even of a number. */
export const firstDecides =
  (x: string, y: string) =>
  (a: Reader): Conflict | undefined => {
    const [first, second] = [a.operand(x), a.operand(y)];
    const type = a.library.concrete(first.leaves);
    const other = isTensor(second) ? second.tensor?.dtype : undefined;
    if (isTensor(first) || type === undefined || other === undefined || type === other) return undefined;
    return conflict("dtypes-equal", `${type} and ${other}`);
  };

const fits =
  (test: (dtype: DType) => boolean) =>
  (name: string) =>
  (a: Reader): Conflict | undefined => {
    const dtype = a.dtype(name);
    return dtype === undefined || test(dtype) ? undefined : conflict("dtype-fits", dtype);
  };
export const isReal = fits((dtype) => isFloat(dtype) || isComplex(dtype));
export const isNumeric = fits((dtype) => dtype !== "bool" && dtype !== "string");
/** Truth values are neither added nor compared. */
export const numericPair =
  (x: string, y: string) =>
  (a: Reader): Conflict | undefined => {
    const dtype = a.promoted(x, y);
    return dtype === "bool" ? conflict("dtype-fits", dtype) : undefined;
  };
export const isOrdered = fits((dtype) => dtype !== "bool" && dtype !== "string" && !isComplex(dtype));
export const isSigned = fits((dtype) => dtype !== "bool" && dtype !== "string" && !dtype.startsWith("uint"));
/** Arrays and numbers are converted; a tensor must be of truth values. */
export const isBool =
  (name: string) =>
  (a: Reader): Conflict | undefined => {
    const { tensor, isLiteral, leaves } = a.operand(name);
    if (isLiteral && leaves.some((it) => it !== undefined && it !== "bool")) return conflict("dtype-fits", "a number");
    if (tensor === undefined || tensor.family.isData || tensor.dtype === undefined || tensor.dtype === "bool")
      return undefined;
    return conflict("dtype-fits", tensor.dtype);
  };
/** What has a type to fall back on, which an array is converted to: `tf.one_hot` of an array of floats. */
export const unlessArray =
  (name: string, constraint: (a: Reader) => Conflict | undefined) =>
  (a: Reader): Conflict | undefined =>
    a.operand(name).tensor?.family.isData === true ? undefined : constraint(a);
export const isWholeOrBool = fits((dtype) => dtype === "bool" || dtype.startsWith("int") || dtype.startsWith("uint"));
export const isWhole = fits((dtype) => dtype.startsWith("int") || dtype.startsWith("uint"));
