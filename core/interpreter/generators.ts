import { type HeapEntry, type State, same } from "./heap.ts";
import type { Ids } from "./ids.ts";
import { joinEntries } from "./join.ts";
import type { Machine } from "./machine.ts";
import { stands } from "./memory.ts";
import { type Place, unknown, type Value } from "./values.ts";

/** Where a generator yields: the state there, and whether it certainly comes there. */
export interface Yielded {
  readonly state: State;
  readonly certain: boolean;
  /** What stands behind `yield`. */
  readonly at?: Place | undefined;
}

/**
 * What a generator does between its items. Its body is run when it is made, and what it changed is taken back; each
 * item that is read then makes the changes up to it, as if the body went on only now.
 */
export interface Trail {
  /** The state before the body, and at each item that it certainly yields. */
  readonly states: readonly State[];
  /** Where it was left in the end. */
  readonly end: State;
  /** What the body read: it goes on as it did only while that is as it was. */
  readonly reads: Ids;
  /** What `yield from` gives. */
  readonly result: Value;
  /** What stands behind the first `yield`. */
  readonly at?: Place | undefined;
}

/** A generator's body as it ran, all that it changed taken back: where it yielded, how it ended and what it read. */
export interface Ran<T> {
  readonly value: T;
  readonly yields: readonly Yielded[];
  readonly end: State;
  readonly reads: Ids;
}
export function ranAside<T>(m: Machine, body: () => T): Ran<T> {
  const { state, begun } = m;
  m.begun = m.conditional;
  try {
    return m.apart(
      (own) => {
        const value = body();
        return { value, yields: own.yields, end: m.state, reads: own.reads };
      },
      (outer, own) => outer.observe(own),
    );
  } finally {
    m.state = state;
    m.begun = begun;
  }
}

export function trailOf(
  start: State,
  yields: readonly Yielded[],
  known: number,
  end: State,
  reads: Ids,
  result: Value,
): Trail {
  const doubtful = yields.findIndex((it) => !it.certain);
  const certain = yields.slice(0, Math.min(known, doubtful < 0 ? yields.length : doubtful));
  return { states: [start, ...certain.map((it) => it.state)], end, reads, result, at: yields[0]?.at };
}

/**
 * Makes the changes between the item before `position` and the one there, or all that are left. False where something
 * that the body reads has been changed meanwhile by others: then it does something else.
 */
export function advance(m: Machine, trail: Trail, position: number, toEnd: boolean): boolean {
  const { states, end, reads } = trail;
  const from = states[Math.min(position, states.length - 1)];
  if (from === undefined) return true;
  m.readAll(reads);
  const stood = stands(reads, from, m.state);
  const exact = position < states.length;
  const to = toEnd ? end : (states[position + 1] ?? end);
  const certain = stood && exact && (toEnd || position + 1 < states.length);
  const changes: [number, HeapEntry | undefined, HeapEntry | undefined][] = [];
  from.differs(to, (id, before, after) => {
    changes.push([id, before, after]);
    return false;
  });
  for (const [id, before, after] of changes) {
    const now = m.read(id);
    if (certain && same(now, before)) m.write(id, after);
    else if (!same(now, after)) m.write(id, unsettled(now, after));
  }
  return stood;
}

const REASON = "how far a generator has run is not known";
/** What is there when others have changed it too, or nobody knows whether it was changed. */
function unsettled(now: HeapEntry | undefined, after: HeapEntry | undefined): HeapEntry | undefined {
  if (now === undefined || after === undefined) return now ?? after;
  switch (now.kind) {
    case "listObject":
      return { kind: "listObject", items: [], rest: { element: unknown(REASON), reason: REASON } };
    case "dictObject":
      return { ...now, entries: new Map(), open: REASON };
    case "iteratorObject":
      return { kind: "iteratorObject", items: [], position: 0, rest: { element: unknown(REASON), reason: REASON } };
    case "attributes":
    case "slot":
      return joinEntries(now, after);
    default:
      return unknown(REASON);
  }
}
