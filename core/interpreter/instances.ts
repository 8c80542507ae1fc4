import type { Machine } from "./machine.ts";
import { isSubclass, type Value } from "./values.ts";

/** Which types of the language's own a kind of value is an instance of. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  int: ["builtins.int"],
  bool: ["builtins.bool", "builtins.int"],
  float: ["builtins.float"],
  str: ["builtins.str"],
  bytes: ["builtins.bytes"],
  list: ["builtins.list"],
  tuple: ["builtins.tuple"],
  dict: ["builtins.dict"],
  set: ["builtins.set"],
  range: ["builtins.range"],
  none: ["builtins.NoneType", "types.NoneType"],
  slice: ["builtins.slice"],
  class: ["builtins.type"],
  function: ["types.FunctionType", "types.LambdaType"],
  method: ["types.MethodType"],
  module: ["types.ModuleType"],
  iterator: ["types.GeneratorType"],
  property: ["builtins.property"],
};
/** Kinds that stand for more than one type of Python's: only what they cannot be is certain. */
const MANY: ReadonlySet<string> = new Set(["method", "iterator", "native", "opaque", "super", "static", "classmethod"]);

/** `isinstance(value, type)`, as far as it is certain. */
export function isInstance(m: Machine, value: Value, type: Value): boolean | undefined {
  if (type.kind === "tuple") {
    const answers = type.items.map((item) => isInstance(m, value, item));
    return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
  }
  if (type.kind === "none") return value.kind === "none" ? true : value.kind === "unknown" ? undefined : false;
  if (type.kind !== "class") return undefined;
  const { qualifiedName } = type;
  if (qualifiedName === "builtins.object") return true;
  if (value.kind === "unknown") {
    const known = value.type === undefined ? undefined : KINDS[value.type];
    return known === undefined || !/^builtins\./.test(qualifiedName) ? undefined : known.includes(qualifiedName);
  }
  const protocol = PROTOCOLS.test(qualifiedName) ? ABSTRACT.get(type.name) : undefined;
  const own = value.kind === "instance" || value.kind === "opaque" ? value.class : undefined;
  if (own !== undefined) {
    if (isSubclass(own, type)) return true;
    const isOpen = own.mro.some((it) => it.open !== undefined);
    return isOpen || (value.kind === "instance" && PROTOCOLS.test(qualifiedName)) ? undefined : false;
  }
  if (value.kind === "tensor")
    return value.family.isA?.(type) ?? (TENSOR_TYPES.test(qualifiedName) ? undefined : false);
  if (protocol !== undefined) return protocol.includes(value.kind);
  if (PROTOCOLS.test(qualifiedName)) return undefined;
  if (value.kind === "tuple" && value.type !== undefined && isSubclass(value.type, type)) return true;
  if (value.kind === "dict" && qualifiedName.startsWith("collections.")) return undefined;
  if (value.kind === "set" && value.frozen === true) return qualifiedName === "builtins.frozenset";
  if (MANY.has(value.kind))
    return /^types\.|^functools\./.test(qualifiedName) || value.kind === "opaque" ? undefined : false;
  return KINDS[value.kind]?.includes(qualifiedName) ?? false;
}

const TENSOR_TYPES = /tensor|array|variable/i;
const PROTOCOLS = /^(typing|typing_extensions|collections\.abc|numbers)\./;
const ABSTRACT: ReadonlyMap<string, readonly string[]> = new Map([
  ["Iterable", ["list", "tuple", "dict", "set", "str", "range", "iterator", "bytes"]],
  ["Sequence", ["list", "tuple", "str", "range", "bytes"]],
  ["MutableSequence", ["list"]],
  ["List", ["list"]],
  ["Tuple", ["tuple"]],
  ["Dict", ["dict"]],
  ["Mapping", ["dict"]],
  ["MutableMapping", ["dict"]],
  ["Callable", ["function", "native", "method", "class"]],
  ["Number", ["int", "float", "bool"]],
  ["Integral", ["int", "bool"]],
  ["Real", ["int", "float", "bool"]],
]);
