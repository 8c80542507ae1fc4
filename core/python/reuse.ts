import type { Statement } from "./syntax.ts";

/**
 * The old statement if the fresh one says the same with the same parts. Nodes below are compared by identity: each of
 * them was already reused or found new, so nothing is compared twice.
 */
export function sameOrNew<T extends Statement>(old: Statement | undefined, fresh: T): T {
  if (!old || old.kind !== fresh.kind || old.id !== fresh.id) return fresh;
  return sameProperties(old, fresh) ? (old as T) : fresh; // of the same kind, with the same properties
}

function sameProperties(a: object, b: object): boolean {
  const entries = Object.entries(a);
  const other = b as Readonly<Record<string, unknown>>;
  return entries.length === Object.keys(other).length && entries.every(([key, value]) => samePart(value, other[key]));
}

function samePart(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  return !("id" in a) && !("id" in b) && sameProperties(a, b);
}
