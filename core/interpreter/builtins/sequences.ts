import { minimum, minus } from "../../tensor/dim.ts";
import { callMethod, callValue } from "../calls.ts";
import { makeIterator, makeList } from "../containers.ts";
import { countOf, type Items, isRest, iterate, next, step } from "../iterate.ts";
import { joinValues } from "../join.ts";
import type { Machine } from "../machine.ts";
import { binary, truth } from "../operators.ts";
import { raised } from "../raising.ts";
import {
  bool,
  type IteratorRef,
  int,
  type NativeValue,
  positional,
  reasonOf,
  tuple,
  unknown,
  type Value,
} from "../values.ts";
import { define, doubtful } from "./define.ts";
import { allMembers, anyOf, anyTimes, isUnknownItems, unknownInt } from "./items.ts";
import { lengthOf } from "./length.ts";
import { sorted } from "./order.ts";

/** Functions over iterables. Iterators are made with all their items at once, and are read once. */

function enumerated(m: Machine, iterable: Value, start: Value): Value {
  const { items, rest } = iterate(m, iterable);
  const pairs = items.map((item, i) => tuple([binary(m, "+", start, int(i)), item]));
  const more = rest && { ...rest, element: tuple([unknownInt(rest.reason), rest.element]) };
  return makeIterator(m, pairs, more);
}

/** Rows of one item from each source, as long as the shortest. */
export function zipped(m: Machine, values: readonly Value[]): Items {
  const [first] = values;
  if (first === undefined) return { items: [] };
  if (values.some((it, i) => it.kind === "iterator" && values.indexOf(it) !== i)) return chunked(m, values);
  const sources = values.map((it) => iterate(m, it));
  const length = Math.min(...sources.map((it) => it.items.length));
  const rows = Array.from({ length }, (_, i) => tuple(sources.map((it) => it.items[i] ?? unknown("no such item"))));
  for (const [i, value] of values.entries()) leaveRest(m, value, sources[i], length);
  const ends = sources.some((it) => it.rest === undefined && it.items.length === length);
  const reason = sources.find((it) => it.rest !== undefined)?.rest?.reason;
  if (ends || reason === undefined) return { items: rows };
  const counts = sources.map(countOf);
  const all = counts.every((it) => it !== undefined) ? minus(counts.reduce(minimum), length) : undefined;
  const element = tuple(sources.map((it) => anyOf(it, length) ?? unknown(reason)));
  return { items: rows, rest: all === undefined ? { element, reason } : { element, reason, count: all } };
}

/** An iterator that others outlast was read in full here, but not there. */
function leaveRest(m: Machine, value: Value, source: Items | undefined, length: number): void {
  if (value.kind !== "iterator" || source === undefined || source.items.length <= length) return;
  const reason = "how far the iterator was read is not known";
  m.write(value.id, {
    kind: "iteratorObject",
    items: [],
    position: 0,
    rest: { element: anyOf(source) ?? unknown(reason), reason },
  });
}

/** `zip(*[iter(x)] * n)`: one iterator several times gives its items in rows. */
function chunked(m: Machine, values: readonly Value[]): Items {
  const [first] = values;
  const reason = "iterators that are read in turns";
  if (first === undefined || values.some((it) => it !== first))
    return { items: [], rest: { element: unknown(reason), reason } };
  const { items, rest } = iterate(m, first);
  if (rest !== undefined)
    return { items: [], rest: { element: tuple(values.map(() => rest.element)), reason: rest.reason } };
  const length = Math.floor(items.length / values.length);
  const rows = Array.from({ length }, (_, i) => tuple(items.slice(i * values.length, (i + 1) * values.length)));
  return { items: rows };
}

function mapped(m: Machine, made: Value, iterables: readonly Value[]): Value {
  const [only] = iterables;
  if (only === undefined) return unknown("map without anything to go through");
  const single = iterables.length === 1;
  const { items, rest } = single ? iterate(m, only) : zipped(m, iterables);
  const call = (item: Value): Value =>
    callValue(m, made, positional(...(!single && item.kind === "tuple" ? item.items : [item])));
  const results = items.map(call);
  return makeIterator(m, results, rest && { ...rest, element: anyTimes(m, () => call(rest.element)) });
}

function filtered(m: Machine, test: Value, iterable: Value): Value {
  const { items, rest } = iterate(m, iterable);
  const kept: Value[] = [];
  let reason = rest?.reason;
  let certain = 0;
  for (const item of items) {
    const known = truth(m, test.kind === "none" ? item : callValue(m, test, positional(item)));
    if (known === false) continue;
    if (known === undefined) reason = "which items it keeps is not known";
    kept.push(item);
    if (reason === undefined || (rest !== undefined && reason === rest.reason)) certain = kept.length;
  }
  if (reason === undefined) return makeIterator(m, kept);
  const others = rest === undefined ? kept.slice(certain) : [...kept.slice(certain), rest.element];
  return makeIterator(m, kept.slice(0, certain), { element: others.reduce(joinValues), reason });
}

