import { storeAttribute } from "../../interpreter/attributes.ts";
import type { Machine } from "../../interpreter/machine.ts";
import {
  type ClassValue,
  type Instance,
  NONE_VALUE,
  nativeClass,
  nativeMethod,
  stringOf,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { method } from "../operation/call.ts";

/** Objects with settings that are fitted to data: what was said and what was found are attributes, as in Python. */

/** An attribute that was set; undefined where none was. */
export function fieldOf(m: Machine, self: Value, name: string): Value | undefined {
  const own = self.kind === "instance" ? m.read(self.id) : undefined;
  return own?.kind === "attributes" ? own.entries.get(name) : undefined;
}
export function setField(m: Machine, self: Value, name: string, value: Value): void {
  if (self.kind === "instance") storeAttribute(m, self as Instance, name, value);
}

const BASE: ClassValue = nativeClass("sklearn.base.BaseEstimator", [], {
  __getattr__: nativeMethod("BaseEstimator.__getattr__", (_, { list: [, name] }) =>
    unknown(`${stringOf(name?.value) ?? "an attribute"} is not followed`),
  ),
  set_params: method("BaseEstimator.set_params", "**params", (c, self) => {
    for (const [name, value] of c.more) setField(c.m, self, name, value);
    return self;
  }),
});

/** A class whose constructor keeps its arguments by name. */
export const estimator = (name: string, signature: string, members: Readonly<Record<string, Value>>): ClassValue => {
  const names = signature.split(", ").flatMap((part) => /^(\w+)/.exec(part)?.[1] ?? []);
  return nativeClass(name, [BASE], {
    __init__: method(`${name}.__init__`, signature === "" ? "**more" : `${signature}, **more`, (c, self) => {
      for (const it of names) if (c.said(it)) setField(c.m, self, it, c.value(it));
      for (const [it, value] of c.more) setField(c.m, self, it, value);
      return NONE_VALUE;
    }),
    ...members,
  });
};
