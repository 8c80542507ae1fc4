import { memberOf } from "../attributes.ts";
import { callMethod } from "../calls.ts";
import { emptyInstance } from "../classes.ts";
import { makeDict, makeList } from "../containers.ts";
import { display } from "../display.ts";
import { iterate } from "../iterate.ts";
import type { Machine } from "../machine.ts";
import { DICT_METHODS, entriesFrom, FROM_KEYS } from "../methods/dicts.ts";
import { LIST_METHODS } from "../methods/lists.ts";
import { FLOAT_METHODS, INT_METHODS } from "../methods/numbers.ts";
import { PLAIN, plainOf } from "../methods/receiver.ts";
import { elementsOf, SET_METHODS } from "../methods/sets.ts";
import { BYTES_METHODS, STRING_METHODS } from "../methods/strings.ts";
import { TUPLE_METHODS } from "../methods/tuples.ts";
import { noneSize } from "../noneSize.ts";
import { truth } from "../operators.ts";
import { raised } from "../raising.ts";
import {
  bool,
  type ClassValue,
  float,
  int,
  type NativeValue,
  NONE_VALUE,
  numberOf,
  onlyValue,
  positional,
  reasonOf,
  type SetRef,
  sizeOf,
  str,
  stringOf,
  tuple,
  unknown,
  type Value,
} from "../values.ts";
import { TYPE } from "./classes.ts";
import { CONTAINER_MEMBERS } from "./container.ts";
import { define, defineMethod, doubtful } from "./define.ts";
import { unknownInt } from "./items.ts";
import { lazyClass, OBJECT } from "./lazyClass.ts";

/**
 * The language's types as classes: calling one converts, a class derived from one keeps the plain value beside its
 * own.
 */

/** The value itself, or an instance of the derived class around it. */
function instanceOf(m: Machine, type: Value, own: ClassValue, value: Value): Value {
  if (type.kind !== "class" || type.id === own.id) return value;
  const made = emptyInstance(m, type);
  m.write(made.id, { kind: "attributes", entries: new Map([[PLAIN, value]]), open: made.class.open });
  return made;
}

const WHOLE = /^[+-]?\d+(?:_\d+)*$/;
const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";

function parseWhole(text: string, base: number): number | undefined {
  const trimmed = text.trim().toLowerCase();
  if (base === 10) return WHOLE.test(trimmed) ? Number(trimmed.replaceAll("_", "")) : undefined;
  const prefix = { 2: "0b", 8: "0o", 16: "0x" }[base] ?? "";
  const sign = trimmed.startsWith("-") ? -1 : 1;
  const digits = trimmed.replace(/^[+-]/, "");
  const plain = (prefix !== "" && digits.startsWith(prefix) ? digits.slice(2) : digits).replaceAll("_", "");
  if (plain === "" || base < 2 || base > 36) return undefined;
  const values = [...plain].map((it) => DIGITS.indexOf(it));
  return values.some((it) => it < 0 || it >= base) ? undefined : sign * values.reduce((sum, it) => sum * base + it, 0);
}
const whole = (value: number | undefined, otherwise: string): Value =>
  value === undefined
    ? unknown(otherwise)
    : Number.isSafeInteger(value)
      ? int(value)
      : unknownInt("an integer beyond 2^53");

/** A tensor of one element that is known, as its number. */
function numeric(value: Value): Value {
  const only = value.kind === "tensor" ? onlyValue(value) : undefined;
  return only === undefined ? value : float(only);
}

/** `int(value)`: a number or text that is known, a size as it is; else an integer that is not known. */
export function toInt(m: Machine, given: Value, base?: Value): Value {
  const value = numeric(plainOf(m, given));
  if (value.kind === "int") return value;
  if (value.kind === "bool") return int(Number(value.value));
  const held = value.kind === "tensor" && value.facts?.values?.length === 1 ? value.facts.values[0] : undefined;
  if (held !== undefined && Number.isFinite(held)) return whole(Math.trunc(held) + 0, "");
  if (value.kind === "float") {
    return Number.isFinite(value.value) ? whole(Math.trunc(value.value) + 0, "") : unknown("int of what is not finite");
  }
  const text = stringOf(value);
  const radix = base === undefined ? 10 : numberOf(base);
  if (text !== undefined) {
    if (radix === undefined) return unknownInt("the base is not known");
    const parsed = parseWhole(text, radix);
    if (parsed === undefined && /^[ -~]*$/.test(text))
      return noNumber(m, "text that is no integer", `invalid literal for int() with base ${radix}`, value);
    return whole(parsed, "text that is no integer");
  }
  const own = callMethod(m, value, "__int__", positional()) ?? callMethod(m, value, "__index__", positional());
  if (own !== undefined) return own.kind === "int" ? own : unknownInt(reasonOf(own) ?? "what __int__ gives");
  return unknownInt(reasonOf(value) ?? (value.kind === "tensor" ? "the number in a tensor" : `int of a ${value.kind}`));
}

