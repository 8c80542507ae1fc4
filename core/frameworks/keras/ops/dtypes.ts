import { type Conflict, conflict } from "../../../tensor/conflict.ts";
import { type DType, isComplex, isFloat, isInteger } from "../../../tensor/dtype.ts";
import type { Reader } from "../../operation/reader.ts";
import type { DTypeRule } from "../../operation.ts";
import { resultType } from "../promotion.ts";

/** What Keras makes of element types, on the TensorFlow backend with floatx float32. */

export const kept =
  (x = "x"): DTypeRule =>
  (a) =>
    a.dtype(x);
export const always =
  (dtype: DType): DTypeRule =>
  () =>
    dtype;
export const bool = always("bool");
export const int32 = always("int32");
export const promoted =
  (...names: readonly string[]): DTypeRule =>
  (a) =>
    a.promoted(...names);
/** The type that an argument names; the rule's where it is left out. */
export const given =
  (otherwise: DTypeRule | DType, name = "dtype"): DTypeRule =>
  (a) =>
    a.has(name) ? a.type(name, undefined) : typeof otherwise === "string" ? otherwise : otherwise(a);

type OneType = (dtype: DType) => DType | undefined;
/** A rule of the promoted type of the operands. */
export const mapped =
  (change: OneType, ...names: readonly string[]): DTypeRule =>
  (a) => {
    const dtype = names.length === 1 ? a.dtype(names[0] ?? "") : a.promoted(...names);
    return dtype && change(dtype);
  };

const isReal = (dtype: DType): boolean => isFloat(dtype) || isComplex(dtype);
/** Whole numbers become floatx. */
export const toFloat: OneType = (dtype) => (isReal(dtype) ? dtype : "float32");
/** As `result_type(x, float)`, but int64 is float64 as in the numpy backend's own functions. */
export const toWideFloat: OneType = (dtype) => (dtype === "int64" ? "float64" : toFloat(dtype));
/** Sums of narrow integers are wider: `sum`, `prod`, `trace`. */
export const summedType: OneType = (dtype) =>
  dtype === "bool" || dtype === "int8" || dtype === "int16"
    ? "int32"
    : dtype === "uint8" || dtype === "uint16"
      ? "uint32"
      : dtype;
export const boolToInt: OneType = (dtype) => (dtype === "bool" ? "int32" : dtype);
export const realPart: OneType = (dtype) =>
  dtype === "complex64" ? "float32" : dtype === "complex128" ? "float64" : dtype;

export const floating = (...names: readonly string[]): DTypeRule =>
  mapped(toFloat, ...(names.length === 0 ? ["x"] : names));
export const wideFloating = (...names: readonly string[]): DTypeRule =>
  mapped(toWideFloat, ...(names.length === 0 ? ["x"] : names));
export const summed = mapped(summedType, "x");

/** `divide`: whole numbers become floatx, whatever their width. */
export const divided =
  (x: string, y: string): DTypeRule =>
  (a) => {
    const dtype = a.promoted(x, y);
    return dtype && resultType([dtype, "float"]);
  };

/** What the backend refuses, where the symbolic form accepts it: a function of floats on whole numbers, and so on. */
const whenRun =
  (fits: (dtype: DType) => boolean) =>
  (...names: readonly string[]) =>
  (a: Reader): Conflict | undefined => {
    if (a.symbolic) return undefined;
    const dtypes = names.map((name) => a.dtype(name)).filter((it) => it !== undefined);
    const odd = dtypes.find((it) => !fits(it));
    return odd === undefined ? undefined : conflict("dtype-fits", odd);
  };
export const realWhenRun = whenRun(isReal);
export const wholeWhenRun = whenRun((dtype) => isInteger(dtype));
export const numericWhenRun = whenRun((dtype) => dtype !== "bool" && dtype !== "string");
export const signedWhenRun = whenRun((dtype) => dtype !== "bool" && dtype !== "string" && !dtype.startsWith("uint"));
/** All but text. */
export const numbersWhenRun = whenRun((dtype) => dtype !== "string");
