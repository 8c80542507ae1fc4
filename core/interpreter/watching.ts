import { callMethod } from "./calls.ts";
import type { Machine } from "./machine.ts";
import { type DictRef, type ListRef, positional, type SetRef, type Value } from "./values.ts";

/**
 * Containers that tell an object of what is put into them and taken out of them, as a library makes them that keeps a
 * record of it. A method of Python's own that they do not override tells nobody.
 */
type Container = ListRef | DictRef | SetRef;

/** The members of the watcher's class that are called: with what is put in, which gives what stands for it, … */
export const PUT = "%put";
/** … and with what is taken out. */
export const TAKEN = "%taken";

/** Tells of a value that is put in; gives the one that stands for it. */
export const put = (m: Machine, { watcher }: Container, value: Value): Value =>
  watcher === undefined ? value : (callMethod(m, watcher, PUT, positional(value)) ?? value);

/** Tells of values that were taken out. */
export function taken(m: Machine, { watcher }: Container, values: Iterable<Value>): void {
  if (watcher !== undefined) for (const it of values) callMethod(m, watcher, TAKEN, positional(it));
}

/** The same container for a change that nobody is told of. */
export function unwatched<C extends Container>(container: C): C {
  if (container.watcher === undefined) return container;
  const { watcher: _watcher, ...plain } = container;
  return plain as C;
}
