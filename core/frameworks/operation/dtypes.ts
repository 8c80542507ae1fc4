import {
  bool,
  type ClassValue,
  int,
  nativeClass,
  nativeMethod,
  type Opaque,
  str,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { byteSize, type DType, isComplex, isDType, isFloat, isInteger } from "../../tensor/dtype.ts";
import type { Library } from "./library.ts";

/** A library's own object for an element type: `tf.float32`, an array's `dtype`. */
export const dtypeValue = (dtype: DType): Opaque => ({
  kind: "opaque",
  type: "dtype",
  data: { dtype },
  class: CLASS,
});
const property = (name: string, answer: (dtype: DType) => Value): readonly [string, Value] => [
  name,
  {
    kind: "property",
    get: nativeMethod(`dtype.${name}`, (_, { list: [self] }) =>
      self?.value.kind === "opaque" && self.value.type === "dtype"
        ? answer((self.value.data as { readonly dtype: DType }).dtype)
        : unknown(name),
    ),
  },
];
const MEMBERS = nativeClass(
  "dtype",
  [],
  Object.fromEntries([
    property("name", str),
    property("is_floating", (it) => bool(isFloat(it))),
    property("is_integer", (it) => bool(isInteger(it))),
    property("is_bool", (it) => bool(it === "bool")),
    property("is_complex", (it) => bool(isComplex(it))),
    property("as_numpy_dtype", dtypeValue),
    property("base_dtype", dtypeValue),
    property("itemsize", (it) => sized(byteSize(it))),
    property("size", (it) => sized(byteSize(it))),
  ]),
);
/** Of which class it is, and what else it has, each library says for itself. */
const OPEN: ClassValue = { ...MEMBERS, open: "not followed of an element type" };
const CLASS: ClassValue = { ...OPEN, mro: [OPEN] };
function sized(bytes: number | undefined): Value {
  return bytes === undefined ? unknown("the size of a string") : int(bytes);
}

/** The element type that a value names; null where it is none that Inlayer knows. */
export function dtypeOf(value: Value, library: Library): DType | null {
  if (value.kind === "str") return library.named(value.value) ?? null;
  if (value.kind === "opaque" && value.type === "dtype") return (value.data as { readonly dtype: DType }).dtype;
  if (value.kind === "class" || value.kind === "native") {
    const name = value.name.slice(value.name.lastIndexOf(".") + 1);
    return library.python(name) ?? (isDType(name) ? name : (library.named(name) ?? null));
  }
  return null;
}
