import { identical, isSize, join as joinDims } from "../tensor/dim.ts";
import { joinShapes } from "../tensor/shape.ts";
import type { AttributesObject, DictEntry, DictObject, HeapEntry, ListObject, State } from "./heap.ts";
import { same } from "./heap.ts";
import { int, sizeOf, type TensorValue, type Unknown, unknown, type Value } from "./values.ts";

/** The least claim that covers both values. */
export function joinValues(a: Value, b: Value): Value {
  if (same(a, b)) return a;
  if (a.kind === "unknown") return withMay(withEither(withoutPart(a), a, b), a, b);
  if (b.kind === "unknown") return withMay(withEither(withoutPart(b), a, b), a, b);
  if (a.kind === "int" && b.kind === "int") return int(joinDims(sizeOf(a) ?? 0, sizeOf(b) ?? 0));
  if (a.kind === "tuple" && b.kind === "tuple" && a.items.length === b.items.length) {
    return { ...a, items: a.items.map((item, i) => joinValues(item, b.items[i] ?? item)) };
  }
  if (a.kind === "tensor" && b.kind === "tensor" && a.family === b.family) return joinTensors(a, b);
  if (a.kind === "bool" && b.kind === "bool") return unknown("true in one case, false in another", "bool");
  if (a.kind === "float" && b.kind === "float") return unknown(`either ${a.value} or ${b.value}`, "float");
  if (a.kind === "str" && b.kind === "str") return unknown(`either "${a.value}" or "${b.value}"`, "str");
  if (a.kind === "opaque" && b.kind === "opaque" && a.type === b.type && isJoinable(a.data))
    return { ...a, data: a.data.joined(b.data) };
  return withMay(withEither(unknown("one thing in one case, another in another"), a, b), a, b);
}

/** How many things that can be called one unknown value is held to be. */
const MOST_CALLABLES = 4;
const CALLABLE: ReadonlySet<Value["kind"]> = new Set(["function", "class", "method", "native", "instance"]);

/** Keeps in mind what may be called. Nothing is said of a value that nobody knows in one of the cases. */
function withEither(value: Unknown, a: Value, b: Value): Unknown {
  const [mine, its] = [callablesIn(a), callablesIn(b)];
  const all = mine && its && [...mine, ...its.filter((it) => !mine.some((other) => same(it, other)))];
  const [first, ...others] = all ?? [];
  if (first !== undefined && others.length < MOST_CALLABLES) return { ...value, either: [first, ...others] };
  if (value.either === undefined) return value;
  const { either: _either, ...rest } = value;
  return rest;
}
/** Empty of what cannot be called, undefined where that is not known. */
const callablesIn = (value: Value): readonly Value[] | undefined =>
  value.kind === "unknown" ? value.either : CALLABLE.has(value.kind) ? [value] : [];

/** It may be something else: of what it comes from that says too little. */
const withoutPart = (value: Unknown): Unknown => {
  if (value.part === undefined) return value;
  const { part: _part, ...rest } = value;
  return rest;
};

/** How many things one unknown value is held to be. */
const MOST_ALIASES = 32;

/** Keeps in mind which mutable things the value may be. */
function withMay(value: Unknown, a: Value, b: Value): Unknown {
  const mine = [...mayBe(a), ...mayBe(b)];
  return mine.length === (value.may?.length ?? 0) ? value : { ...value, may: distinct(mine) };
}
const distinct = <T extends { readonly id: number }>(all: readonly T[]): readonly T[] =>
  [...new Map(all.map((it) => [it.id, it])).values()].slice(0, MOST_ALIASES);
const mayBe = (value: Value): NonNullable<Unknown["may"]> => {
  if (value.kind === "unknown") return value.may ?? [];
  if (value.kind === "tensor") return arraysOf(value);
  const isMutable = value.kind === "list" || value.kind === "dict" || value.kind === "set" || value.kind === "instance";
  return isMutable ? [value] : [];
};

/** What nobody can write into is itself, whatever others it may be. */
const arraysOf = (value: TensorValue): readonly TensorValue[] =>
  value.family.set === undefined ? [] : (value.may ?? (value.id > 0 ? [value] : []));

function joinTensors(a: TensorValue, b: TensorValue): TensorValue {
  const may = a.id === b.id && a.id > 0 ? [] : distinct([...arraysOf(a), ...arraysOf(b)]);
  return {
    ...a,
    id: a.id === b.id ? a.id : -1,
    may: may.length > 0 ? may : undefined,
    shape: joinShapes(a.shape, b.shape),
    dtype: a.dtype === b.dtype ? a.dtype : undefined,
    assumed: a.assumed || b.assumed,
    facts: same(a.facts, b.facts) ? a.facts : undefined,
  };
}

