import type { Machine } from "../../../interpreter/machine.ts";
import type { Instance } from "../../../interpreter/values.ts";

/** Whose `call` runs at the moment, innermost last; undefined while something is built in it. */
const running = new WeakMap<Machine, (Instance | undefined)[]>();

/** Runs what a layer does in its `call`, or (`undefined`) what is not its call though it runs within. */
export function inside<T>(m: Machine, owner: Instance | undefined, body: () => T): T {
  const all = running.get(m) ?? [];
  if (!running.has(m)) running.set(m, all);
  all.push(owner);
  try {
    return body();
  } finally {
    all.pop();
  }
}

/** The layer whose `call` is at work. */
export const callerOf = (m: Machine): Instance | undefined => running.get(m)?.at(-1);
