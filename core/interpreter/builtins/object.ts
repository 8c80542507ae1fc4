import { deleteAttribute, findAttribute, instanceAttribute, storeAttribute } from "../attributes.ts";
import { emptyInstance } from "../classes.ts";
import { display } from "../display.ts";
import type { Machine } from "../machine.ts";
import { NONE_VALUE, reasonOf, str, stringOf, unknown, type Value } from "../values.ts";
import { define, defineMethod, doubtful } from "./define.ts";

/** The members of `object`. They are found last, also by classes that do not name it as a base. */

const shown = (m: Machine, value: Value, quoted: boolean): Value => {
  const text = display(m, value, quoted);
  return text === undefined ? unknown(reasonOf(value) ?? "its text is not known", "str") : str(text);
};

const MEMBERS: Readonly<Record<string, Value>> = {
  __new__: define("object.__new__", "type, *values, **named", (m, { type }) =>
    type.kind === "class" ? emptyInstance(m, type) : doubtful([type], "a class that is not known"),
  ),
  __init__: defineMethod("object.__init__", "self, *values, **named", () => NONE_VALUE),
  __setattr__: defineMethod("object.__setattr__", "self, name, value, /", (m, { self, name, value }) => {
    const key = stringOf(name);
    if (key !== undefined && (self.kind === "instance" || self.kind === "class")) storeAttribute(m, self, key, value);
    return NONE_VALUE;
  }),
  __delattr__: defineMethod("object.__delattr__", "self, name, /", (m, { self, name }) => {
    const key = stringOf(name);
    if (key !== undefined) deleteAttribute(m, self, key);
    return NONE_VALUE;
  }),
  __getattribute__: defineMethod("object.__getattribute__", "self, name, /", (m, { self, name }) => {
    const key = stringOf(name);
    if (key === undefined) return doubtful([name], "there is no such attribute");
    const found = self.kind === "instance" ? instanceAttribute(m, self, key) : findAttribute(m, self, key);
    return found ?? unknown("there is no such attribute");
  }),
  __repr__: defineMethod("object.__repr__", "self", (m, { self }) => shown(m, self, true)),
  __str__: defineMethod("object.__str__", "self", (m, { self }) => shown(m, self, false)),
  __init_subclass__: define("object.__init_subclass__", "*values, **named", () => NONE_VALUE),
};
export const objectMember = (name: string): Value | undefined =>
  Object.hasOwn(MEMBERS, name) ? MEMBERS[name] : undefined;
