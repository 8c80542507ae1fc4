import { Raised } from "./exits.ts";
import type { Machine } from "./machine.ts";
import { str, unknown, type Value } from "./values.ts";

/** Runs a body as a library traces a function: a size that is left open is `None` in it. */
export function whileTraced<T>(m: Machine, body: () => T): T {
  m.tracing++;
  try {
    return body();
  } finally {
    m.tracing--;
  }
}

/**
 * `None` where Python needs a number, as in `range(x.shape[1])` for an axis of any size. Inside a traced call that is
 * certain to raise a TypeError; elsewhere the `None` may have come from anywhere, and the result is merely unknown.
 */
export function noneSize(m: Machine, what: string): Value {
  const message = `${what}: this size is None, any number at run time, and Python needs a number here`;
  if (m.tracing === 0) return unknown(message);
  m.report({ code: "none-size", severity: "error", place: m.here, message, related: [], repairs: [] });
  throw new Raised(str(message));
}
