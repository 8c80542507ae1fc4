import { type Dim, plus } from "../../tensor/dim.ts";
import { defineMethod, doubtful } from "../builtins/define.ts";
import { anyOf, unknownInt } from "../builtins/items.ts";
import { sorted } from "../builtins/order.ts";
import { equalValues, listOf, makeList } from "../containers.ts";
import type { ListObject, Rest } from "../heap.ts";
import { countOf, iterate } from "../iterate.ts";
import { joinValues } from "../join.ts";
import type { Machine } from "../machine.ts";
import { raised } from "../raising.ts";
import { int, type ListRef, type NativeValue, NONE_VALUE, numberOf, reasonOf, unknown, type Value } from "../values.ts";
import { put, taken } from "../watching.ts";
import { plainOf, spoil, spoilList } from "./receiver.ts";

/** Python's `list` methods. A change that is not certain makes what it may touch unknown. */

const isPlace = (value: Value): boolean => value.kind === "int" || value.kind === "bool";

/** The list behind `self`, or an unknown. */
function receiver(m: Machine, self: Value): ListRef | undefined {
  const plain = plainOf(m, self);
  return plain.kind === "list" ? plain : undefined;
}
type Rule<G> = (m: Machine, list: ListObject, given: G, ref: ListRef) => Value;
const onList =
  <G extends { readonly self: Value }>(rule: Rule<G>) =>
  (m: Machine, given: G): Value => {
    const ref = receiver(m, given.self);
    return ref === undefined ? doubtful([given.self], "this is not a list") : rule(m, listOf(m, ref), given, ref);
  };
const store = (m: Machine, ref: ListRef, items: readonly Value[], rest?: ListObject["rest"]): void =>
  m.write(ref.id, rest === undefined ? { kind: "listObject", items } : { kind: "listObject", items, rest });

/** More items than this are not kept one by one. */
const MOST_ITEMS = 200_000;

function append(m: Machine, { items, rest }: ListObject, value: Value, ref: ListRef): Value {
  put(m, ref, value);
  m.steps += items.length >> 6;
  if (items.length >= MOST_ITEMS) {
    spoilList(m, ref, "a very long list");
    return NONE_VALUE;
  }
  if (rest === undefined) store(m, ref, [...items, value]);
  else store(m, ref, items, longer(rest, joinValues(rest.element, value), 1));
  return NONE_VALUE;
}

/** More items of a list of which some are not known one by one. */
const longer = ({ reason, count }: Rest, element: Value, by: Dim | undefined): Rest =>
  count === undefined || by === undefined ? { element, reason } : { element, reason, count: plus(count, by) };

/** What comes in; the object that watches the list is told. */
function toldOf(m: Machine, ref: ListRef, given: Items): Items {
  if (ref.watcher === undefined) return given;
  const items = given.items.map((it) => put(m, ref, it));
  return { items, rest: given.rest && { ...given.rest, element: put(m, ref, given.rest.element) } };
}
type Items = Pick<ListObject, "items" | "rest">;

function extend(m: Machine, { items, rest }: ListObject, iterable: Value, ref: ListRef): Value {
  const more = toldOf(m, ref, iterate(m, iterable));
  m.steps += (items.length + more.items.length) >> 6;
  if (items.length + more.items.length > MOST_ITEMS) spoilList(m, ref, "a very long list");
  else if (rest === undefined) store(m, ref, [...items, ...more.items], more.rest);
  else {
    const added = anyOf(more);
    store(m, ref, items, added === undefined ? rest : longer(rest, joinValues(rest.element, added), countOf(more)));
  }
  return NONE_VALUE;
}

function insert(m: Machine, { items, rest }: ListObject, index: Value, value: Value, ref: ListRef): Value {
  put(m, ref, value);
  const given = isPlace(index) ? numberOf(index) : undefined;
  const at = given !== undefined && given < 0 && rest === undefined ? Math.max(0, given + items.length) : given;
  if (at === undefined || at < 0 || (rest !== undefined && at > items.length)) {
    spoilList(m, ref, reasonOf(index) ?? "an item was inserted at a place that is not known");
  } else store(m, ref, items.toSpliced(at, 0, value), rest);
  return NONE_VALUE;
}

function pop(m: Machine, list: ListObject, index: Value | undefined, ref: ListRef): Value {
  const { items, rest } = list;
  const given = index === undefined ? -1 : isPlace(index) ? numberOf(index) : undefined;
  const at = given !== undefined && given < 0 && rest === undefined ? given + items.length : given;
  const item = at === undefined ? undefined : items[at];
  if (at !== undefined && item !== undefined) {
    store(m, ref, items.toSpliced(at, 1), rest);
    taken(m, ref, [item]);
    return item;
  }
  if (rest === undefined && at !== undefined) return raised(m, "IndexError", `there is no item ${given} to pop`);
  const reason =
    rest?.reason ?? (index === undefined ? undefined : reasonOf(index)) ?? "which item was popped is not known";
  const element = anyOf(list) ?? unknown(reason);
  store(m, ref, [], { element, reason });
  return element;
}

