import {
  askAttribute,
  attributeOf,
  deleteAttribute,
  findAttribute,
  memberOf,
  noteSet,
  setAttribute,
} from "../attributes.ts";
import { makeDict } from "../containers.ts";
import { display } from "../display.ts";
import { formatted } from "../formatting.ts";
import type { DictEntry } from "../heap.ts";
import { isInstance } from "../instances.ts";
import { joinValues } from "../join.ts";
import type { Machine } from "../machine.ts";
import { classVariables, dictionaryOf } from "../mirror.ts";
import { importModule, isLacking } from "../modules.ts";
import { bindName, lookup, lookupIn, variablesIn } from "../names.ts";
import type { Scope } from "../scope.ts";
import {
  bool,
  isSubclass,
  type NativeValue,
  NONE_VALUE,
  reasonOf,
  str,
  stringOf,
  unknown,
  type Value,
} from "../values.ts";
import { define, doubtful } from "./define.ts";
import { opening } from "./files.ts";
import { unknownInt } from "./items.ts";

/** Functions that look at objects: types, attributes, text. */

const answer = (known: boolean | undefined, values: readonly Value[], otherwise: string): Value =>
  known === undefined ? doubtful(values, otherwise, "bool") : bool(known);

function isDerived(type: Value, of: Value): boolean | undefined {
  if (of.kind === "tuple") {
    const each = of.items.map((it) => isDerived(type, it));
    return each.includes(true) ? true : each.includes(undefined) ? undefined : false;
  }
  if (type.kind !== "class" || of.kind !== "class") return undefined;
  if (isSubclass(type, of) || of.name === "object") return true;
  return type.mro.some((it) => it.open !== undefined) ? undefined : false;
}

/** Whether an object has an attribute; undefined where it may. */
function has(m: Machine, object: Value, name: string): boolean | undefined {
  if (object.kind === "unknown") return undefined;
  if (object.kind === "instance") {
    const own = m.read(object.id);
    if (own?.kind === "attributes" && own.maybe?.includes(name) === true) return undefined;
    if (own?.kind === "attributes" && own.entries.has(name))
      return own.entries.get(name)?.kind === "unknown" ? undefined : true;
    const member = memberOf(m, object.class, name)?.value;
    if (member !== undefined && member.kind !== "property") return true;
  }
  if (object.kind === "module" && object.scope === undefined && isLacking(m, `${object.name}.${name}`)) return false;
  const found = askAttribute(m, object, name);
  return found === undefined ? false : found.kind === "unknown" ? undefined : true;
}

function get(m: Machine, object: Value, name: Value, missing: Value | undefined): Value {
  const key = stringOf(name);
  if (key === undefined) return doubtful([name], "which attribute is not known");
  const found = missing === undefined ? findAttribute(m, object, key) : askAttribute(m, object, key);
  if (found !== undefined) {
    const own = object.kind === "instance" ? m.read(object.id) : undefined;
    const mayMiss = own?.kind === "attributes" && own.maybe?.includes(key) === true;
    return mayMiss && missing !== undefined ? joinValues(found, missing) : found;
  }
  return missing ?? doubtful([object], `there is no attribute ${key}`);
}

/** An attribute of a name that is not known was set: each may be another now. */
function spoilAttributes(m: Machine, object: Value, reason: string): void {
  const own = object.kind === "instance" || object.kind === "class" ? m.read(object.id) : undefined;
  if (own?.kind !== "attributes" || !("id" in object)) {
    noteSet(m);
    return;
  }
  const entries = new Map([...own.entries.keys()].map((name) => [name, unknown(reason)] as const));
  m.write(object.id, { kind: "attributes", entries, open: reason });
}

function set(m: Machine, object: Value, name: Value, value: Value): Value {
  const key = stringOf(name);
  if (key === undefined) spoilAttributes(m, object, reasonOf(name) ?? "which attribute was set is not known");
  else setAttribute(m, object, key, value);
  return NONE_VALUE;
}

const CALLED: ReadonlySet<Value["kind"]> = new Set(["function", "native", "method", "class"]);
const NOT_CALLED: ReadonlySet<Value["kind"]> = new Set([
  ...(["none", "bool", "int", "float", "str", "bytes", "tuple", "list", "dict", "set", "range", "slice"] as const),
  ...(["tensor", "module", "iterator", "ellipsis"] as const),
]);
function isCallable(m: Machine, value: Value): boolean | undefined {
  if (CALLED.has(value.kind)) return true;
  if (NOT_CALLED.has(value.kind)) return false;
  if (value.kind !== "instance") return undefined;
  if (memberOf(m, value.class, "__call__") !== undefined) return true;
  return value.class.mro.some((it) => it.open !== undefined) ? undefined : false;
}

