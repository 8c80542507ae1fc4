import { callValue } from "./calls.ts";
import { uncertainly } from "./evaluate.ts";
import { joinStates, joinValues } from "./join.ts";
import type { Machine } from "./machine.ts";
import type { Args, Value } from "./values.ts";

/** Calls what is one of several: from what holds now each, and goes on from any. Only one of them runs: none fails. */
export function callEither(m: Machine, [first, ...others]: readonly [Value, ...Value[]], args: Args): Value {
  const before = m.state;
  m.guarded++;
  try {
    let value = uncertainly(m, () => callValue(m, first, args));
    for (const callee of others) {
      const after = m.state;
      m.state = before;
      value = joinValues(
        value,
        uncertainly(m, () => callValue(m, callee, args)),
      );
      m.state = joinStates(after, m.state);
    }
    return value;
  } finally {
    m.guarded--;
  }
}
