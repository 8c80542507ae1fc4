import type { Block, Statement } from "../../core/python/syntax.ts";

export interface Placed {
  /** Offset in the text. */
  readonly at: number;
  readonly statement: Statement;
}

/** All statements of a block and of the blocks in it, in order. */
export function flatten(block: Block, base = 0): Placed[] {
  return block.entries.flatMap(({ offset, statement }) => {
    const at = base + offset;
    return [{ at, statement }, ...blocksOf(statement).flatMap((inner) => flatten(inner, at))];
  });
}

export function isCompound(statement: Statement): boolean {
  return "body" in statement || statement.kind === "Match";
}

function blocksOf(statement: Statement): Block[] {
  switch (statement.kind) {
    case "If":
    case "For":
    case "While":
      return statement.otherwise ? [statement.body, statement.otherwise] : [statement.body];
    case "With":
    case "FunctionDef":
    case "ClassDef":
      return [statement.body];
    case "Try":
      return [statement.body, ...statement.handlers.map((h) => h.body), statement.otherwise, statement.finally].filter(
        (block) => block !== undefined,
      );
    case "Match":
      return statement.cases.map((one) => one.body);
    default:
      return [];
  }
}