const text = (m: Machine, value: Value, quoted: boolean): Value => {
  const shown = display(m, value, quoted);
  return shown === undefined ? doubtful([value], "its text is not known", "str") : str(shown);
};

/** `vars(object)`. */
function variables(m: Machine, object: Value | undefined): Value {
  if (object?.kind === "instance") return dictionaryOf(m, object);
  if (object?.kind === "class") return classVariables(m, object);
  return doubtful([object], "the variables are not followed");
}

/** The variables of a scope as they are now; later changes of them are not followed. */
function bound(m: Machine, scope: Scope): Value {
  const entries = new Map<string, DictEntry>();
  for (const [name, value] of variablesIn(m, scope)) entries.set(`s:${name}`, { key: str(name), value });
  return makeDict(m, entries, scope.parent === undefined ? "what every module has besides" : undefined);
}
const outermost = (scope: Scope): Scope => (scope.parent === undefined ? scope : outermost(scope.parent));

/** What a name stands for, with dots or without; other expressions in a string are not followed. */
function named(m: Machine, source: string): Value {
  const [name = "", ...attributes] = source.split(".");
  if (!/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.test(source)) return unknown("what eval gives is not known");
  return attributes.reduce((object, attribute) => attributeOf(m, object, attribute), lookup(m, name));
}

const notFollowed = (name: string, reason: string): NativeValue =>
  define(name, "*values, **named", () => unknown(reason));

export const OBJECT_FUNCTIONS: readonly NativeValue[] = [
  define("isinstance", "value, type, /", (m, { value, type }) =>
    answer(isInstance(m, value, type), [value, type], "its type is not known"),
  ),
  define("issubclass", "type, of, /", (_, { type, of }) =>
    answer(isDerived(type, of), [type, of], "its bases are not known"),
  ),
  define("hasattr", "object, name, /", (m, { object, name }) => {
    const key = stringOf(name);
    return answer(
      key === undefined ? undefined : has(m, object, key),
      [object, name],
      "whether it has it is not known",
    );
  }),
  define("getattr", "object, name, missing?, /", (m, { object, name, missing }) => get(m, object, name, missing)),
  define("setattr", "object, name, value, /", (m, { object, name, value }) => set(m, object, name, value)),
  define("delattr", "object, name, /", (m, { object, name }) => {
    const key = stringOf(name);
    if (key === undefined) spoilAttributes(m, object, reasonOf(name) ?? "which attribute was deleted is not known");
    else deleteAttribute(m, object, key);
    return NONE_VALUE;
  }),
  define("callable", "value, /", (m, { value }) => answer(isCallable(m, value), [value], "whether it can be called")),
  define("repr", "value, /", (m, { value }) => text(m, value, true)),
  define("ascii", "value, /", () => unknown("ascii is not followed", "str")),
  define("format", "value, specification?, /", (m, { value, specification }) => {
    const wanted = specification === undefined ? "" : stringOf(specification);
    const shown = wanted === undefined ? undefined : formatted(m, value, wanted);
    return shown === undefined ? doubtful([value, specification], "its text is not known", "str") : str(shown);
  }),
  define("id", "value, /", () => unknownInt("where an object lies in memory")),
  define("hash", "value, /", () => unknownInt("a hash")),
  define("print", "*values, **named", () => NONE_VALUE),
  define("input", "prompt?, /", () => unknown("what the user types", "str")),
  define("vars", "object?, /", (m, { object }) => variables(m, object)),
  define("__import__", "name, *values, **named", (m, { name }) => {
    const key = stringOf(name);
    return key === undefined
      ? doubtful([name], "which module is not known", "module")
      : importModule(m, key.split(".")[0] ?? key);
  }),
  opening("open"),
  define("locals", "", (m) => bound(m, m.scope)),
  define("globals", "", (m) => bound(m, outermost(m.scope))),
  notFollowed("dir", "the names of an object are not followed"),
  define("eval", "source, *values, **named", (m, { source }) => named(m, stringOf(source)?.trim() ?? "")),
  define("exec", "source, *values, **named", (m, { source }) => {
    const reason = "what exec does is not followed";
    // Any name in the text may be bound anew.
    const names = new Set(stringOf(source)?.match(/[A-Za-z_]\w*/g) ?? []);
    for (const name of names) if (lookupIn(m, m.scope, name) !== undefined) bindName(m, name, unknown(reason));
    return unknown(reason);
  }),
  notFollowed("compile", "compiled code is not followed"),
  notFollowed("breakpoint", "a breakpoint"),
  notFollowed("exit", "the program ends here"),
  notFollowed("quit", "the program ends here"),
];
