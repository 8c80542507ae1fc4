import { dictOf } from "../containers.ts";
import { heldBy } from "../held.ts";
import type { Machine } from "../machine.ts";
import { writeDictionary } from "../mirror.ts";
import type { DictRef, Instance, ListRef, SetRef, Value } from "../values.ts";
import { unknown } from "../values.ts";

/** Where an instance of a class derived from `dict`, `list`, `str`, … keeps the plain value. */
export const PLAIN = "%plain";

/** The plain value behind an instance of a class derived from a built-in type; any other value is itself. */
export function plainOf(m: Machine, value: Value): Value {
  return heldBy(m, value, PLAIN) ?? value;
}
export const isPlainBacked = (m: Machine, value: Instance): boolean => plainOf(m, value) !== value;

/** After a change that could not be followed, nothing is known of what the list holds. */
export function spoilList(m: Machine, list: ListRef, reason: string): void {
  m.write(list.id, { kind: "listObject", items: [], rest: { element: unknown(reason), reason } });
}
/** After a change that could not be followed, each entry may be another, or gone, and there may be more. */
export function spoilEntries(m: Machine, it: DictRef | SetRef, reason: string): void {
  const { factory, mirror } = dictOf(m, it);
  writeDictionary(m, it.id, {
    kind: "dictObject",
    entries: new Map(),
    open: reason,
    factory,
    ...(mirror && { mirror }),
  });
}

/** A method that changes its object was called in a way that is not known. */
export function spoil(m: Machine, self: Value, reason: string): void {
  const plain = plainOf(m, self);
  if (plain.kind === "tensor") plain.family.spoil?.(m, plain, reason);
  if (plain.kind === "list") spoilList(m, plain, reason);
  else if (plain.kind === "dict" || plain.kind === "set") spoilEntries(m, plain, reason);
}
