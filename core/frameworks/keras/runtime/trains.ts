import type { Machine } from "../../../interpreter/machine.ts";
import { truth } from "../../../interpreter/operators.ts";
import type { Value } from "../../../interpreter/values.ts";

/** Whether what runs at the moment trains, in a run that is traced; it begins as `predict` does. */
const training = new WeakMap<Machine, boolean>();

export const trains = (m: Machine): boolean => training.get(m) ?? false;

/** Runs a call that says so of all that it runs, or (`undefined`, `None`) says nothing; what is not known may train. */
export function whileTraining<T>(m: Machine, said: Value | undefined, body: () => T): T {
  if (said === undefined || said.kind === "none") return body();
  const before = trains(m);
  training.set(m, truth(m, said) !== false);
  try {
    return body();
  } finally {
    training.set(m, before);
  }
}
