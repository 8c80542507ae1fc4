import { define, doubtful } from "../../interpreter/builtins/define.ts";
import { allItems, isUnknownItems } from "../../interpreter/builtins/items.ts";
import { isLess, sorted } from "../../interpreter/builtins/order.ts";
import { listOf, makeList } from "../../interpreter/containers.ts";
import type { Machine } from "../../interpreter/machine.ts";
import { plainOf, spoil } from "../../interpreter/methods/receiver.ts";
import { raised } from "../../interpreter/raising.ts";
import { bool, int, type ListRef, NONE_VALUE, numberOf, unknown, type Value } from "../../interpreter/values.ts";
import { type Library, table } from "./library.ts";

/** `heapq` and `bisect`: the lists end up as CPython's own algorithms leave them. */

const UNDECIDED = "which item is less is not known";
/** Thrown inside this file where an order is not known. */
class Undecided extends Error {}

const less = (m: Machine, a: Value | undefined, b: Value | undefined): boolean => {
  m.steps++;
  const known = a === undefined || b === undefined || m.exhausted ? undefined : isLess(m, a, b);
  if (known === undefined) throw new Undecided();
  return known;
};

/** Lets the item at `at` rise towards `start`. */
function rise(m: Machine, items: Value[], start: number, at: number): void {
  const item = items[at];
  if (item === undefined) return;
  let place = at;
  while (place > start) {
    const above = (place - 1) >> 1;
    const parent = items[above];
    if (parent === undefined || !less(m, item, parent)) break;
    items[place] = parent;
    place = above;
  }
  items[place] = item;
}
/** Lets the item at `at` sink to a leaf along the lesser children, and rise again to its place. */
function sink(m: Machine, items: Value[], at: number): void {
  const item = items[at];
  if (item === undefined) return;
  let place = at;
  for (let child = 2 * place + 1; child < items.length; child = 2 * place + 1) {
    if (child + 1 < items.length && !less(m, items[child], items[child + 1])) child++;
    items[place] = items[child] ?? item;
    place = child;
  }
  items[place] = item;
  rise(m, items, at, place);
}

/** Changes the list by a rule on its items; where that cannot be followed, nothing is known of it. */
function changing(m: Machine, heap: Value, rule: (items: Value[]) => Value): Value {
  const list = plainOf(m, heap);
  const { items, rest } = list.kind === "list" ? listOf(m, list) : { items: [], rest: { reason: "this is no list" } };
  if (rest !== undefined) return given(m, heap, rest.reason);
  const own = [...items];
  try {
    const value = rule(own);
    m.write((list as ListRef).id, { kind: "listObject", items: own });
    return value;
  } catch (thrown) {
    if (!(thrown instanceof Undecided)) throw thrown;
    return given(m, heap, UNDECIDED);
  }
}
function given(m: Machine, heap: Value, reason: string): Value {
  spoil(m, heap, reason);
  return doubtful([heap], reason);
}

function popped(m: Machine, items: Value[]): Value {
  const last = items.pop();
  const [first] = items;
  if (last === undefined) return raised(m, "IndexError", "the heap is empty");
  if (first === undefined) return last;
  items[0] = last;
  sink(m, items, 0);
  return first;
}

const ends = (name: string, reverse: boolean) =>
  define(`heapq.${name}`, "n, iterable, key?", (m, { n, iterable, key }) => {
    const items = allItems(m, iterable);
    const count = numberOf(n);
    const ordered = isUnknownItems(items) ? undefined : sorted(m, items, key, bool(reverse));
    if (ordered === undefined || count === undefined) return doubtful([n, iterable], UNDECIDED, "list");
    return makeList(m, ordered.slice(0, Math.max(0, count)));
  });

export const HEAPQ: Library = {
  name: "heapq",
  members: table(
    define("heapq.heapify", "heap, /", (m, { heap }) =>
      changing(m, heap, (items) => {
        for (let i = (items.length >> 1) - 1; i >= 0; i--) sink(m, items, i);
        return NONE_VALUE;
      }),
    ),
    define("heapq.heappush", "heap, item, /", (m, { heap, item }) =>
      changing(m, heap, (items) => {
        items.push(item);
        rise(m, items, 0, items.length - 1);
        return NONE_VALUE;
      }),
    ),
    define("heapq.heappop", "heap, /", (m, { heap }) => changing(m, heap, (items) => popped(m, items))),
    define("heapq.heapreplace", "heap, item, /", (m, { heap }) => given(m, heap, "heapreplace is not followed")),
    define("heapq.heappushpop", "heap, item, /", (m, { heap }) => given(m, heap, "heappushpop is not followed")),
    ends("nlargest", true),
    ends("nsmallest", false),
  ),
};

/** Where the item belongs in a sorted list: before or after those that are equal. */
function place(m: Machine, items: readonly Value[], item: Value, after: boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const isRight = after ? !less(m, item, items[middle]) : less(m, items[middle], item);
    if (isRight) low = middle + 1;
    else high = middle;
  }
  return low;
}
const found = (name: string, after: boolean) =>
  define(`bisect.${name}`, "values, item", (m, { values, item }) => {
    const items = allItems(m, values);
    if (isUnknownItems(items)) return items;
    try {
      return int(place(m, items, item, after));
    } catch (thrown) {
      if (!(thrown instanceof Undecided)) throw thrown;
      return unknown(UNDECIDED);
    }
  });
const inserted = (name: string, after: boolean) =>
  define(`bisect.${name}`, "values, item", (m, { values, item }) =>
    changing(m, values, (items) => {
      items.splice(place(m, items, item, after), 0, item);
      return NONE_VALUE;
    }),
  );
export const BISECT: Library = {
  name: "bisect",
  members: table(
    found("bisect", true),
    found("bisect_right", true),
    found("bisect_left", false),
    inserted("insort", true),
    inserted("insort_right", true),
    inserted("insort_left", false),
  ),
};