function remove(m: Machine, { items, rest }: ListObject, value: Value, ref: ListRef): Value {
  const equal = items.map((item) => equalValues(m, item, value));
  const at = equal.findIndex((it) => it !== false);
  if (at >= 0 && equal[at] === true) {
    taken(m, ref, [value]);
    store(m, ref, items.toSpliced(at, 1), rest);
  } else if (at >= 0 || rest !== undefined) spoilList(m, ref, reasonOf(value) ?? "which item was removed is not known");
  else return raised(m, "ValueError", "there is no such item to remove");
  return NONE_VALUE;
}

function sort(m: Machine, list: ListObject, key: Value | undefined, reverse: Value | undefined, ref: ListRef): Value {
  const ordered = list.rest === undefined ? sorted(m, list.items, key, reverse) : undefined;
  if (ordered !== undefined) store(m, ref, ordered);
  else {
    const any = anyOf(list);
    if (any === undefined) return NONE_VALUE;
    const shuffled = list.items.length === 1 && list.rest === undefined ? any : mixed(any);
    store(
      m,
      ref,
      list.items.map(() => shuffled),
      list.rest && { ...list.rest, element: shuffled },
    );
  }
  return NONE_VALUE;
}
const mixed = (value: Value): Value =>
  value.kind === "unknown" ? unknown("the order of the list is not known") : value;

/** Where the first equal item is; undefined where that is not certain, -1 where there is none. */
export function placeOf(
  m: Machine,
  { items, rest }: Pick<ListObject, "items" | "rest">,
  value: Value,
): number | undefined {
  const equal = items.map((item) => equalValues(m, item, value));
  const at = equal.findIndex((it) => it !== false);
  return at < 0 ? (rest === undefined ? -1 : undefined) : equal[at] === true ? at : undefined;
}
export function indexIn(m: Machine, list: Pick<ListObject, "items" | "rest">, value: Value): Value {
  const at = placeOf(m, list, value);
  if (at === -1) return raised(m, "ValueError", "there is no such item");
  return at === undefined ? unknownInt(list.rest?.reason ?? reasonOf(value) ?? "where it is is not known") : int(at);
}
export function countIn(m: Machine, { items, rest }: Pick<ListObject, "items" | "rest">, value: Value): Value {
  const equal = items.map((item) => equalValues(m, item, value));
  if (rest !== undefined) return unknownInt(rest.reason);
  if (equal.includes(undefined)) return unknownInt(reasonOf(value) ?? "which items are equal is not known");
  return int(equal.filter((it) => it === true).length);
}

function clear(m: Machine, { items }: ListObject, ref: ListRef): Value {
  taken(m, ref, items);
  store(m, ref, []);
  return NONE_VALUE;
}

function reverse(m: Machine, list: ListObject, ref: ListRef): Value {
  const any = anyOf(list);
  if (list.rest === undefined) store(m, ref, list.items.toReversed());
  else store(m, ref, [], { reason: list.rest.reason, element: any ?? unknown(list.rest.reason) });
  return NONE_VALUE;
}

export const LIST_METHODS: Readonly<Record<string, NativeValue>> = {
  append: defineMethod(
    "list.append",
    "self, value, /",
    onList((m, it, { value }, ref) => append(m, it, value, ref)),
    spoil,
  ),
  extend: defineMethod(
    "list.extend",
    "self, values, /",
    onList((m, it, { values }, ref) => extend(m, it, values, ref)),
    spoil,
  ),
  insert: defineMethod(
    "list.insert",
    "self, index, value, /",
    onList((m, it, { index, value }, ref) => insert(m, it, index, value, ref)),
    spoil,
  ),
  pop: defineMethod(
    "list.pop",
    "self, index?, /",
    onList((m, it, { index }, ref) => pop(m, it, index, ref)),
    spoil,
  ),
  remove: defineMethod(
    "list.remove",
    "self, value, /",
    onList((m, it, { value }, ref) => remove(m, it, value, ref)),
    spoil,
  ),
  clear: defineMethod(
    "list.clear",
    "self",
    onList((m, it, _, ref) => clear(m, it, ref)),
    spoil,
  ),
  index: defineMethod(
    "list.index",
    "self, value, /",
    onList((m, it, { value }) => indexIn(m, it, value)),
  ),
  count: defineMethod(
    "list.count",
    "self, value, /",
    onList((m, it, { value }) => countIn(m, it, value)),
  ),
  reverse: defineMethod(
    "list.reverse",
    "self",
    onList((m, it, _, ref) => reverse(m, it, ref)),
    spoil,
  ),
  sort: defineMethod(
    "list.sort",
    "self, *, key?, reverse?",
    onList((m, it, { key, reverse }, ref) => sort(m, it, key, reverse, ref)),
    spoil,
  ),
  copy: defineMethod(
    "list.copy",
    "self",
    onList((m, { items, rest }) => makeList(m, items, rest)),
  ),
};
