import { byteSize, type DType, isComplex, isDType, isInteger, type PythonScalar } from "../../tensor/dtype.ts";

/** What element types become together in NumPy 2. */

const isUnsigned = (dtype: DType): boolean => dtype.startsWith("uint");
/** bool < integer < float < complex < string; the types of other packages (bfloat16, float8) have no place. */
function rankOf(dtype: DType): number {
  if (dtype === "bool") return 0;
  if (isInteger(dtype)) return 1;
  if (dtype === "float16" || dtype === "float32" || dtype === "float64") return 2;
  return isComplex(dtype) ? 3 : dtype === "string" ? 4 : Number.NaN;
}
const bits = (dtype: DType): number => 8 * (byteSize(dtype) ?? 0);
const named = (kind: "int" | "uint" | "float" | "complex", width: number): DType => `${kind}${width}` as DType;

/** The float that holds every value of an 8- or 16-bit integer; float64 for the wider ones, as near as there is. */
const floatBits = (integer: DType): number => Math.min(64, 2 * bits(integer));

function numpyIntegers(a: DType, b: DType): DType {
  if (isUnsigned(a) === isUnsigned(b)) return bits(a) >= bits(b) ? a : b;
  const [signed, unsigned] = isUnsigned(a) ? [b, a] : [a, b];
  if (bits(signed) > bits(unsigned)) return signed;
  return bits(unsigned) === 64 ? "float64" : named("int", 2 * bits(unsigned));
}

/** What NumPy 2 makes of two of its types. */
function numpyPair(a: DType, b: DType): DType | undefined {
  if (a === b) return a;
  const [low, high] = rankOf(a) <= rankOf(b) ? [a, b] : [b, a];
  const rank = rankOf(high);
  if (Number.isNaN(rankOf(low) + rank)) return undefined;
  if (rank === 4 || low === "bool") return high;
  if (rank === 1) return numpyIntegers(a, b);
  const complex = isComplex(high);
  const width = isInteger(low) ? floatBits(low) : isComplex(low) ? bits(low) / 2 : bits(low);
  const widest = Math.max(width, complex ? bits(high) / 2 : bits(high));
  return complex ? named("complex", 2 * Math.max(32, widest)) : named("float", widest);
}

/** A Python scalar raises the kind where the arrays' kind is below its own, and never the width (NEP 50). */
function withScalar(dtype: DType | undefined, scalar: PythonScalar): DType | undefined {
  if (dtype === "string") return undefined;
  const kind = { int: 1, float: 2, complex: 3 }[scalar];
  if (dtype === undefined || rankOf(dtype) >= kind) return dtype;
  if (scalar === "int") return "int64";
  if (scalar === "float") return "float64";
  return dtype === "float16" || dtype === "float32" ? "complex64" : "complex128";
}

/**
 * `numpy.result_type` of NumPy 2; nothing for no arguments, for a string with a Python scalar, and where bfloat16 or
 * float8, which are not NumPy's own, meet another type. The highest type is promoted with each of the others in turn,
 * as NumPy does: int16, uint16 and float32 are float32, though int16 and uint16 alone are int32.
 */
export function numpyResultType(types: readonly (DType | PythonScalar)[]): DType | undefined {
  const scalars = (["int", "float", "complex"] as const).filter((scalar) => types.includes(scalar));
  const arrays = types.filter(isDType).sort((a, b) => rankOf(b) - rankOf(a));
  const [first, ...others] = arrays;
  if (arrays.some((dtype) => Number.isNaN(rankOf(dtype)))) return new Set(types).size === 1 ? first : undefined;
  const highest = others.reduce<DType | undefined>((sum, dtype) => sum && numpyPair(sum, dtype), first);
  return first === undefined
    ? scalars.reduce<DType | undefined>(withScalar, scalars.length > 0 ? "int64" : undefined)
    : scalars.reduce<DType | undefined>(withScalar, highest);
}
