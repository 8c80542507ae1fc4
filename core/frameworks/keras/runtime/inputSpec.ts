import { setAttribute } from "../../../interpreter/attributes.ts";
import { allItems, isUnknownItems } from "../../../interpreter/builtins/items.ts";
import { int, type NativeValue, NONE_VALUE, nativeMethod, tuple, type Value } from "../../../interpreter/values.ts";
import type { Signature } from "../signatures.ts";
import { bind } from "./given.ts";

const NAMES = ["dtype", "shape", "ndim", "max_ndim", "min_ndim", "axes"];

/** What a layer takes: no layer itself. It keeps what it is told, the shape as a tuple, which says the rank too. */
export const initInputSpec = (signature: Signature): NativeValue =>
  nativeMethod("InputSpec.__init__", (m, { list: [self, ...list], open }) => {
    const { args } = bind(signature, open === undefined ? { list } : { list, open });
    if (self === undefined) return NONE_VALUE;
    const given = args["shape"]?.value;
    const items = given?.kind === "tuple" || given?.kind === "list" ? allItems(m, given) : undefined;
    const said: Readonly<Record<string, Value | undefined>> =
      items === undefined || isUnknownItems(items) ? {} : { shape: tuple(items), ndim: int(items.length) };
    for (const name of NAMES) setAttribute(m, self.value, name, said[name] ?? args[name]?.value ?? NONE_VALUE);
    return NONE_VALUE;
  });
