import { callMethod } from "./calls.ts";
import { listOf } from "./containers.ts";
import type { Rest } from "./heap.ts";
import { mayAsk, mayUnroll, next, rounds, step } from "./iterate.ts";
import type { Machine } from "./machine.ts";
import { positional, type Value } from "./values.ts";

/** What a `for` goes through. */
export interface Source {
  /** How many rounds there are, as far as that can be told before the first. */
  readonly count: number;
  /** The item of a round, fetched as it begins; what any of those that are left may be; undefined at the end. */
  item(round: number): Value | Rest | undefined;
}

/** As Python does, a list is looked at anew in each round, and an iterator is read no further than the loop goes. */
export function sourceOf(m: Machine, value: Value): Source {
  const iterated = value.kind === "instance" ? (callMethod(m, value, "__iter__", positional()) ?? value) : value;
  if (iterated.kind === "list") {
    const count = listOf(m, iterated).items.length;
    if (mayUnroll(m, count)) {
      return {
        count,
        item: (round) => {
          const { items, rest } = listOf(m, iterated);
          return items[round] ?? rest;
        },
      };
    }
  }
  if (iterated.kind === "iterator") {
    const entry = m.read(iterated.id);
    const count = entry?.kind === "iteratorObject" ? entry.items.length - entry.position : 0;
    if (mayUnroll(m, count)) return { count, item: () => step(m, iterated) };
  }
  if (iterated.kind === "instance" && iterated !== value) {
    const start = m.steps;
    return { count: 1, item: (round) => (mayAsk(m, round, start) ? next(m, iterated) : endless(m, iterated)) };
  }
  const { items, rest } = rounds(m, iterated);
  return { count: items.length, item: (round) => items[round] ?? rest };
}
function endless(m: Machine, value: Value): Rest | undefined {
  const element = next(m, value);
  return element && { element, reason: "how often it yields is not known" };
}
