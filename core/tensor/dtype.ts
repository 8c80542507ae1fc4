/** Element types, and what two of them become together: by Keras's rules, and by NumPy's. */

const BYTES = {
  bool: 1,
  uint8: 1,
  uint16: 2,
  uint32: 4,
  uint64: 8,
  int8: 1,
  int16: 2,
  int32: 4,
  int64: 8,
  bfloat16: 2,
  float16: 2,
  float32: 4,
  float64: 8,
  complex64: 8,
  complex128: 16,
  float8_e4m3fn: 1,
  float8_e5m2: 1,
  string: undefined,
} as const;

/** Keras's dtypes: `ALLOWED_DTYPES` in keras.src.backend.common.dtypes. */
export type DType = keyof typeof BYTES;
/** A Python scalar takes part in promotion, but gives way: its kind counts, not its width. */
export type PythonScalar = "int" | "float" | "complex";
export type Floatx = "float16" | "bfloat16" | "float32" | "float64";

export const DTYPES = Object.keys(BYTES) as readonly DType[];
export const isDType = (name: string): name is DType => Object.hasOwn(BYTES, name);

/** Bytes of one element; nothing for strings, which have no fixed size. */
export const byteSize = (dtype: DType): number | undefined => BYTES[dtype];

/** `keras.backend.is_float_dtype`: bfloat16 and the float8s count, complex does not. */
export const isFloat = (dtype: DType): boolean => dtype.startsWith("float") || dtype.startsWith("bfloat");
/** `keras.backend.is_int_dtype`: signed and unsigned; bool does not count. */
export const isInteger = (dtype: DType): boolean => dtype.startsWith("int") || dtype.startsWith("uint");
export const isComplex = (dtype: DType): boolean => dtype.startsWith("complex");

// ---- Keras -----------------------------------------------------------------------------------------------------------

/** Each type and those directly above it: `_type_promotion_lattice` in keras.src.backend.common.dtypes. */
const ABOVE: Readonly<Record<string, readonly string[]>> = {
  bool: ["int"],
  uint8: ["int16", "uint16"],
  uint16: ["int32", "uint32"],
  uint32: ["int64", "uint64"],
  uint64: ["float"],
  int: ["uint8", "int8", "complex64"],
  int8: ["int16"],
  int16: ["int32"],
  int32: ["int64"],
  int64: ["float"],
  float: ["bfloat16", "float16"],
  bfloat16: ["float32"],
  float16: ["float32"],
  float32: ["float64", "complex64"],
  float64: ["complex128"],
  complex64: ["complex128"],
  complex128: [],
};
const upperBounds = (name: string): ReadonlySet<string> =>
  new Set([name, ...(ABOVE[name] ?? []).flatMap((above) => [...upperBounds(above)])]);
const BOUNDS = new Map(Object.keys(ABOVE).map((name) => [name, upperBounds(name)]));

/** The least type at or above all of these; nothing where one of them (string, float8) is not in the lattice. */
function leastUpperBound(names: readonly string[]): string | undefined {
  const bounds = names.map((name) => BOUNDS.get(name) ?? new Set<string>());
  const common = [...BOUNDS.keys()].filter((name) => bounds.every((set) => set.has(name)));
  return common.find((name) => common.every((other) => BOUNDS.get(name)?.has(other)));
}

/** TensorFlow keeps 64 bits except for these two: `BIT64_TO_BIT32_DTYPE`. */
const NARROWED: Readonly<Record<string, DType>> = { uint64: "uint32", complex128: "complex64" };

/**
 * `keras.backend.result_type` on the TensorFlow backend. Nothing where Keras raises: there is no way from a string or a
 * float8 to another type, nor from float8 to itself. A lone int or float has the width of `floatx`.
 */
export function resultType(types: readonly (DType | PythonScalar)[], floatx: Floatx = "float32"): DType | undefined {
  if (types.some((type) => type.startsWith("float8"))) return undefined;
  // Keras does not treat a Python complex as weak: it is complex128.
  const distinct = [...new Set(types.map((type) => (type === "complex" ? "complex128" : type)))];
  if (distinct.length === 0) return floatx;
  const bound = distinct.length === 1 ? distinct[0] : leastUpperBound(distinct);
  if (bound === "int" || bound === "float") return `${bound}${floatx.slice(-2)}` as DType;
  return bound === undefined ? undefined : (NARROWED[bound] ?? (bound as DType));
}

// ---- NumPy -----------------------------------------------------------------------------------------------------------

const isUnsigned = (dtype: DType): boolean => dtype.startsWith("uint");
/** bool < integer < float < complex < string; the types of other packages (bfloat16, float8) have no place. */
function rankOf(dtype: DType): number {
  if (dtype === "bool") return 0;
  if (isInteger(dtype)) return 1;
  if (dtype === "float16" || dtype === "float32" || dtype === "float64") return 2;
  return isComplex(dtype) ? 3 : dtype === "string" ? 4 : Number.NaN;
}
const bits = (dtype: DType): number => 8 * (BYTES[dtype] ?? 0);
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
 * float8, which are not NumPy's own, meet another type. The highest type is promoted with each of the others in turn, as
 * NumPy does: int16, uint16 and float32 are float32, though int16 and uint16 alone are int32.
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
