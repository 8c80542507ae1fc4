import { blocksOf, isBlock } from "./statements.ts";
import type { Block, Expression, Module, Statement } from "./syntax.ts";

/** What stands at an offset of a module. */
export interface Pointed {
  readonly statement: Statement;
  /** The statement's start from the module's: spans inside are relative to it. */
  readonly base: number;
  /** The expressions of the statement that hold the offset, innermost first; at least one. */
  readonly expressions: readonly Expression[];
}

/** The expressions at an offset, in the innermost statement there; undefined where there is none. */
export function pointedAt(module: Module, offset: number): Pointed | undefined {
  const found = innermost(module, 0, offset);
  if (found === undefined) return undefined;
  const { statement, base } = found;
  const expressions: Expression[] = [];
  gather(Object.values(statement), offset - base, expressions);
  return expressions.length === 0 ? undefined : { statement, base, expressions: expressions.reverse() };
}

function innermost(block: Block, start: number, offset: number): Pick<Pointed, "statement" | "base"> | undefined {
  for (const { offset: own, statement } of block.entries) {
    const base = start + own;
    if (offset < base || offset >= base + (statement.span.end - statement.span.start)) continue;
    for (const inner of blocksOf(statement)) {
      const found = innermost(inner, base, offset);
      if (found !== undefined) return found;
    }
    return { statement, base };
  }
  return undefined;
}

const isExpression = (it: object): it is Expression => "kind" in it && "span" in it && "id" in it;

/** The expression that holds the offset, and those of its parts that do. */
function gather(part: unknown, offset: number, into: Expression[]): void {
  if (typeof part !== "object" || part === null || isBlock(part)) return;
  if (isExpression(part)) {
    if (offset < part.span.start || offset >= part.span.end) return;
    into.push(part);
  }
  for (const inner of Object.values(part)) gather(inner, offset, into);
}