const FLOAT_TEXT = /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+)?$/i;
function toFloat(m: Machine, given: Value): Value {
  const value = numeric(plainOf(m, given));
  const number = numberOf(value);
  if (number !== undefined) return float(number);
  const text = stringOf(value)?.trim();
  if (text !== undefined) {
    if (FLOAT_TEXT.test(text)) return float(Number(text.replaceAll("_", "")));
    const named = /^([+-]?)(inf|infinity|nan)$/i.exec(text);
    if (named === null && /^[ -~]*$/.test(text))
      return noNumber(m, "text that is no number", "could not convert string to float", value);
    if (named === null) return unknown("text that is no number");
    const size = named[2]?.toLowerCase() === "nan" ? Number.NaN : Number.POSITIVE_INFINITY;
    return float(named[1] === "-" ? -size : size);
  }
  const own = callMethod(m, value, "__float__", positional());
  return (
    own ?? doubtful([value], value.kind === "tensor" ? "the number in a tensor" : "a number that is not known", "float")
  );
}

/** Text that Python does not read as a number. */
const noNumber = (m: Machine, reason: string, message: string, text: Value): Value => {
  const shown = display(m, text, true);
  return raised(m, "ValueError", reason, shown === undefined ? undefined : str(`${message}: ${shown}`));
};

export function toStr(m: Machine, value: Value): Value {
  const text = display(m, value);
  return text === undefined ? doubtful([value], "its text is not known", "str") : str(text);
}
export function toBool(m: Machine, value: Value): Value {
  const known = truth(m, value);
  return known === undefined ? doubtful([value], "whether it is true is not known", "bool") : bool(known);
}
function toTuple(m: Machine, given: Value | undefined): Value {
  if (given === undefined) return tuple([]);
  if (given.kind === "tuple") return given.fields === undefined ? given : tuple(given.items);
  const { items, rest } = iterate(m, given);
  return rest === undefined ? tuple(items) : unknown(rest.reason);
}
function toSet(m: Machine, given: Value | undefined): SetRef {
  const { entries, open } = given === undefined ? { entries: new Map(), open: undefined } : elementsOf(m, given);
  return { kind: "set", id: m.allocate({ kind: "dictObject", entries, open }) };
}

const maker = (
  name: string,
  make: (m: Machine, value: Value | undefined, base: Value | undefined) => Value,
  own: () => ClassValue,
): NativeValue =>
  define(`${name}.__new__`, "type, value?, base?, /", (m, { type, value, base }) =>
    instanceOf(m, type, own(), make(m, value, base)),
  );

export const INT: ClassValue = lazyClass("builtins.int", [OBJECT], () => ({
  ...INT_METHODS,
  __new__: define("int.__new__", "type, value?, /, base?", (m, { type, value, base }) =>
    instanceOf(m, type, INT, value === undefined ? int(0) : toInt(m, value, base)),
  ),
}));
export const BOOL: ClassValue = lazyClass("builtins.bool", [INT], () => ({
  __new__: maker(
    "bool",
    (m, value) => (value === undefined ? bool(false) : toBool(m, value)),
    () => BOOL,
  ),
}));
export const FLOAT: ClassValue = lazyClass("builtins.float", [OBJECT], () => ({
  ...FLOAT_METHODS,
  __new__: maker(
    "float",
    (m, value) => (value === undefined ? float(0) : toFloat(m, value)),
    () => FLOAT,
  ),
}));
export const STR: ClassValue = lazyClass("builtins.str", [OBJECT], () => ({
  ...CONTAINER_MEMBERS,
  ...STRING_METHODS,
  maketrans: define("str.maketrans", "*values", () => unknown("a table of characters")),
  __new__: define("str.__new__", "type, object?, encoding?, errors?", (m, { type, object, encoding }) => {
    const made =
      object === undefined ? str("") : encoding === undefined ? toStr(m, object) : unknown("decoded bytes", "str");
    return instanceOf(m, type, STR, made);
  }),
}));
export const BYTES: ClassValue = lazyClass("builtins.bytes", [OBJECT], () => ({
  ...BYTES_METHODS,
  __new__: maker(
    "bytes",
    (_, value) => (value === undefined ? { kind: "bytes", value: "" } : unknown("bytes")),
    () => BYTES,
  ),
}));
export const LIST: ClassValue = lazyClass("builtins.list", [OBJECT], () => ({
  ...CONTAINER_MEMBERS,
  ...LIST_METHODS,
  __init__: defineMethod("list.__init__", "self, values?, /", (m, { self, values }) => {
    const plain = plainOf(m, self);
    if (plain.kind === "list") {
      const { items, rest } = values === undefined ? { items: [] } : iterate(m, values);
      m.write(plain.id, { kind: "listObject", items, rest });
    }
    return NONE_VALUE;
  }),
  __new__: define("list.__new__", "type, values?, /, **named", (m, { type, values }) => {
    const isOwn = type.kind === "class" && type.id === LIST.id;
    const { items, rest } = values === undefined || !isOwn ? { items: [] } : iterate(m, values);
    return instanceOf(m, type, LIST, makeList(m, items, rest));
  }),
}));
export const TUPLE: ClassValue = lazyClass("builtins.tuple", [OBJECT], () => ({
  ...CONTAINER_MEMBERS,
  ...TUPLE_METHODS,
  __new__: maker("tuple", toTuple, () => TUPLE),
}));
export const DICT: ClassValue = lazyClass("builtins.dict", [OBJECT], () => ({
  ...CONTAINER_MEMBERS,
  ...DICT_METHODS,
  __init__: defineMethod("dict.__init__", "self, source?, /, **named", (m, { self, source, named }) => {
    const plain = plainOf(m, self);
    if (plain.kind === "dict") m.write(plain.id, entriesFrom(m, source, named));
    return NONE_VALUE;
  }),
  fromkeys: { kind: "classmethod", function: FROM_KEYS },
  __new__: define("dict.__new__", "type, source?, /, **named", (m, { type, source, named }) => {
    const isOwn = type.kind === "class" && type.id === DICT.id;
    const { entries, open } = isOwn ? entriesFrom(m, source, named) : { entries: new Map(), open: undefined };
    return instanceOf(m, type, DICT, makeDict(m, entries, open));
  }),
}));
export const SET: ClassValue = lazyClass("builtins.set", [OBJECT], () => ({
  ...CONTAINER_MEMBERS,
  ...SET_METHODS,
  __new__: maker("set", toSet, () => SET),
}));
export const FROZENSET: ClassValue = lazyClass("builtins.frozenset", [OBJECT], () => ({
  ...CONTAINER_MEMBERS,
  ...SET_METHODS,
  __new__: maker(
    "frozenset",
    (m, value) => ({ ...toSet(m, value), frozen: true }),
    () => FROZENSET,
  ),
}));
export const NONE_TYPE: ClassValue = lazyClass("builtins.NoneType", [OBJECT], () => ({}));

