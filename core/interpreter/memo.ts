import type { State } from "./heap.ts";
import type { Ids } from "./ids.ts";
import type { Ledger } from "./ledger.ts";
import type { Machine } from "./machine.ts";
import { stands } from "./memory.ts";
import type { Entered } from "./record.ts";
import type { Scope } from "./scope.ts";
import { reasonOf, type Value } from "./values.ts";

/**
 * Calls that give the same for the same: of functions that change nothing and were called often with plain values. A
 * helper that calls itself twice would else take time without end.
 */

interface Known {
  readonly from: State;
  readonly reads: Ids;
  readonly entered: readonly Entered[];
  readonly value: Value;
}

/** A function is remembered from so many calls on. */
const OFTEN = 16;
/** Arguments whose text is longer are not looked up. */
const LONGEST = 200;

/** What a call gives; the same for the same plain arguments, where it changes nothing and shows nothing. */
export function remembered(
  m: Machine,
  code: number,
  scope: Scope,
  bound: ReadonlyMap<string, Value>,
  body: () => Value,
): Value {
  const { calls, state, draws } = m;
  const key = calls.key(m, code, scope.id, bound);
  if (key === undefined) return body();
  // How deep it stands matters to what is given up for its depth.
  const deep = `${key}@${m.context.depth}`;
  const known = calls.find(m, key) ?? calls.find(m, deep);
  if (known !== undefined) return known;
  return m.apart(
    (own) => {
      const value = body();
      const changes = state.differs(m.state, (_, before) => before !== undefined);
      // What is drawn at random is another number each time.
      const isPlain = !changes && own.seen.length === 0 && m.draws === draws;
      if (isPlain) calls.keep(reasonOf(value) === undefined ? key : deep, state, own, value);
      return value;
    },
    (outer, own) => outer.include(own),
  );
}

export class Calls {
  private readonly counts = new Map<number, number>();
  private readonly known = new Map<string, Known>();

  /** The arguments as a text, where the call may be remembered. */
  key(m: Machine, code: number, scope: number, bound: ReadonlyMap<string, Value>): string | undefined {
    const count = (this.counts.get(code) ?? 0) + 1;
    this.counts.set(code, count);
    if (count < OFTEN || m.tracer !== undefined || m.reading !== undefined || m.isStrict) return undefined;
    let key = `${code}.${scope}.${m.mode}`;
    for (const value of bound.values()) {
      const text = plainText(value);
      if (text === undefined) return undefined;
      key += `,${text}`;
      if (key.length > LONGEST) return undefined;
    }
    return key;
  }
  /** What the call gave before, if all that it read is as it was; whoever asks depends on that too. */
  find(m: Machine, key: string): Value | undefined {
    const known = this.known.get(key);
    if (known === undefined) return undefined;
    m.readAll(known.reads);
    if (!stands(known.reads, known.from, m.state)) return undefined;
    for (const { id, node } of known.entered) m.enter(id, node);
    return known.value;
  }
  keep(key: string, from: State, own: Ledger, value: Value): void {
    if (plainText(value) === undefined && value.kind !== "unknown") return;
    this.known.set(key, { from, reads: own.reads, entered: own.entered, value });
  }
}

/** What is told apart by its text, and by nothing else. */
function plainText(value: Value): string | undefined {
  switch (value.kind) {
    case "none":
      return "n";
    case "bool":
      return value.value ? "t" : "f";
    case "int":
      return typeof value.size === "number" ? String(value.size) : undefined;
    case "float":
      return Object.is(value.value, -0) ? "-0." : `${value.value}.`;
    case "str":
      return value.value.length > LONGEST ? undefined : JSON.stringify(value.value);
    default:
      return undefined;
  }
}
