import { type Conflict, conflict } from "../../tensor/conflict.ts";
import { type Dim, printDim } from "../../tensor/dim.ts";
import { type DType, isFloat, isInteger, type PythonScalar } from "../../tensor/dtype.ts";
import { outOfRange } from "../../tensor/indexing.ts";
import { hasRank, normaliseAxis, product, Shape } from "../../tensor/shape.ts";
import { always, same, together } from "../operation/dtypeRules.ts";
import type { Reader } from "../operation/reader.ts";
import { type Lines, tableOf } from "../operation/table.ts";
import type { DTypeRule, Rule, ShapeRule } from "../operation.ts";
import { numpyResultType } from "./promotion.ts";

/** What NumPy 2 makes of element types. */

export const { line, each } = tableOf();
export { declared, type Line, type Lines } from "../operation/table.ts";

/** The signatures of ufuncs of one operand and of two. */
const UFUNC = "/, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True";
export const ONE = `x, ${UFUNC}`;
export const TWO = `x1, x2, ${UFUNC}`;

/** With axes of size 1 in front, so that there are at least `rank`. */
export const least =
  (rank: number) =>
  (shape: Shape): Shape =>
    shape.rank >= rank ? shape : new Shape([...Array<Dim>(rank - shape.rank).fill(1), ...shape]);
/** What the tensors of a list become together. */
export const ofAll =
  (xs: string): DTypeRule =>
  (a) =>
    a.library.promoted(a.operands(xs));

export { always, same, together };
export const given =
  (otherwise: DType | DTypeRule, name = "dtype"): DTypeRule =>
  (a) =>
    a.has(name) ? a.type(name, undefined) : typeof otherwise === "string" ? otherwise : otherwise(a);
/** That none of the indices, along the named axis or of all elements in a row, is past either end. */
export function indicesWithin(a: Reader, array: string, indices: string): Conflict | undefined {
  const shape = a.shape(array);
  if (!hasRank(shape)) return undefined;
  const index = a.has("axis") ? normaliseAxis(a.integer("axis"), shape.rank) : undefined;
  if (index === undefined && a.has("axis")) return undefined;
  const length = index === undefined ? product(shape) : shape.at(index);
  const { values, leaves } = a.operand(indices);
  const past = leaves.includes("bool") ? undefined : values?.find((it) => outOfRange(it, length));
  return past === undefined ? undefined : conflict("index-in-range", `${past} of ${printDim(length)} elements`);
}

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
/** The size of a complex number is real. */
export const magnitude = (dtype: DType): DType =>
  dtype === "complex64" ? "float32" : dtype === "complex128" ? "float64" : dtype;
/** Arithmetic on truth values that has no form of its own works on bytes. */
export const byteOfBool = (dtype: DType): DType => (dtype === "bool" ? "int8" : dtype);
/** Functions of two floats: each operand as a float of its own, then both together. */
export const floatedBoth =
  (x: string, y: string): DTypeRule =>
  (a) => {
    const types = [a.operand(x), a.operand(y)].map((it) =>
      it.isNumber ? (it.leaves[0] as PythonScalar | undefined) : widened(a.library.concrete(it.leaves)),
    );
    if (types.includes(undefined)) return undefined;
    const dtype = numpyResultType(types.filter((it) => it !== undefined && it !== ("bool" as string)) as DType[]);
    return dtype && floated(dtype);
  };
const widened = (dtype: DType | undefined): DType | undefined => dtype && floated(dtype);

const refusing =
  (fits: (dtype: DType) => boolean) =>
  (...names: readonly string[]) =>
  (a: Reader): Conflict | undefined => {
    const dtype = a.promoted(...names);
    return dtype === undefined || fits(dtype) ? undefined : conflict("dtype-fits", dtype);
  };
export const isNumber = refusing((dtype) => dtype !== "bool" && dtype !== "string");
export const isOrdered = refusing((dtype) => !dtype.startsWith("complex"));
export const isWhole = refusing((dtype) => dtype === "bool" || isInteger(dtype));
export const notBools = refusing((dtype) => dtype !== "bool");

const KINDS = ["bool", "uint", "int", "float", "complex"] as const;
const kindOf = (type: string): number => KINDS.findIndex((kind) => type.startsWith(kind));
/** With `dtype=` a ufunc works in that type: it needs such a form, and its operands become it within their kind. */
function worksIn(form: (dtype: DType) => boolean, a: Reader, converts: boolean): Conflict | undefined {
  const casting = a.value("casting");
  const dtype = a.type("dtype", undefined);
  if (dtype === undefined || casting.kind !== "str" || casting.value !== "same_kind") return undefined;
  const operands = ["x", "x1", "x2"].filter((name) => a.has(name)).map((name) => a.operand(name));
  const types = operands.flatMap(({ isNumber, leaves }) => (isNumber ? leaves : [a.library.concrete(leaves)]));
  const isPast = types.some((type) => type !== undefined && kindOf(type) > kindOf(dtype) && type !== "int");
  return form(dtype) && !(converts && isPast) ? undefined : conflict("dtype-fits", dtype);
}
/** Lines of ufuncs: the type asked for, or the rule's; a truth has that type, whatever it is told of. */
export const ufuncs =
  (form: (dtype: DType) => boolean = () => true, converts = true) =>
  (names: string, shape: ShapeRule, dtype: DTypeRule, more: Partial<Rule> = {}, signature = ONE): Lines =>
    each(names, signature, shape, given(dtype), {
      ...more,
      requires: (a) => (a.has("dtype") ? worksIn(form, a, converts) : more.requires?.(a)),
    });

/** Means: whole numbers become float64. */
export const averaged = (dtype: DType): DType => (isInteger(dtype) || dtype === "bool" ? "float64" : dtype);
/** Sums are at least as wide as the machine's integers. */
export function summed(dtype: DType): DType {
  if (dtype === "bool" || dtype.startsWith("int")) return "int64";
  return dtype.startsWith("uint") ? "uint64" : dtype;
}
export const divided = (dtype: DType): DType | undefined =>
  isFloat(dtype) || dtype.startsWith("complex") ? dtype : numpyResultType([dtype, "float64"]);
