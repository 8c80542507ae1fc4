import { defineMethod, doubtful } from "../builtins/define.ts";
import { unknownInt } from "../builtins/items.ts";
import { lazyClass, OBJECT } from "../builtins/lazyClass.ts";
import { compare } from "../comparison.ts";
import { dictOf, hashOf, makeIterator, makeList, makeSet } from "../containers.ts";
import { display } from "../display.ts";
import type { DictEntry, DictObject } from "../heap.ts";
import { heldBy } from "../held.ts";
import { type Items, iterate } from "../iterate.ts";
import type { Machine } from "../machine.ts";
import { type ClassValue, type DictRef, int, type NativeValue, str, tuple, unknown, type Value } from "../values.ts";
import { setOperation } from "./sets.ts";

/** `d.keys()`, `d.values()` and `d.items()`: they show the dictionary as it is whenever they are looked at. */

type Part = "keys" | "values" | "items";
const PARTS: Readonly<Record<Part, (entry: DictEntry) => Value>> = {
  keys: ({ key }) => key,
  values: ({ value }) => value,
  items: ({ key, value }) => tuple([key, value]),
};
/** Under this name a view keeps its dictionary. */
const OF = "%of";

function dictionary(m: Machine, view: Value): DictObject | undefined {
  const of = heldBy(m, view, OF);
  return of?.kind === "dict" ? dictOf(m, of) : undefined;
}

function itemsOf(m: Machine, view: Value, part: Part): Items {
  const dict = dictionary(m, view);
  const open = dict === undefined ? "a view of what is not known" : dict.open;
  if (dict !== undefined && open === undefined) return { items: [...dict.entries.values()].map(PARTS[part]) };
  const reason = open ?? "";
  const any = unknown(reason);
  return { items: [], rest: { element: part === "items" ? tuple([any, any]) : any, reason } };
}

const OPERATORS = { and: "&", or: "|", sub: "-", xor: "^" } as const;

function members(part: Part): Record<string, Value> {
  const method = (name: string, body: (m: Machine, self: Value) => Value): NativeValue =>
    defineMethod(`dict_${part}.${name}`, "self", (m, { self }) => body(m, self));
  const asSet = (m: Machine, value: Value): Value => {
    const { items, rest } = iterate(m, value);
    return rest === undefined ? makeSet(m, items) : unknown(rest.reason);
  };
  const made: Record<string, Value> = {
    __iter__: method("__iter__", (m, self) => {
      const { items, rest } = itemsOf(m, self, part);
      return makeIterator(m, items, rest);
    }),
    __reversed__: method("__reversed__", (m, self) => {
      const { items, rest } = itemsOf(m, self, part);
      return makeIterator(m, items.toReversed(), rest);
    }),
    __len__: method("__len__", (m, self) => {
      const { items, rest } = itemsOf(m, self, part);
      return rest === undefined ? int(items.length) : unknownInt(rest.reason);
    }),
    __repr__: method("__repr__", (m, self) => {
      const { items, rest } = itemsOf(m, self, part);
      const shown = rest === undefined ? display(m, makeList(m, items), true) : undefined;
      return shown === undefined ? unknown("its text is not known", "str") : str(`dict_${part}(${shown})`);
    }),
    isdisjoint: defineMethod(`dict_${part}.isdisjoint`, "self, other, /", () => doubtful([], "what two views share")),
  };
  if (part === "keys") {
    made["__contains__"] = defineMethod("dict_keys.__contains__", "self, item, /", (m, { self, item }) => {
      const dict = dictionary(m, self);
      const entry = dict?.entries.get(hashOf(item) ?? "");
      if (dict === undefined || hashOf(item) === undefined || entry?.maybe === true) return unknown("a key", "bool");
      if (entry === undefined && dict.open !== undefined) return unknown(dict.open, "bool");
      return { kind: "bool", value: entry !== undefined };
    });
  }
  if (part === "values") return made;
  for (const [name, op] of Object.entries(OPERATORS)) {
    const apply = (m: Machine, a: Value, b: Value): Value =>
      setOperation(m, op, asSet(m, a), asSet(m, b)) ?? doubtful([a, b], "an operation of sets");
    made[`__${name}__`] = defineMethod(`dict_${part}.__${name}__`, "self, other, /", (m, { self, other }) =>
      apply(m, self, other),
    );
    made[`__r${name}__`] = defineMethod(`dict_${part}.__r${name}__`, "self, other, /", (m, { self, other }) =>
      apply(m, other, self),
    );
  }
  for (const [name, op] of Object.entries({ eq: "==", ne: "!=", lt: "<", le: "<=", gt: ">", ge: ">=" } as const)) {
    made[`__${name}__`] = defineMethod(`dict_${part}.__${name}__`, "self, other, /", (m, { self, other }) => {
      const isSet = other.kind === "set" || (other.kind === "instance" && dictionary(m, other) !== undefined);
      if (isSet) return compare(m, op, asSet(m, self), asSet(m, other));
      return op === "==" || op === "!=" ? { kind: "bool", value: op === "!=" } : unknown("an order", "bool");
    });
  }
  return made;
}

const viewClass = (part: Part): ClassValue => lazyClass(`builtins.dict_${part}`, [OBJECT], () => members(part));
const CLASSES: Readonly<Record<Part, ClassValue>> = {
  keys: viewClass("keys"),
  values: viewClass("values"),
  items: viewClass("items"),
};

export const viewOf = (m: Machine, of: DictRef, part: Part): Value => ({
  kind: "instance",
  id: m.allocate({ kind: "attributes", entries: new Map<string, Value>([[OF, of]]) }),
  class: CLASSES[part],
});
