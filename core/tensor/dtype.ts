/** Element types. What two of them become together is each library's own matter. */

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

/**
 * The types that arrays and tensors may have (`ALLOWED_DTYPES` in keras.src.backend.common.dtypes, the widest list).
 */
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
