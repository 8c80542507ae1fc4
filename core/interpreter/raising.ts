import { EXCEPTIONS } from "./builtins/exceptions.ts";
import { Raised } from "./exits.ts";
import type { Machine } from "./machine.ts";

/**
 * Raises what is certain to be raised where a `try` with handlers stands around it: programs ask so which version of a
 * library they have. Elsewhere it is a fault or an unknown, and the reading goes on.
 */
export function raiseIfCaught(m: Machine, type: "TypeError" | "AttributeError" | "ImportError"): void {
  const exception = EXCEPTIONS.get(type);
  if (m.guarded > 0 && exception !== undefined) throw new Raised(exception);
}