/** A cell that only one branch set keeps what it was given: a program that runs found it there. */
export function joinStates(a: State, b: State): State {
  if (a === b) return a;
  let joined = a;
  a.differs(b, (key, mine, its) => {
    joined = joined.set(key, mine === undefined ? its : its === undefined ? mine : joinEntries(mine, its));
    return false;
  });
  return joined;
}

const isObject = (entry: HeapEntry): entry is ListObject | DictObject | AttributesObject =>
  entry.kind === "listObject" || entry.kind === "dictObject" || entry.kind === "attributes";

export function joinEntries(a: HeapEntry, b: HeapEntry): HeapEntry {
  if (same(a, b)) return a;
  if (a.kind === "listObject" && b.kind === "listObject") return joinLists(a, b);
  if (a.kind === "dictObject" && b.kind === "dictObject") return joinDicts(a, b);
  if (a.kind === "attributes" && b.kind === "attributes") return joinAttributes(a, b);
  if (a.kind === "slot" && b.kind === "slot") return { kind: "slot", data: joinSlots(a.data, b.data) };
  if (a.kind === "iteratorObject" && b.kind === "iteratorObject") {
    const reason = "read further in one case than in another";
    return { ...a, items: [], position: 0, rest: { element: unknown(reason), reason } };
  }
  if (isObject(a) || isObject(b) || a.kind === "slot" || b.kind === "slot") return unknown("differs between the cases");
  if (a.kind === "iteratorObject" || b.kind === "iteratorObject") return unknown("differs between the cases");
  return joinValues(a, b);
}

/** A framework's records know how to join themselves; without that, nothing is known of them. */
export interface Joinable {
  joined(other: object): object;
}
const isJoinable = (data: object): data is Joinable => "joined" in data && typeof data.joined === "function";
const joinRecords = (a: object, b: object): object | undefined =>
  same(a, b) ? a : isJoinable(a) ? a.joined(b) : undefined;
const joinSlots = (a: object, b: object): object =>
  isJoinable(a) ? a.joined(b) : { unknown: "differs between the cases" };

function joinLists(a: ListObject, b: ListObject): ListObject {
  const length = Math.min(a.items.length, b.items.length);
  const items = Array.from({ length }, (_, i) => joinValues(a.items[i] as Value, b.items[i] as Value));
  const extra = [...a.items.slice(length), ...b.items.slice(length), a.rest?.element, b.rest?.element];
  const elements = extra.filter((item) => item !== undefined);
  if (elements.length === 0) return { kind: "listObject", items };
  const reason = a.rest?.reason ?? b.rest?.reason ?? "the list is longer in one case than in another";
  const mine = a.rest?.count;
  const its = b.rest?.count;
  const alike = a.items.length === b.items.length && mine !== undefined && its !== undefined && identical(mine, its);
  const count = alike && isSize(mine) ? { count: mine } : {};
  return { kind: "listObject", items, rest: { element: elements.reduce(joinValues), reason, ...count } };
}

function joinDicts(a: DictObject, b: DictObject): DictObject {
  const entries = new Map<string, DictEntry>();
  let open = a.open ?? b.open;
  const single = (entry: DictEntry): DictEntry => {
    open ??= "a key is there in one case and not in another";
    return entry.maybe === true ? entry : { ...entry, maybe: true };
  };
  for (const [key, mine] of a.entries) {
    const its = b.entries.get(key);
    entries.set(key, its === undefined ? single(mine) : joinDictEntries(mine, its));
  }
  for (const [key, its] of b.entries) if (!a.entries.has(key)) entries.set(key, single(its));
  return { kind: "dictObject", entries, open, factory: a.factory, ...(a.mirror && { mirror: a.mirror }) };
}

function joinDictEntries(a: DictEntry, b: DictEntry): DictEntry {
  const value = joinValues(a.value, b.value);
  return a.maybe === true || b.maybe === true ? { key: a.key, value, maybe: true } : { key: a.key, value };
}

function joinAttributes(a: AttributesObject, b: AttributesObject): AttributesObject {
  const entries = new Map(a.entries);
  const maybe = new Set([...(a.maybe ?? []), ...(b.maybe ?? [])]);
  for (const name of a.entries.keys()) if (!b.entries.has(name)) maybe.add(name);
  for (const [name, value] of b.entries) {
    const mine = entries.get(name);
    if (mine === undefined) maybe.add(name);
    entries.set(name, mine === undefined ? value : joinValues(mine, value));
  }
  const record =
    a.record === undefined || b.record === undefined ? (a.record ?? b.record) : joinRecords(a.record, b.record);
  return {
    kind: "attributes",
    entries,
    open: a.open ?? b.open,
    maybe: maybe.size > 0 ? [...maybe] : undefined,
    record,
  };
}
