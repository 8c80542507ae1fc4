import { memberOf, ownMember, storeAttribute } from "../../interpreter/attributes.ts";
import { define, defineMethod, doubtful } from "../../interpreter/builtins/define.ts";
import { lazyClass, OBJECT } from "../../interpreter/builtins/lazyClass.ts";
import { FLOAT, INT, STR } from "../../interpreter/builtins/types.ts";
import { callValue } from "../../interpreter/calls.ts";
import { compare } from "../../interpreter/comparison.ts";
import { equalValues, hashOf, makeList } from "../../interpreter/containers.ts";
import { display } from "../../interpreter/display.ts";
import { heldBy } from "../../interpreter/held.ts";
import type { Machine } from "../../interpreter/machine.ts";
import { PLAIN, plainOf } from "../../interpreter/methods/receiver.ts";
import { binary } from "../../interpreter/operators.ts";
import { raised } from "../../interpreter/raising.ts";
import {
  bool,
  type ClassValue,
  type Instance,
  int,
  type NativeValue,
  NONE_VALUE,
  numberOf,
  positional,
  str,
  stringOf,
  tuple,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { keeps, type Library, table } from "./library.ts";

/** Enumerations: when the class statement has run, each plain value in it becomes a member; `%members` lists them. */

const AUTO: Value = { kind: "opaque", type: "enum.auto", data: {} };
const isAuto = (value: Value): boolean => value.kind === "opaque" && value.type === "enum.auto";

/** What stays as it is in the body of an enumeration. */
const isMemberValue = (name: string, value: Value): boolean =>
  !/^[_%]/.test(name) && !["function", "property", "static", "classmethod", "native", "method"].includes(value.kind);

function makeMembers(m: Machine, type: ClassValue): void {
  const own = m.read(type.id);
  if (own?.kind !== "attributes") return;
  const members: Value[] = [];
  const made: { readonly value: Value; readonly member: Value }[] = [];
  const mixed = type.mro.some((it) => [STR.id, INT.id, FLOAT.id].includes(it.id));
  for (const [name, given] of own.entries) {
    if (!isMemberValue(name, given)) continue;
    const value = isAuto(given) ? (generated(m, type, name, made) ?? automatic(type, name, made)) : given;
    // A second name for a value is the first member.
    const first = made.find((it) => equalValues(m, it.value, value) === true)?.member;
    const member = first ?? memberFor(m, type, name, value, mixed);
    storeAttribute(m, type, name, member);
    if (first === undefined) members.push(member);
    made.push({ value, member });
  }
  if (members.length === 0) return;
  storeAttribute(m, type, "%members", tuple(members));
  // Before what a mixed-in type makes of a call.
  storeAttribute(m, type, "__new__", NEW);
}

function memberFor(m: Machine, type: ClassValue, name: string, value: Value, mixed: boolean): Instance {
  const entries = new Map<string, Value>([
    ["name", str(name)],
    ["value", value],
    ["_name_", str(name)],
    ["_value_", value],
  ]);
  if (mixed) entries.set(PLAIN, value);
  const member: Instance = { kind: "instance", id: m.allocate({ kind: "attributes", entries }), class: type };
  const init = memberOf(m, type, "__init__")?.value;
  if (init?.kind === "function") {
    callValue(m, init, positional(member, ...(value.kind === "tuple" ? value.items : [value])));
  }
  return member;
}

/** What the class's own `_generate_next_value_` gives. */
function generated(
  m: Machine,
  type: ClassValue,
  name: string,
  made: readonly { readonly value: Value }[],
): Value | undefined {
  const own = memberOf(m, type, "_generate_next_value_")?.value;
  const rule = own?.kind === "static" ? own.function : own;
  const before = makeList(
    m,
    made.map((it) => it.value),
  );
  return rule === undefined ? undefined : callValue(m, rule, positional(str(name), int(1), int(made.length), before));
}

function automatic(type: ClassValue, name: string, made: readonly { readonly value: Value }[]): Value {
  if (type.mro.some((it) => it.qualifiedName === "enum.StrEnum")) return str(name.toLowerCase());
  const numbers = made.map((it) => (it.value.kind === "int" ? (numberOf(it.value) ?? 0) : 0));
  const last = Math.max(0, ...numbers);
  if (type.mro.some((it) => it.qualifiedName === "enum.Flag"))
    return int(last === 0 ? 1 : 2 ** (Math.floor(Math.log2(last)) + 1));
  return int(last + 1);
}

const valueIn = (m: Machine, member: Value): Value | undefined => heldBy(m, member, "value");

/** `Color(2)`: the member of that value. */
function lookUp(m: Machine, type: ClassValue, value: Value): Value {
  const members = memberOf(m, type, "%members")?.value;
  if (members?.kind !== "tuple") return unknown(`the members of ${type.name} are not known`);
  if (value.kind === "instance" && members.items.some((it) => it.kind === "instance" && it.id === value.id))
    return value;
  for (const member of members.items) {
    const own = valueIn(m, member);
    const equal = own === undefined ? undefined : equalValues(m, own, value);
    if (equal === true) return member;
    if (equal === undefined) return doubtful([value], "which member it is is not known");
  }
  const shown = display(m, value, true);
  const text = shown === undefined ? undefined : str(`${shown} is not a valid ${type.name}`);
  return raised(m, "ValueError", `${type.name} has no such member`, text);
}

/** Members are equal only to themselves, unless they are texts or numbers as well. */
function equal(m: Machine, self: Value, other: Value): Value {
  if (other.kind === "unknown") return unknown(other.reason, "bool");
  const [mine, its] = [plainOf(m, self), plainOf(m, other)];
  if (mine === self || its === other ? mine !== self && other.kind !== "instance" : true)
    return compare(m, "==", mine, its);
  return bool(hashOf(self) === hashOf(other));
}

const NEW = define("Enum.__new__", "type, value, *more, **named", (m, { type, value, more }) =>
  type.kind === "class" && more.length === 0 && ownMember(m, type, "%members") !== undefined
    ? lookUp(m, type, value)
    : unknown("an enumeration made by a call"),
);

const shownName = (m: Machine, self: Value): string | undefined => {
  const own = self.kind === "instance" ? m.read(self.id) : undefined;
  return own?.kind === "attributes" ? stringOf(own.entries.get("name")) : undefined;
};

const MEMBERS: Readonly<Record<string, Value>> = {
  __init_subclass__: {
    kind: "classmethod",
    function: define("Enum.__init_subclass__", "type, **named", (m, { type }) => {
      if (type.kind === "class") makeMembers(m, type);
      return NONE_VALUE;
    }),
  },
  __new__: NEW,
  __init__: defineMethod("Enum.__init__", "self, *values, **named", () => NONE_VALUE),
  __eq__: defineMethod("Enum.__eq__", "self, other", (m, { self, other }) => equal(m, self, other)),
  __str__: defineMethod("Enum.__str__", "self", (m, { self }) => {
    const name = shownName(m, self);
    if (self.kind !== "instance" || name === undefined) return unknown("its text is not known", "str");
    const plain = self.class.mro.some(
      (it) => it.qualifiedName === "enum.StrEnum" || it.qualifiedName === "enum.IntEnum",
    );
    // Since 3.11 `str` of an IntEnum member is its number, and `format` of mixed ones changed too.
    if (plain) return unknown("a text that depends on the version of Python", "str");
    return str(`${self.class.name}.${name}`);
  }),
  __repr__: defineMethod("Enum.__repr__", "self", (m, { self }) => {
    const [name, value] = [shownName(m, self), valueIn(m, self)];
    const shown = value === undefined ? undefined : display(m, value, true);
    if (self.kind !== "instance" || name === undefined || shown === undefined)
      return unknown("its text is not known", "str");
    return str(`<${self.class.name}.${name}: ${shown}>`);
  }),
};

/** Operators of members that are numbers as well. */
const arithmetic = (): Record<string, Value> => {
  const made: Record<string, NativeValue> = {};
  const operators = { add: "+", sub: "-", mul: "*", floordiv: "//", mod: "%", truediv: "/" } as const;
  for (const [name, op] of Object.entries(operators)) {
    made[`__${name}__`] = defineMethod(`Enum.__${name}__`, "self, other", (m, { self, other }) =>
      binary(m, op, plainOf(m, self), plainOf(m, other)),
    );
    made[`__r${name}__`] = defineMethod(`Enum.__r${name}__`, "self, other", (m, { self, other }) =>
      binary(m, op, plainOf(m, other), plainOf(m, self)),
    );
  }
  for (const [name, op] of Object.entries({ lt: "<", le: "<=", gt: ">", ge: ">=" } as const)) {
    made[`__${name}__`] = defineMethod(`Enum.__${name}__`, "self, other", (m, { self, other }) =>
      compare(m, op, plainOf(m, self), plainOf(m, other)),
    );
  }
  return made;
};

const ENUM: ClassValue = lazyClass("enum.Enum", [OBJECT], () => MEMBERS);
/** A base whose members are values of a plain type as well. */
function mixedWith(name: string, base: ClassValue, type: ClassValue, more: () => Record<string, Value>): ClassValue {
  const made = lazyClass(`enum.${name}`, [base], more);
  return Object.assign(made, { mro: [made, ...base.mro.filter((it) => it.id !== OBJECT.id), ...type.mro] });
}
const FLAG = mixedWith("Flag", ENUM, OBJECT, () => ({}));

export const ENUM_LIBRARY: Library = {
  name: "enum",
  members: {
    Enum: ENUM,
    IntEnum: mixedWith("IntEnum", ENUM, INT, arithmetic),
    StrEnum: mixedWith("StrEnum", ENUM, STR, () => ({})),
    Flag: FLAG,
    IntFlag: mixedWith("IntFlag", FLAG, INT, arithmetic),
    ...table(
      define("enum.auto", "*values", () => AUTO),
      keeps("enum.unique"),
    ),
  },
};
