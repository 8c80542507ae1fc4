import { callMethod } from "../calls.ts";
import type { Machine } from "../machine.ts";
import { fixed } from "../rounding.ts";
import { float, int, numberOf, positional, unknown, type Value } from "../values.ts";
import { doubtful } from "./define.ts";
import { unknownInt } from "./items.ts";

/** `round`: half to even, decided by the number's exact decimal expansion, as Python does. */
export function rounded(m: Machine, value: Value, digits: Value | undefined): Value {
  if (value.kind === "tensor") return value.family.operator(m, "round", value, undefined);
  const own = callMethod(m, value, "__round__", positional(...(digits === undefined ? [] : [digits])));
  if (own !== undefined) return own;
  const plain = digits === undefined || digits.kind === "none";
  const places = plain ? 0 : numberOf(digits);
  if (value.kind === "int" || value.kind === "bool")
    return places === undefined || places < 0
      ? doubtful([value, digits], "round to tens")
      : int(value.kind === "int" ? value.size : Number(value.value));
  const number = numberOf(value);
  if (number === undefined)
    return plain
      ? unknownInt(doubtful([value], "round of what is not known").reason)
      : doubtful([value], "round of what is not known", "float");
  if (places === undefined || places < 0 || places > 22)
    return doubtful([digits], "round to places that are not followed", "float");
  if (!Number.isFinite(number)) return plain ? unknown("round of what is not finite") : value;
  const result = Number(fixed(number, places));
  return plain
    ? Number.isSafeInteger(result)
      ? int(result + 0)
      : unknownInt("an integer beyond 2^53")
    : float(result);
}