function reversedItems(m: Machine, value: Value): Value {
  if (value.kind === "unknown") return unknown(value.reason);
  const own = callMethod(m, value, "__reversed__", positional());
  if (own !== undefined) return own;
  const source = iterate(m, value);
  if (source.rest === undefined) return makeIterator(m, source.items.toReversed());
  return makeIterator(m, [], { ...source.rest, element: anyOf(source) ?? source.rest.element });
}

function iterator(m: Machine, value: Value): Value {
  if (value.kind === "iterator") return value;
  const own = callMethod(m, value, "__iter__", positional());
  if (own !== undefined) return own;
  const { items, rest } = iterate(m, value);
  return makeIterator(m, items, rest);
}

function nextItem(m: Machine, value: Value, missing: Value | undefined): Value {
  const item = next(m, value);
  if (item === undefined) {
    return missing ?? raised(m, "StopIteration", reasonOf(value) ?? "the iterator has no more items");
  }
  // Where it may have ended, the other answer is possible.
  const entry = value.kind === "iterator" ? m.read(value.id) : undefined;
  const mayEnd = entry?.kind === "iteratorObject" && entry.rest?.element === item;
  return mayEnd && missing !== undefined ? joinValues(item, missing) : item;
}

/** `any` and `all`: up to the item that decides. */
function decided(m: Machine, iterable: Value, wanted: boolean): Value {
  if (iterable.kind === "iterator") return decidedOnTheWay(m, iterable, wanted);
  const { items, rest } = iterable.kind === "set" ? membersOf(m, iterable) : iterate(m, iterable);
  let doubt = rest?.reason;
  for (const item of items) {
    const known = truth(m, item);
    if (known === wanted) return bool(wanted);
    if (known === undefined) doubt ??= reasonOf(item) ?? "whether an item is true is not known";
  }
  return doubt === undefined ? bool(!wanted) : unknown(doubt, "bool");
}
/** An iterator is read no further than the item that decides. */
function decidedOnTheWay(m: Machine, iterable: IteratorRef, wanted: boolean): Value {
  let doubt: string | undefined;
  for (let it = step(m, iterable); it !== undefined; it = step(m, iterable)) {
    if (isRest(it)) return unknown(it.reason, "bool");
    const known = truth(m, it);
    if (known === wanted && doubt === undefined) return bool(wanted);
    if (known === wanted) break;
    if (known === undefined) doubt ??= reasonOf(it) ?? "whether an item is true is not known";
  }
  if (doubt === undefined) return bool(!wanted);
  const { items } = iterate(m, iterable);
  return items.some((it) => truth(m, it) === wanted) ? bool(wanted) : unknown(doubt, "bool");
}
function membersOf(m: Machine, value: Value): Items {
  const items = allMembers(m, value);
  return isUnknownItems(items) ? { items: [], rest: { element: items, reason: items.reason } } : { items };
}

function sortedList(m: Machine, iterable: Value, key: Value | undefined, reverse: Value | undefined): Value {
  const items = allMembers(m, iterable);
  if (isUnknownItems(items)) return makeList(m, [], { element: unknown(items.reason), reason: items.reason });
  const ordered = sorted(m, items, key, reverse);
  if (ordered !== undefined) return makeList(m, ordered);
  const doubt = doubtful(items, "the order is not known");
  return makeList(
    m,
    items.map(() => items.reduce(joinValues) ?? doubt),
  );
}

export const SEQUENCE_FUNCTIONS: readonly NativeValue[] = [
  define("len", "value, /", (m, { value }) => lengthOf(m, value)),
  define("enumerate", "iterable, start?", (m, { iterable, start }) => enumerated(m, iterable, start ?? int(0))),
  define("zip", "*values, strict?", (m, { values }) => {
    const { items, rest } = zipped(m, values);
    return makeIterator(m, items, rest);
  }),
  define("map", "made, *iterables", (m, { made, iterables }) => mapped(m, made, iterables)),
  define("filter", "test, iterable, /", (m, { test, iterable }) => filtered(m, test, iterable)),
  define("reversed", "value, /", (m, { value }) => reversedItems(m, value)),
  define("iter", "value, sentinel?, /", (m, { value, sentinel }) =>
    sentinel === undefined ? iterator(m, value) : unknown("how often it is called is not known"),
  ),
  define("next", "value, missing?, /", (m, { value, missing }) => nextItem(m, value, missing)),
  define("any", "iterable, /", (m, { iterable }) => decided(m, iterable, true)),
  define("all", "iterable, /", (m, { iterable }) => decided(m, iterable, false)),
  define("sorted", "iterable, /, *, key?, reverse?", (m, { iterable, key, reverse }) =>
    sortedList(m, iterable, key, reverse),
  ),
];
