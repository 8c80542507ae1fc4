import { setAttribute } from "../../../interpreter/attributes.ts";
import { itemsOf } from "../../../interpreter/containers.ts";
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
    const items = given && itemsOf(m, given);
    const said: Readonly<Record<string, Value | undefined>> =
      items === undefined ? {} : { shape: tuple(items), ndim: int(items.length) };
    for (const name of NAMES) setAttribute(m, self.value, name, said[name] ?? args[name]?.value ?? NONE_VALUE);
    return NONE_VALUE;
  });