function toRange(m: Machine, given: readonly (Value | undefined)[]): Value {
  if (given.some((it) => it?.kind === "none")) return noneSize(m, "range(None)");
  const [first, second, third] = given;
  const sizes = given.map((it) => (it === undefined ? undefined : sizeOf(it)));
  if (given.some((it, i) => it !== undefined && sizes[i] === undefined))
    return doubtful(given, "a range of what is no integer");
  if (first === undefined) return unknown("a range without bounds");
  const [a = 0, b = 0, step = 1] = sizes;
  if (third !== undefined && step === 0) return unknown("a range whose step is zero");
  return second === undefined
    ? { kind: "range", start: 0, stop: a, step: 1 }
    : { kind: "range", start: a, stop: b, step };
}
export const RANGE: ClassValue = lazyClass("builtins.range", [OBJECT], () => ({
  __new__: define("range.__new__", "type, start, stop?, step?, /", (m, { start, stop, step }) =>
    toRange(m, [start, stop, step]),
  ),
}));
export const SLICE: ClassValue = lazyClass("builtins.slice", [OBJECT], () => ({
  __new__: define("slice.__new__", "type, start, stop?, step?, /", (_, { start, stop, step }) =>
    stop === undefined
      ? { kind: "slice", lower: NONE_VALUE, upper: start, step: NONE_VALUE }
      : { kind: "slice", lower: start, upper: stop, step: step ?? NONE_VALUE },
  ),
}));
const notFollowed = (name: string): ClassValue =>
  lazyClass(`builtins.${name}`, [OBJECT], () => ({
    __new__: define(`${name}.__new__`, "*values, **named", () => unknown(`${name} is not followed`)),
  }));
export const COMPLEX = notFollowed("complex");
export const BYTEARRAY = notFollowed("bytearray");
export const MEMORYVIEW = notFollowed("memoryview");

/** The types whose values are not instances in the heap, by the kind of value. */
const BY_KIND: Partial<Record<Value["kind"], ClassValue>> = {
  none: NONE_TYPE,
  bool: BOOL,
  int: INT,
  float: FLOAT,
  str: STR,
  bytes: BYTES,
  list: LIST,
  tuple: TUPLE,
  dict: DICT,
  range: RANGE,
  slice: SLICE,
};

/** `type(value)`, where it is certain. */
export function typeOf(m: Machine, value: Value): Value {
  if (value.kind === "instance") return value.class;
  if (value.kind === "tuple" && value.fields !== undefined) return value.type ?? unknown("the type of a named tuple");
  const type = value.kind === "set" ? (value.frozen ? FROZENSET : SET) : BY_KIND[value.kind];
  if (type !== undefined) return type;
  if (value.kind === "class") return memberOf(m, value, "%metaclass")?.value ?? TYPE;
  const own = value.kind === "tensor" ? value.family.type?.(value) : undefined;
  return own ?? doubtful([value], `the type of a ${value.kind}`);
}
