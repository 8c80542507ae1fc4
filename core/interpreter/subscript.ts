import { isUnknown } from "../tensor/dim.ts";
import { memberOf, ownMember, typeName } from "./attributes.ts";
import { callMethod, callValue } from "./calls.ts";
import { dictOf, hashOf, listOf, makeList } from "./containers.ts";
import { perhaps } from "./evaluate.ts";
import type { DictEntry, ListObject, Rest } from "./heap.ts";
import { iterate } from "./iterate.ts";
import { joinValues } from "./join.ts";
import type { Machine } from "./machine.ts";
import { writeDictionary } from "./mirror.ts";
import { raised } from "./raising.ts";
import { partChanged, partOf, usedAsSize } from "./reading.ts";
import {
  type DictRef,
  numberOf,
  positional,
  type RangeValue,
  reasonOf,
  type SliceValue,
  str,
  stringOf,
  tuple,
  unknown,
  type Value,
} from "./values.ts";
import { put, taken } from "./watching.ts";

/** `object[index]` */
export function subscript(m: Machine, object: Value, index: Value): Value {
  switch (object.kind) {
    case "tensor":
      return object.family.subscript(m, object, index);
    case "tuple":
      return fromSequence(m, { kind: "listObject", items: object.items }, index, "tuple");
    case "list":
      return fromSequence(m, listOf(m, object), index, "list");
    case "range":
      if (index.kind === "slice") return fromRange(object, index);
      return fromSequence(m, { kind: "listObject", ...iterate(m, object) }, index, "tuple");
    case "str":
      return fromString(object.value, index);
    case "dict":
      return fromDict(m, object, index);
    case "instance":
    case "opaque":
      return callMethod(m, object, "__getitem__", positional(index)) ?? unknown(`a ${typeName(object)} is not indexed`);
    case "class": {
      const members = memberOf(m, object, "%members")?.value;
      if (members?.kind !== "tuple") return object; // list[int], Float[Array, "…"]: the class itself will do
      const name = stringOf(index);
      return (
        (name === undefined ? undefined : ownMember(m, object, name)) ?? unknown(`${object.name} has no such member`)
      );
    }
    default: {
      const key = stringOf(index) === undefined ? numberOf(index) : JSON.stringify(stringOf(index));
      const part = key === undefined ? undefined : partOf(m, object, `[${key}]`);
      return part ?? unknown(reasonOf(object) ?? `a ${object.kind} is not indexed`);
    }
  }
}

/** Python's slice of a sequence of `length`, as start, stop and step; undefined where a bound is not known. */
export function sliceBounds(index: Value, length: number): readonly [number, number, number] | undefined {
  if (index.kind !== "slice") return undefined;
  const part = (value: Value, missing: number): number | undefined =>
    value.kind === "none" ? missing : numberOf(value);
  const step = part(index.step, 1);
  if (step === undefined || step === 0) return undefined;
  const clamp = (value: number) => {
    const at = value < 0 ? value + length : value;
    return step > 0 ? Math.min(Math.max(at, 0), length) : Math.min(Math.max(at, -1), length - 1);
  };
  const start = part(index.lower, step > 0 ? 0 : length - 1);
  const stop = index.upper.kind === "none" ? (step > 0 ? length : -1) : numberOf(index.upper);
  if (start === undefined || stop === undefined) return undefined;
  return [clamp(start), index.upper.kind === "none" ? stop : clamp(stop), step];
}

function fromSequence(m: Machine, list: ListObject, index: Value, kind: "tuple" | "list"): Value {
  const { items, rest } = list;
  if (index.kind === "slice") {
    if (rest !== undefined) return openSlice(m, list, rest, index, kind);
    const bounds = sliceBounds(index, items.length);
    if (bounds === undefined) return unknown("the bounds of the slice are not known");
    const [start, stop, step] = bounds;
    const taken: Value[] = [];
    for (let i = start; step > 0 ? i < stop : i > stop; i += step) {
      const item = items[i];
      if (item !== undefined) taken.push(item);
    }
    return kind === "list" ? makeList(m, taken) : tuple(taken);
  }
  const at = index.kind === "int" || index.kind === "bool" ? numberOf(index) : undefined;
  if (at === undefined) return anyItem(list, reasonOf(index) ?? "which item is not known");
  if (at < 0 && rest !== undefined) return anyItem(list, rest.reason);
  const item = items[at < 0 ? at + items.length : at];
  // The text reads this axis.
  if (item?.kind === "int") usedAsSize(m, item);
  if (item !== undefined) return item;
  if (rest !== undefined) return rest.element;
  const reason = `there is no item ${at}: the ${kind} has ${items.length}`;
  return raised(m, "IndexError", reason, str(`${kind} index out of range`));
}

