import type { Machine } from "./machine.ts";
import type { Value } from "./values.ts";

/** An attribute or a method of one of the language's own values; undefined where it has none of that name. */
export function fieldOf(_m: Machine, _object: Value, _name: string): Value | undefined {
  return undefined;
}
