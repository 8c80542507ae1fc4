import { CONTAINER_MEMBERS } from "../../interpreter/builtins/container.ts";
import { define, defineMethod, doubtful } from "../../interpreter/builtins/define.ts";
import { allItems, isUnknownItems } from "../../interpreter/builtins/items.ts";
import { lazyClass, OBJECT } from "../../interpreter/builtins/lazyClass.ts";
import { sorted } from "../../interpreter/builtins/order.ts";
import { DICT } from "../../interpreter/builtins/types.ts";
import { callValue } from "../../interpreter/calls.ts";
import { emptyInstance } from "../../interpreter/classes.ts";
import { compare } from "../../interpreter/comparison.ts";
import { dictOf, hashOf, listOf, makeDict, makeList } from "../../interpreter/containers.ts";
import type { DictEntry } from "../../interpreter/heap.ts";
import { heldBy } from "../../interpreter/held.ts";
import { iterate } from "../../interpreter/iterate.ts";
import type { Machine } from "../../interpreter/machine.ts";
import { DICT_METHODS, entriesFrom } from "../../interpreter/methods/dicts.ts";
import { LIST_METHODS } from "../../interpreter/methods/lists.ts";
import { PLAIN, plainOf, spoil } from "../../interpreter/methods/receiver.ts";
import { binary } from "../../interpreter/operators.ts";
import { subscript } from "../../interpreter/subscript.ts";
import {
  bool,
  type ClassValue,
  int,
  type NativeValue,
  NONE_VALUE,
  numberOf,
  positional,
  reasonOf,
  tuple,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { atRunTime, type Library, table } from "./library.ts";
import { namedtuple } from "./namedTuples.ts";

/** An instance of a class of this module, around the plain container that holds its items. */
function around(
  m: Machine,
  type: Value,
  own: ClassValue,
  plain: Value,
  more: Readonly<Record<string, Value>> = {},
): Value {
  const made = emptyInstance(m, type.kind === "class" ? type : own);
  m.write(made.id, {
    kind: "attributes",
    entries: new Map([[PLAIN, plain], ...Object.entries(more)]),
    open: made.class.open,
  });
  return made;
}

/** `OrderedDict` and `defaultdict` behave as the dictionary behind them; `str()` of them is not followed. */
const MAPPING_MEMBERS = (): Record<string, Value> => ({
  ...CONTAINER_MEMBERS,
  ...DICT_METHODS,
  __init__: defineMethod("collections.__init__", "self, *values, **named", () => NONE_VALUE),
  __repr__: define("collections.__repr__", "self", () => unknown("the text of a collection", "str")),
});

const ORDERED: ClassValue = lazyClass("collections.OrderedDict", [DICT], () => ({
  ...MAPPING_MEMBERS(),
  __new__: define("collections.OrderedDict", "type, source?, /, **named", (m, { type, source, named }) => {
    const { entries, open } = entriesFrom(m, source, named);
    return around(m, type, ORDERED, makeDict(m, entries, open));
  }),
  __eq__: defineMethod("OrderedDict.__eq__", "self, other, /", (m, { self, other }) => {
    const equal = compare(m, "==", plainOf(m, self), plainOf(m, other));
    const isOrdered = other.kind === "instance" && other.class.mro.some((it) => it.id === ORDERED.id);
    if (!isOrdered || equal.kind !== "bool" || !equal.value) return equal;
    const [mine, its] = [self, other]
      .map((it) => plainOf(m, it))
      .map((it) => (it.kind === "dict" ? dictOf(m, it) : undefined));
    return bool([...(mine?.entries.keys() ?? [])].join("\n") === [...(its?.entries.keys() ?? [])].join("\n"));
  }),
  move_to_end: defineMethod("OrderedDict.move_to_end", "self, key, last?", (m, { self, key, last }) => {
    const plain = plainOf(m, self);
    const hash = hashOf(key);
    const dict = plain.kind === "dict" ? dictOf(m, plain) : undefined;
    const entry = hash === undefined ? undefined : dict?.entries.get(hash);
    if (plain.kind !== "dict" || dict === undefined || hash === undefined || entry === undefined) {
      spoil(m, self, reasonOf(key) ?? "which key was moved is not known");
      return NONE_VALUE;
    }
    const others = [...dict.entries].filter(([it]) => it !== hash);
    const first = last?.kind === "bool" && !last.value;
    const entries: [string, DictEntry][] = first ? [[hash, entry], ...others] : [...others, [hash, entry]];
    m.write(plain.id, { ...dict, entries: new Map(entries) });
    return NONE_VALUE;
  }),
}));

const DEFAULT: ClassValue = lazyClass("collections.defaultdict", [DICT], () => ({
  ...MAPPING_MEMBERS(),
  __new__: define("collections.defaultdict", "type, factory?, source?, /, **named", (m, given) => {
    const { entries, open } = entriesFrom(m, given.source, given.named);
    const factory = given.factory === undefined || given.factory.kind === "none" ? undefined : given.factory;
    return around(m, given.type, DEFAULT, makeDict(m, entries, open, factory), {
      default_factory: factory ?? NONE_VALUE,
    });
  }),
}));

/** How often each item occurs. */
function tally(m: Machine, plain: Value, items: Value | undefined): void {
  if (plain.kind !== "dict" || items === undefined || items.kind === "none") return;
  const source = plainOf(m, items);
  if (source.kind === "dict") {
    for (const { key, value } of dictOf(m, source).entries.values()) add(m, plain, key, value);
    if (dictOf(m, source).open !== undefined) spoil(m, plain, dictOf(m, source).open ?? "");
    return;
  }
  const all = allItems(m, source);
  if (isUnknownItems(all)) spoil(m, plain, all.reason);
  else for (const item of all) add(m, plain, item, int(1));
}
function add(m: Machine, plain: Value, key: Value, more: Value): void {
  const method = DICT_METHODS["get"];
  const before = method === undefined ? int(0) : callValue(m, method, positional(plain, key, int(0)));
  const set = CONTAINER_MEMBERS["__setitem__"];
  if (set !== undefined) callValue(m, set, positional(plain, key, binary(m, "+", before, more)));
}

function mostCommon(m: Machine, self: Value, count: Value | undefined): Value {
  const plain = plainOf(m, self);
  const dict = plain.kind === "dict" ? dictOf(m, plain) : undefined;
  const limit = count === undefined || count.kind === "none" ? Number.POSITIVE_INFINITY : numberOf(count);
  const pairs = [...(dict?.entries.values() ?? [])].map((it) => tuple([it.key, it.value]));
  const ordered =
    dict?.open === undefined && limit !== undefined
      ? sorted(m, pairs, SECOND, { kind: "bool", value: true })
      : undefined;
  return ordered === undefined
    ? doubtful([count], "what is most common is not known", "list")
    : makeList(m, ordered.slice(0, limit));
}
const SECOND: NativeValue = define("collections.second", "pair", (m, { pair }) => subscript(m, pair, int(1)));

const COUNTER: ClassValue = lazyClass("collections.Counter", [DICT], () => ({
  ...MAPPING_MEMBERS(),
  __new__: define("collections.Counter", "type, items?, /, **named", (m, { type, items, named }) => {
    const plain = makeDict(m, new Map(), undefined, ZERO);
    tally(m, plain, items);
    for (const [name, value] of named) add(m, plain, { kind: "str", value: name }, value);
    return around(m, type, COUNTER, plain);
  }),
  __getitem__: defineMethod("Counter.__getitem__", "self, key", (m, { self, key }) => {
    const get = DICT_METHODS["get"];
    return get === undefined ? NONE_VALUE : callValue(m, get, positional(self, key, int(0)));
  }),
  update: defineMethod("Counter.update", "self, items?", (m, { self, items }) => {
    tally(m, plainOf(m, self), items);
    return NONE_VALUE;
  }),
  most_common: defineMethod("Counter.most_common", "self, n?", (m, { self, n }) => mostCommon(m, self, n)),
  elements: define("Counter.elements", "self", () => unknown("the elements of a Counter", "list")),
}));
const ZERO: NativeValue = define("collections.zero", "", () => int(0));

/** A deque is a list that forgets at the other end what is more than `maxlen`. */
function trim(m: Machine, self: Value, fromLeft: boolean): void {
  const plain = plainOf(m, self);
  const limit = heldBy(m, self, "maxlen");
  const most = limit === undefined || limit.kind === "none" ? Number.POSITIVE_INFINITY : numberOf(limit);
  if (plain.kind !== "list") return;
  const { items, rest } = listOf(m, plain);
  if (most === undefined) spoil(m, plain, "how much a deque holds is not known");
  else if (most !== Number.POSITIVE_INFINITY && rest !== undefined) spoil(m, plain, rest.reason);
  else if (items.length > most) {
    const kept = fromLeft ? items.slice(items.length - most) : items.slice(0, most);
    m.write(plain.id, { kind: "listObject", items: kept });
  }
}
/** A method of lists with which a deque grows. */
const growing = (name: string, listMethod: string, before: readonly Value[], fromLeft: boolean): NativeValue =>
  defineMethod(
    `deque.${name}`,
    "self, value, /",
    (m, { self, value }) => {
      const method = LIST_METHODS[listMethod];
      if (method !== undefined) callValue(m, method, positional(self, ...before, value));
      trim(m, self, fromLeft);
      return NONE_VALUE;
    },
    spoil,
  );

const DEQUE: ClassValue = lazyClass("collections.deque", [OBJECT], () => ({
  ...CONTAINER_MEMBERS,
  ...LIST_METHODS,
  __repr__: define("deque.__repr__", "self", () => unknown("the text of a deque", "str")),
  __new__: define("collections.deque", "type, items?, maxlen?", (m, { type, items, maxlen }) => {
    const { items: all, rest } = items === undefined ? { items: [] } : iterate(m, items);
    const made = around(m, type, DEQUE, makeList(m, all, rest), { maxlen: maxlen ?? NONE_VALUE });
    trim(m, made, true);
    return made;
  }),
  append: growing("append", "append", [], true),
  extend: growing("extend", "extend", [], true),
  appendleft: growing("appendleft", "insert", [int(0)], false),
  popleft: defineMethod("deque.popleft", "self", (m, { self }) => {
    const pop = LIST_METHODS["pop"];
    return pop === undefined ? NONE_VALUE : callValue(m, pop, positional(self, int(0)));
  }),
  rotate: defineMethod("deque.rotate", "self, n?", (m, { self }) => {
    spoil(m, self, "a deque that was rotated");
    return NONE_VALUE;
  }),
}));

export const COLLECTIONS: Library = {
  name: "collections",
  members: {
    OrderedDict: ORDERED,
    defaultdict: DEFAULT,
    Counter: COUNTER,
    deque: DEQUE,
    ...table(namedtuple, atRunTime("collections.ChainMap", "a ChainMap is not followed")),
  },
};
