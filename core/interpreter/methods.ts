import type { Machine } from "./machine.ts";
import { iteratorField, methodField, propertyField, staticField } from "./methods/callables.ts";
import { DICT_METHODS, FROM_KEYS } from "./methods/dicts.ts";
import { LIST_METHODS } from "./methods/lists.ts";
import { numberField, rangeField, sliceField } from "./methods/numbers.ts";
import { SET_METHODS } from "./methods/sets.ts";
import { BYTES_METHODS, STRING_METHODS } from "./methods/strings.ts";
import { TUPLE_METHODS, tupleField } from "./methods/tuples.ts";
import type { NativeValue, Value } from "./values.ts";

/** An attribute or a method of one of the language's own values; undefined where it has none of that name. */
export function fieldOf(m: Machine, object: Value, name: string): Value | undefined {
  switch (object.kind) {
    case "str":
      return bound(object, STRING_METHODS, name);
    case "bytes":
      return bound(object, BYTES_METHODS, name);
    case "list":
      return bound(object, LIST_METHODS, name);
    case "dict":
      return name === "fromkeys"
        ? { kind: "method", self: object, function: FROM_KEYS }
        : bound(object, DICT_METHODS, name);
    case "set":
      return bound(object, SET_METHODS, name);
    case "tuple":
      return tupleField(m, object, name);
    case "bool":
    case "int":
    case "float":
      return numberField(object, name);
    case "range":
      return rangeField(object, name) ?? bound(object, TUPLE_METHODS, name);
    case "slice":
      return sliceField(object, name);
    case "iterator":
      return iteratorField(object, name);
    case "property":
      return propertyField(object, name);
    case "method":
      return methodField(m, object, name);
    case "static":
    case "classmethod":
      return staticField(m, object, name);
    default:
      return undefined;
  }
}

/** The tables' functions are shared; only the binding is new. */
function bound(self: Value, table: Readonly<Record<string, NativeValue>>, name: string): Value | undefined {
  const method = Object.hasOwn(table, name) ? table[name] : undefined;
  return method === undefined ? undefined : { kind: "method", self, function: method };
}
