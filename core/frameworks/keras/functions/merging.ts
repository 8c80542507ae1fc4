import { instantiate } from "../../../interpreter/classes.ts";
import { type ClassValue, type NativeValue, native, positional, unknown } from "../../../interpreter/values.ts";
import { bind } from "../runtime/given.ts";
import { callLayer } from "../runtime/layerCall.ts";
import type { Signature } from "../signatures.ts";

/** Functions of `keras.layers` that make a layer and call it at once. */
export const MERGING: Readonly<Record<string, string>> = {
  add: "Add",
  average: "Average",
  concatenate: "Concatenate",
  dot: "Dot",
  maximum: "Maximum",
  minimum: "Minimum",
  multiply: "Multiply",
  subtract: "Subtract",
};

/** `concatenate(inputs, axis=-1, **kwargs)` is `Concatenate(axis=axis, **kwargs)(inputs)`. */
export const mergingFunction = (signature: Signature, layer: ClassValue): NativeValue =>
  native(signature.name, (m, args) => {
    const { inputs, ...others } = bind(signature, args).args;
    if (inputs === undefined) return unknown(`${signature.name} of nothing`);
    const list = Object.entries(others).map(([name, arg]) => ({ ...arg, name }));
    const made = instantiate(m, layer, args.open === undefined ? { list } : { list, open: args.open });
    return made.kind === "instance" ? callLayer(m, made, positional(inputs.value)) : made;
  });
