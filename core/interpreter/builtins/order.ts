import { callValue } from "../calls.ts";
import { compare } from "../comparison.ts";
import type { Machine } from "../machine.ts";
import { truth } from "../operators.ts";
import { positional, type Value } from "../values.ts";

/** Sorting, where every comparison that it takes is certain. */

interface Keyed {
  readonly value: Value;
  readonly key: Value;
}

/** The items in order, equal ones as they came; undefined where an order is not certain. */
export function sorted(
  m: Machine,
  items: readonly Value[],
  key: Value | undefined,
  reverse: Value | undefined,
): readonly Value[] | undefined {
  const falling = reverse === undefined ? false : truth(m, reverse);
  if (falling === undefined) return undefined;
  const keyed = items.map((value) => ({ value, key: keyOf(m, key, value) }));
  // Python reverses, sorts and reverses again, so that equal items keep their order.
  const ordered = mergeSorted(m, falling ? keyed.toReversed() : keyed);
  if (ordered === undefined) return undefined;
  return (falling ? ordered.toReversed() : ordered).map((it) => it.value);
}

/** What an item is compared by. */
export const keyOf = (m: Machine, key: Value | undefined, value: Value): Value =>
  key === undefined || key.kind === "none" ? value : callValue(m, key, positional(value));

export const isLess = (m: Machine, a: Value, b: Value): boolean | undefined => truth(m, compare(m, "<", a, b));

function mergeSorted(m: Machine, items: readonly Keyed[]): readonly Keyed[] | undefined {
  if (items.length < 2) return items;
  const middle = items.length >> 1;
  const left = mergeSorted(m, items.slice(0, middle));
  const right = left === undefined ? undefined : mergeSorted(m, items.slice(middle));
  return left === undefined || right === undefined ? undefined : merged(m, left, right);
}

function merged(m: Machine, left: readonly Keyed[], right: readonly Keyed[]): readonly Keyed[] | undefined {
  const made: Keyed[] = [];
  let [i, j] = [0, 0];
  for (let a = left[i], b = right[j]; a !== undefined || b !== undefined; a = left[i], b = right[j]) {
    m.steps++;
    const second = a === undefined ? true : b === undefined ? false : isLess(m, b.key, a.key);
    if (second === undefined) return undefined;
    const taken = second ? right[j++] : left[i++];
    if (taken !== undefined) made.push(taken);
  }
  return made;
}
