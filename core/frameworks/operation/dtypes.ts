import type { Opaque, Value } from "../../interpreter/values.ts";
import { type DType, isDType } from "../../tensor/dtype.ts";
import type { Library } from "./library.ts";

/** A library's own object for an element type: `tf.float32`, an array's `dtype`. */
export const dtypeValue = (dtype: DType): Opaque => ({ kind: "opaque", type: "dtype", data: { dtype } });

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
