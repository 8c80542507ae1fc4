import { unknown as unknownDim } from "../../tensor/dim.ts";
import { dictOf } from "../containers.ts";
import { perhaps } from "../evaluate.ts";
import { type Items, iterate } from "../iterate.ts";
import { joinValues } from "../join.ts";
import type { Machine } from "../machine.ts";
import { type IntValue, int, type Unknown, unknown, type Value } from "../values.ts";

/** Helpers for what goes through the items of an iterable. */

/** All items in order, or the unknown that says why they are not known. */
export function allItems(m: Machine, value: Value): readonly Value[] | Unknown {
  const { items, rest } = iterate(m, value);
  m.steps += items.length;
  return rest === undefined ? items : unknown(rest.reason);
}

/** All items where their order does not matter: a set's are known too. */
export function allMembers(m: Machine, value: Value): readonly Value[] | Unknown {
  if (value.kind !== "set") return allItems(m, value);
  const { entries, open } = dictOf(m, value);
  return open === undefined ? [...entries.values()].map((it) => it.key) : unknown(open);
}
export const isUnknownItems = (items: readonly Value[] | Unknown): items is Unknown => "kind" in items;

/** What any of the items from `start` on may be. */
export function anyOf({ items, rest }: Items, start = 0): Value | undefined {
  const all = rest === undefined ? items.slice(start) : [...items.slice(start), rest.element];
  return all.length === 0 ? undefined : all.reduce(joinValues);
}

export const unknownInt = (reason: string): IntValue => int(unknownDim(reason));

/** What `body` gives when it runs any number of times, from none on. */
export function anyTimes(m: Machine, body: () => Value): Value {
  const first = perhaps(m, body);
  return joinValues(first, perhaps(m, body));
}
