import type { Machine } from "./machine.ts";
import type { Value } from "./values.ts";

/** What an object itself holds under a name, whatever its class says of it. */
export function heldBy(m: Machine, object: Value | undefined, name: string): Value | undefined {
  const own = object?.kind === "instance" ? m.read(object.id) : undefined;
  return own?.kind === "attributes" ? own.entries.get(name) : undefined;
}
