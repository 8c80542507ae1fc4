import { findAttribute } from "../attributes.ts";
import { defineMethod } from "../builtins/define.ts";
import { iterate, next } from "../iterate.ts";
import type { Machine } from "../machine.ts";
import {
  type MethodValue,
  type NativeValue,
  NONE_VALUE,
  type PropertyValue,
  reasonOf,
  type StaticValue,
  unknown,
  type Value,
} from "../values.ts";
import { partialField } from "./partial.ts";

/** Attributes of what is called, of descriptors and of iterators. */

const bound = (self: Value, method: NativeValue | undefined): Value | undefined =>
  method === undefined ? undefined : { kind: "method", self, function: method };

/** `@x.setter` makes a new property with the same getter. */
const PROPERTY_METHODS: Readonly<Record<string, NativeValue>> = {
  getter: defineMethod("property.getter", "self, function, /", (_, { self, function: get }) =>
    self.kind === "property" ? { ...self, get } : unknown("this is not a property"),
  ),
  setter: defineMethod("property.setter", "self, function, /", (_, { self, function: set }) =>
    self.kind === "property" ? { ...self, set } : unknown("this is not a property"),
  ),
  deleter: defineMethod("property.deleter", "self, function, /", (_, { self, function: remove }) =>
    self.kind === "property" ? { ...self, remove } : unknown("this is not a property"),
  ),
};
export function propertyField(object: PropertyValue, name: string): Value | undefined {
  if (name === "fget") return object.get;
  if (name === "fset") return object.set ?? NONE_VALUE;
  return bound(object, PROPERTY_METHODS[name]);
}

export function methodField(m: Machine, object: MethodValue, name: string): Value | undefined {
  const own = partialField(m, object, name);
  if (own !== undefined) return own;
  if (name === "__self__") return object.self;
  if (name === "__func__") return object.function;
  return findAttribute(m, object.function, name);
}

export const staticField = (m: Machine, object: StaticValue, name: string): Value | undefined =>
  name === "__func__" || name === "__wrapped__" ? object.function : findAttribute(m, object.function, name);

const ITERATOR_METHODS: Readonly<Record<string, NativeValue>> = {
  __next__: defineMethod("iterator.__next__", "self", (m, { self }) => nextOf(m, self)),
  __iter__: defineMethod("iterator.__iter__", "self", (_, { self }) => self),
  send: defineMethod("iterator.send", "self, value, /", (m, { self }) => nextOf(m, self)),
  close: defineMethod("iterator.close", "self", (m, { self }) => {
    iterate(m, self);
    return NONE_VALUE;
  }),
};
const nextOf = (m: Machine, self: Value): Value =>
  next(m, self) ?? unknown(reasonOf(self) ?? "the iterator has no more items");
export const iteratorField = (object: Value, name: string): Value | undefined => bound(object, ITERATOR_METHODS[name]);
