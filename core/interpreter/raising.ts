import { EXCEPTIONS } from "./builtins/exceptions.ts";
import { Raised } from "./exits.ts";
import type { Machine } from "./machine.ts";
import { type ClassValue, tuple, type Unknown, unknown, type Value } from "./values.ts";

/**
 * What the `try` statements around the evaluation catch, by the names of the exceptions as the text has them. Each set
 * is there once, so that it can be told by its number.
 */
export interface Guards {
  readonly id: number;
  readonly names: ReadonlySet<string>;
  readonly inner: Map<string, Guards>;
}
let sets = 0;
const guards = (names: Iterable<string>): Guards => ({ id: sets++, names: new Set(names), inner: new Map() });
export const NO_GUARDS: Guards = guards([]);

/** The guards inside a `try` whose handlers name these exceptions. */
export function guardedBy(outer: Guards, names: readonly string[]): Guards {
  const more = names.filter((it) => !outer.names.has(it)).sort();
  if (more.length === 0) return outer;
  const key = more.join("|");
  const known = outer.inner.get(key) ?? guards([...outer.names, ...more]);
  outer.inner.set(key, known);
  return known;
}

/** A new instance of an exception. */
export function exceptionOf(m: Machine, type: ClassValue, args: readonly Value[]): Value {
  const entries = new Map<string, Value>([["args", tuple(args)]]);
  return { kind: "instance", id: m.allocate({ kind: "attributes", entries }), class: type };
}

const MESSAGE = unknown("the text of an exception", "str");

/**
 * Here Python certainly raises. Where a `try` around would catch that, it is raised; elsewhere the evaluation goes on,
 * with a value that is not known, so that one fault does not hide all that follows.
 */
export function raised(m: Machine, name: string, reason: string, argument: Value = MESSAGE): Unknown {
  const type = EXCEPTIONS.get(name);
  const isCaught = m.guards.names.size > 0 && type?.mro.some((it) => m.guards.names.has(it.name)) === true;
  if (type !== undefined && isCaught) throw new Raised(exceptionOf(m, type, [argument]));
  return unknown(reason);
}

/** The same where the value is made otherwise: programs ask so which version of a library they have. */
export function raiseIfCaught(m: Machine, type: "TypeError" | "AttributeError" | "ImportError"): void {
  raised(m, type, "it raises");
}
