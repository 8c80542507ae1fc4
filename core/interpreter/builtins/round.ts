import { callMethod } from "../calls.ts";
import type { Machine } from "../machine.ts";
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

/** The number with so many decimals, half to even: `toFixed` is exact but for ties. */
export function fixed(number: number, places: number): string {
  const text = number.toFixed(places);
  if (Math.abs(number) >= 1e21) return text;
  const [, decimals = ""] = number.toFixed(100).split(".");
  const isTie = decimals[places] === "5" && /^0*$/.test(decimals.slice(places + 1));
  const last = Number(text.at(-1));
  if (!isTie || last % 2 === 0) return text;
  // `toFixed` took the larger of the two; the even one is one unit towards zero.
  const digits = (BigInt(text.replace(/[-.]/g, "")) - 1n).toString().padStart(places + 1, "0");
  const sign = number < 0 ? "-" : "";
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
