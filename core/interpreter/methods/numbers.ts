import { defineMethod, doubtful } from "../builtins/define.ts";
import { unknownInt } from "../builtins/items.ts";
import { sliceBounds } from "../subscript.ts";
import {
  bool,
  float,
  int,
  type NativeValue,
  numberOf,
  type RangeValue,
  reasonOf,
  type SliceValue,
  tuple,
  unknown,
  type Value,
} from "../values.ts";

/** Methods and attributes of numbers, ranges and slices. */

export const INT_METHODS: Readonly<Record<string, NativeValue>> = {
  bit_length: defineMethod("int.bit_length", "self", (_, { self }) => {
    const value = numberOf(self);
    if (value === undefined) return unknownInt(reasonOf(self) ?? "bits of a size that is not known");
    return int(value === 0 ? 0 : BigInt(Math.abs(value)).toString(2).length);
  }),
  bit_count: defineMethod("int.bit_count", "self", (_, { self }) => {
    const value = numberOf(self);
    if (value === undefined) return unknownInt(reasonOf(self) ?? "bits of a size that is not known");
    return int([...BigInt(Math.abs(value)).toString(2)].filter((it) => it === "1").length);
  }),
  conjugate: defineMethod("int.conjugate", "self", (_, { self }) => self),
  is_integer: defineMethod("int.is_integer", "self", () => bool(true)),
};

export const FLOAT_METHODS: Readonly<Record<string, NativeValue>> = {
  is_integer: defineMethod("float.is_integer", "self", (_, { self }) =>
    self.kind === "float" ? bool(Number.isInteger(self.value)) : doubtful([self], "a number that is not known", "bool"),
  ),
  conjugate: defineMethod("float.conjugate", "self", (_, { self }) => self),
};

export function numberField(object: Value, name: string): Value | undefined {
  const isFloat = object.kind === "float";
  if (name === "real") return object.kind === "bool" ? int(Number(object.value)) : object;
  if (name === "imag") return isFloat ? float(0) : int(0);
  if (!isFloat && name === "numerator") return object;
  if (!isFloat && name === "denominator") return int(1);
  const method = (isFloat ? FLOAT_METHODS : INT_METHODS)[name];
  return method === undefined ? undefined : { kind: "method", self: object, function: method };
}

export function rangeField(object: RangeValue, name: string): Value | undefined {
  return name === "start" || name === "stop" || name === "step" ? int(object[name]) : undefined;
}

const INDICES = defineMethod("slice.indices", "self, length, /", (_, { self, length }) => {
  const size = numberOf(length);
  const bounds = size === undefined ? undefined : sliceBounds(self, size);
  return bounds === undefined ? unknown("the bounds of the slice are not known") : tuple(bounds.map(int));
});
export function sliceField(object: SliceValue, name: string): Value | undefined {
  if (name === "start") return object.lower;
  if (name === "stop") return object.upper;
  if (name === "step") return object.step;
  return name === "indices" ? { kind: "method", self: object, function: INDICES } : undefined;
}
