import type { DType, Floatx, PythonScalar } from "../../tensor/dtype.ts";

/** What element types become together in Keras. */

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
