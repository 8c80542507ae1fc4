/** What each library calls its element types. Nothing: the library rejects the name, or the type is none of `DType`. */
import { type DType, isDType } from "../../tensor/dtype.ts";

/** A Python type used as a dtype: `dtype=float`. */
export type PythonType = "bool" | "int" | "float" | "complex" | "str";

/** `keras.src.backend.standardize_dtype` of a string: its own names, and "int"; "float" is an invalid dtype. */
export const kerasDType = (name: string): DType | undefined =>
  name === "int" ? "int64" : isDType(name) ? name : undefined;

/** `standardize_dtype` of a Python type on the TensorFlow backend: `PYTHON_DTYPES_MAP`. */
export const kerasPythonDType = (type: PythonType): DType =>
  (({ bool: "bool", int: "int64", float: "float32", complex: "complex128", str: "string" }) as const)[type];

const NUMPY: Readonly<Record<string, DType>> = {
  int: "int64",
  float: "float64",
  complex: "complex128",
  bool_: "bool",
  str: "string",
  str_: "string",
  bytes: "string",
  bytes_: "string",
  half: "float16",
  single: "float32",
  double: "float64",
  csingle: "complex64",
  cdouble: "complex128",
  byte: "int8",
  ubyte: "uint8",
  short: "int16",
  ushort: "uint16",
  intc: "int32",
  uintc: "uint32",
  int_: "int64",
  uint: "uint64",
  intp: "int64",
  uintp: "uint64",
  long: "int64",
  ulong: "uint64",
  longlong: "int64",
  ulonglong: "uint64",
};
const NUMPY_CODES: Readonly<Record<string, DType>> = {
  "?": "bool",
  b1: "bool",
  b: "int8",
  i1: "int8",
  B: "uint8",
  u1: "uint8",
  h: "int16",
  i2: "int16",
  H: "uint16",
  u2: "uint16",
  i: "int32",
  i4: "int32",
  I: "uint32",
  u4: "uint32",
  l: "int64",
  q: "int64",
  i8: "int64",
  L: "uint64",
  Q: "uint64",
  u8: "uint64",
  e: "float16",
  f2: "float16",
  f: "float32",
  f4: "float32",
  d: "float64",
  f8: "float64",
  F: "complex64",
  c8: "complex64",
  D: "complex128",
  c16: "complex128",
};

/**
 * `numpy.dtype(name)`, on a 64-bit Unix: names, C names, one-letter and sized codes with a byte order, strings of any
 * length; also Python's types by their names, and `numpy.float32` and the like by theirs.
 */
export function numpyDType(name: string): DType | undefined {
  if (Object.hasOwn(NUMPY, name)) return NUMPY[name];
  const code = name.replace(/^[<>=|]/, "");
  if (Object.hasOwn(NUMPY_CODES, code)) return NUMPY_CODES[code];
  if (/^[SU]\d*$/.test(code)) return "string";
  return isDType(name) && name !== "string" ? name : undefined;
}

const TENSORFLOW: Readonly<Record<string, DType>> = { half: "float16", float: "float32", double: "float64" };
/** `tensorflow.as_dtype(name)`. */
export const tensorflowDType = (name: string): DType | undefined =>
  Object.hasOwn(TENSORFLOW, name) ? TENSORFLOW[name] : isDType(name) ? name : undefined;
