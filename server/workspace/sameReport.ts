import type { Analysis } from "../../core/index.ts";

/** Where in other files something happens: that moves with their texts, and is not shown. */
const PLACES: ReadonlySet<string> = new Set(["location", "callers"]);
/** Fixes are looked for when somebody asks. */
const FIXES: ReadonlySet<string> = new Set(["fixes"]);
const NONE: ReadonlySet<string> = new Set();

/** Whether an editor would show the same of both, for one text. */
export const sameReport = (a: Analysis | undefined, b: Analysis): boolean =>
  a !== undefined &&
  same(a.diagnostics, b.diagnostics, FIXES) &&
  same(a.hints, b.hints, PLACES) &&
  same(a.models, b.models, PLACES) &&
  same(a.unknowns, b.unknowns, NONE);

/** Plain data, compared at any depth but under the keys that do not count. */
function same(a: unknown, b: unknown, but: ReadonlySet<string>): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return Object.is(a, b);
  const [mine, its] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(mine);
  return keys.length === Object.keys(its).length && keys.every((key) => but.has(key) || same(mine[key], its[key], but));
}
