import type { Machine } from "./machine.ts";
import { isSubclass, type Value } from "./values.ts";

/** Which built-in types a kind of value is an instance of. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  int: ["int"],
  bool: ["bool", "int"],
  float: ["float"],
  str: ["str"],
  bytes: ["bytes"],
  list: ["list"],
  tuple: ["tuple"],
  dict: ["dict"],
  set: ["set"],
  range: ["range"],
  none: ["NoneType"],
  slice: ["slice"],
  class: ["type"],
};

/** `isinstance(value, type)`, as far as it is certain. */
export function isInstance(m: Machine, value: Value, type: Value): boolean | undefined {
  if (type.kind === "tuple") {
    const answers = type.items.map((item) => isInstance(m, value, item));
    return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
  }
  if (type.kind !== "class") return undefined;
  if (type.name === "object") return true;
  if (value.kind === "unknown") {
    const known = value.type === undefined ? undefined : KINDS[value.type];
    return known === undefined ? undefined : known.includes(type.name);
  }
  if (value.kind === "instance") {
    if (isSubclass(value.class, type)) return true;
    return value.class.mro.some((it) => it.open !== undefined)
      ? undefined
      : ABSTRACT.has(type.name)
        ? undefined
        : false;
  }
  if (value.kind === "tensor") return TENSOR_TYPES.test(type.qualifiedName) ? undefined : false;
  const protocol = ABSTRACT.get(type.name);
  if (protocol !== undefined) return protocol.includes(value.kind);
  if (value.kind === "opaque") return undefined;
  return KINDS[value.kind]?.includes(type.name) ?? false;
}

const TENSOR_TYPES = /tensor|array|variable/i;
const ABSTRACT: ReadonlyMap<string, readonly string[]> = new Map([
  ["Iterable", ["list", "tuple", "dict", "set", "str", "range", "iterator", "bytes"]],
  ["Sequence", ["list", "tuple", "str", "range", "bytes"]],
  ["Mapping", ["dict"]],
  ["Callable", ["function", "native", "method", "class"]],
  ["Number", ["int", "float", "bool"]],
  ["Integral", ["int", "bool"]],
  ["Real", ["int", "float", "bool"]],
  ["Hashable", ["int", "float", "bool", "str", "tuple", "none", "bytes"]],
]);