/** A slice of a range is a range. */
function fromRange({ start, stop, step }: RangeValue, index: SliceValue): Value {
  if (typeof start !== "number" || typeof stop !== "number" || typeof step !== "number") {
    return unknown("a part of a range that is not known");
  }
  const bounds = sliceBounds(index, Math.max(0, Math.ceil((stop - start) / step)));
  if (bounds === undefined) return unknown("the bounds of the slice are not known");
  const [first, last, stride] = bounds;
  return { kind: "range", start: start + first * step, stop: start + last * step, step: step * stride };
}

/** A slice of what is known at the beginning; else any of the items, any number of them. */
function openSlice(m: Machine, list: ListObject, rest: Rest, index: SliceValue, kind: "tuple" | "list"): Value {
  const [start, stop, step] = [index.lower, index.upper, index.step].map((it) =>
    it.kind === "none" ? 0 : numberOf(it),
  );
  const { items } = list;
  if (start !== undefined && stop !== undefined && index.upper.kind !== "none" && step === 0 && start >= 0) {
    if (stop >= 0 && stop <= items.length) return sequenceOf(m, items.slice(start, stop), kind);
  }
  if (index.upper.kind === "none" && step === 0 && start !== undefined && start >= 0 && start <= items.length) {
    return kind === "list" ? makeList(m, items.slice(start), rest) : unknown(rest.reason);
  }
  if (kind === "tuple") return unknown(rest.reason);
  return makeList(m, [], { element: anyItem(list, rest.reason), reason: rest.reason });
}
const sequenceOf = (m: Machine, items: readonly Value[], kind: "tuple" | "list"): Value =>
  kind === "list" ? makeList(m, items) : tuple(items);

/** Which item it is is not known: what they have in common, where they are few. */
function anyItem({ items, rest }: ListObject, reason: string): Value {
  const all = rest === undefined ? items : [...items, rest.element];
  return all.length === 0 || all.length > 64 ? unknown(reason) : all.reduce(joinValues);
}

function fromString(text: string, index: Value): Value {
  const characters = [...text];
  const bounds = sliceBounds(index, characters.length);
  if (bounds !== undefined) {
    const [start, stop, step] = bounds;
    let taken = "";
    for (let i = start; step > 0 ? i < stop : i > stop; i += step) taken += characters[i] ?? "";
    return str(taken);
  }
  const at = numberOf(index);
  const item = at === undefined ? undefined : characters[at < 0 ? at + characters.length : at];
  return item === undefined ? unknown("which character is not known", "str") : str(item);
}

function fromDict(m: Machine, object: DictRef, index: Value): Value {
  const dict = dictOf(m, object);
  const hash = hashOf(index);
  if (hash === undefined) {
    const reason = reasonOf(index) ?? "which key is not known";
    // A defaultdict has it from now on.
    if (dict.factory !== undefined && dict.open === undefined) m.write(object.id, { ...dict, open: reason });
    const rest = dict.open === undefined ? undefined : { element: unknown(dict.open), reason: dict.open };
    return anyItem({ kind: "listObject", items: [...dict.entries.values()].map((it) => it.value), rest }, reason);
  }
  const entry = dict.entries.get(hash);
  if (entry !== undefined) return entry.value;
  if (dict.open !== undefined) return unknown(dict.open);
  if (dict.factory === undefined) return raised(m, "KeyError", "there is no such key", index);
  const made = callValue(m, dict.factory, positional());
  setItem(m, object, index, made);
  return made;
}

