import { setAttribute } from "../attributes.ts";
import { callValue } from "../calls.ts";
import { heldBy } from "../held.ts";
import type { Machine } from "../machine.ts";
import { lookup, valueIn } from "../names.ts";
import type { Scope } from "../scope.ts";
import { type ClassValue, type NativeValue, positional, unknown, type Value } from "../values.ts";
import { define, defineMethod } from "./define.ts";
import { lazyClass, OBJECT } from "./lazyClass.ts";
import { typeOf } from "./types.ts";

/** `type`, `super` and the descriptors. */

export const TYPE: ClassValue = lazyClass("builtins.type", [OBJECT], () => ({
  __new__: define("type.__new__", "type, value, bases?, namespace?, **named", (m, { value, bases }) =>
    bases === undefined ? typeOf(m, value) : unknown("a class made by type()"),
  ),
  // A metaclass's `super().__call__(…)`.
  __call__: defineMethod("type.__call__", "self, *values, **named", () => unknown("what a metaclass makes")),
}));

export const PROPERTY: ClassValue = lazyClass("builtins.property", [OBJECT], () => ({
  __new__: define("property.__new__", "type, fget?, fset?, fdel?, doc?", (_, { fget, fset }) =>
    fget === undefined || fget.kind === "none"
      ? unknown("a property without a getter")
      : fset === undefined || fset.kind === "none"
        ? { kind: "property", get: fget }
        : { kind: "property", get: fget, set: fset },
  ),
}));
const wrapper = (name: string, kind: "static" | "classmethod"): ClassValue =>
  lazyClass(`builtins.${name}`, [OBJECT], () => ({
    __new__: define(`${name}.__new__`, "type, function, /", (_, given) => ({ kind, function: given.function })),
  }));
export const STATIC_METHOD = wrapper("staticmethod", "static");
export const CLASS_METHOD = wrapper("classmethod", "classmethod");

/** The class whose body the running code stands in: a method knows its own, or the class scope around it does. */
function enclosingClass(m: Machine): Value | undefined {
  for (let scope: Scope | undefined = m.scope; scope !== undefined; scope = scope.parent) {
    const found = valueIn(m, scope, "__class__");
    if (found !== undefined) return found;
  }
  return undefined;
}

export const SUPER: ClassValue = lazyClass("builtins.super", [OBJECT], () => ({
  __new__: define("super.__new__", "type, after?, self?, /", (m, given) => {
    const after = given.after ?? enclosingClass(m);
    const self = given.self ?? (given.after === undefined ? lookup(m, "%self") : undefined);
    if (after?.kind !== "class") return unknown("super() where the class is not known");
    if (self === undefined || self.kind === "unknown") return unknown("super() outside a method");
    return { kind: "super", self, after };
  }),
}));

/** Runs once per object, as `functools.cached_property` does: the value is kept beside the object's attributes. */
const CACHED: NativeValue = define("cached_property", "getter, self", (m, { getter, self }) => {
  const name = `%cached ${getter.kind === "function" ? getter.name : ""}`;
  const known = heldBy(m, self, name);
  if (known !== undefined) return known;
  const value = callValue(m, getter, positional(self));
  setAttribute(m, self, name, value);
  return value;
});
export const cachedProperty = (getter: Value): Value => ({
  kind: "property",
  get: { kind: "method", self: getter, function: CACHED },
});
