import type { Frame } from "./strings.ts";
import { INFIX_WORDS, STATEMENT_WORDS } from "./words.ts";

/** What the token before was, as far as it decides what may follow. */
export type Last = "none" | "operand" | "string" | "operator";

/** The tokens before the one at hand. */
export interface Before {
  last: Last;
  previous: string;
  beforePrevious: string;
}

/**
 * No expression goes on over a line break with this token, so the brackets around it must be broken. Looks at nothing
 * but the tokens just before, so that it holds for any way of reading that has these brackets open.
 */
export function provesBroken(before: Before, kind: Last, token: string): boolean {
  if (STATEMENT_WORDS.has(token)) return true;
  const complete = before.last === "operand" || before.last === "string";
  if (INFIX_WORDS.has(token)) return !complete && before.previous !== "not";
  if (token === "from") return before.previous !== "yield";
  if (token === "not" || !complete) return false;
  if (kind === "string") return before.last !== "string";
  return kind === "operand" || token === "lambda" || token === "await" || token === "yield";
}

/** Between brackets `=` gives an argument its name, a parameter its default, or an f-string's hole its label. */
export function mayAssign(before: Before, frames: readonly Frame[], head: string): boolean {
  const top = frames.at(-1);
  if (!top || top.lambdas > 0 || inParameters(frames, head)) return true;
  if (top.open !== "(") return inHole(frames);
  return before.last === "operand" && (before.beforePrevious === "(" || before.beforePrevious === ",");
}

export function inParameters(frames: readonly Frame[], head: string): boolean {
  return frames.length === 1 && (head === "def" || head === "async");
}

/** Directly in an f-string's hole, not in brackets inside it. */
export function inHole(frames: readonly Frame[]): boolean {
  const outer = frames.at(-2);
  return outer !== undefined && outer.quote !== "" && frames.at(-1)?.quote === "";
}