/** `object[index] = value` */
export function setItem(m: Machine, object: Value, index: Value, value: Value): void {
  if (object.kind === "dict") setKey(m, object, index, value);
  else if (object.kind === "list") setListItem(m, object.id, listOf(m, object), index, value);
  else if (object.kind === "tensor") object.family.set?.(m, object, index, value);
  else if (object.kind === "unknown") {
    partChanged(m, object);
    for (const it of object.may ?? []) perhaps(m, () => setItem(m, it, index, value));
  } else callMethod(m, object, "__setitem__", positional(index, value));
}

function setKey(m: Machine, object: DictRef, index: Value, value: Value): void {
  put(m, object, value);
  const dict = dictOf(m, object);
  const hash = hashOf(index);
  if (hash === undefined) {
    const reason = reasonOf(index) ?? "a key that is not known was set";
    const entries = new Map<string, DictEntry>();
    for (const [key, entry] of dict.entries) entries.set(key, { key: entry.key, value: unknown(reason) });
    writeDictionary(m, object.id, { ...dict, entries, open: reason });
    return;
  }
  const entries = new Map(dict.entries);
  // The key that was there first stays.
  entries.set(hash, { key: dict.entries.get(hash)?.key ?? index, value });
  writeDictionary(m, object.id, { ...dict, entries });
}

function setListItem(m: Machine, id: number, list: ListObject, index: Value, value: Value): void {
  const at = index.kind === "int" && !isUnknown(index.size) ? numberOf(index) : undefined;
  const position = at !== undefined && at < 0 && list.rest === undefined ? at + list.items.length : at;
  if (position !== undefined && position >= 0 && position < list.items.length) {
    m.write(id, { ...list, items: list.items.with(position, value) });
    return;
  }
  if (index.kind === "slice" && list.rest === undefined) {
    const bounds = sliceBounds(index, list.items.length);
    const given = iterate(m, value);
    if (bounds !== undefined && bounds[2] === 1 && given.rest === undefined) {
      const [start, stop] = bounds;
      m.write(id, {
        ...list,
        items: [...list.items.slice(0, start), ...given.items, ...list.items.slice(Math.max(start, stop))],
      });
      return;
    }
  }
  if (index.kind !== "slice") {
    const element = list.rest === undefined ? undefined : joinValues(list.rest.element, value);
    const rest = list.rest && element ? { ...list.rest, element } : undefined;
    m.write(id, { kind: "listObject", items: list.items.map((item) => joinValues(item, value)), rest });
    return;
  }
  const reason = "an item at a place that is not known was set";
  m.write(id, { kind: "listObject", items: [], rest: { element: unknown(reason), reason } });
}

/** `del object[index]` */
export function deleteItem(m: Machine, object: Value, index: Value): void {
  if (object.kind === "dict" || object.kind === "set") {
    const dict = dictOf(m, object);
    const entries = new Map(dict.entries);
    const hash = hashOf(index);
    if (hash !== undefined && dict.open === undefined && !entries.has(hash)) {
      raised(m, "KeyError", "there is no such key to delete", index);
    }
    if (hash !== undefined) entries.delete(hash);
    else for (const [key, entry] of dict.entries) entries.set(key, { ...entry, maybe: true });
    writeDictionary(m, object.id, {
      ...dict,
      entries,
      open: hash === undefined ? "a key that is not known was deleted" : dict.open,
    });
  } else if (object.kind === "list") {
    const list = listOf(m, object);
    const at = numberOf(index);
    const bounds = list.rest === undefined ? sliceBounds(index, list.items.length) : undefined;
    if (bounds !== undefined) {
      const [start, stop, step] = bounds;
      const gone = new Set<number>();
      for (let i = start; step > 0 ? i < stop : i > stop; i += step) gone.add(i);
      m.write(object.id, { ...list, items: list.items.filter((_, i) => !gone.has(i)) });
    } else if (at === undefined || list.rest !== undefined) {
      const reason = "an item that is not known was deleted";
      m.write(object.id, { kind: "listObject", items: [], rest: { element: unknown(reason), reason } });
    } else {
      const place = at < 0 ? at + list.items.length : at;
      m.write(object.id, { ...list, items: list.items.filter((_, i) => i !== place) });
      taken(m, object, list.items.slice(place, place + 1));
    }
  } else if (object.kind === "unknown") {
    for (const it of object.may ?? []) perhaps(m, () => deleteItem(m, it, index));
  } else callMethod(m, object, "__delitem__", positional(index));
}
