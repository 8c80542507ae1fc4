import { statementsIn } from "../../core/python/statements.ts";
import type { Module, Statement } from "../../core/python/syntax.ts";

export interface Placed {
  /** Offset in the text. */
  readonly at: number;
  readonly statement: Statement;
}

/** All statements of a module, in order. */
export const flatten = (module: Module): readonly Placed[] =>
  statementsIn(module).map(({ statement, start }) => ({ at: start, statement }));

export function isCompound(statement: Statement): boolean {
  return "body" in statement || statement.kind === "Match";
}
