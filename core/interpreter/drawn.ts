import { type Dim, isSize, minimum, minus, plus, symbol } from "../tensor/dim.ts";
import type { Machine } from "./machine.ts";

/**
 * A whole number drawn at random, from the one to the other: a size with a name, another one each time, so that
 * `x[start : start + 30]` has 30 rows wherever it begins. Undefined where the ends are not known.
 */
export function drawnBetween(m: Machine, low: Dim, high: Dim): Dim | undefined {
  if (!isSize(low) || !isSize(high)) return undefined;
  m.draws++;
  return plus(low, minimum(symbol("drawn", { id: `drawn ${m.fresh()}` }), minus(high, low)));
}
