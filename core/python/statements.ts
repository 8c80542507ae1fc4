import type { Block, Module, Statement } from "./syntax.ts";

/** A statement with its start from the module's. */
export interface Standing {
  readonly statement: Statement;
  readonly start: number;
}

/** All statements of a module in the order of the text, a compound one before those inside it. */
export function statementsIn(module: Module): readonly Standing[] {
  const found: Standing[] = [];
  visit(module, 0, (statement, start) => found.push({ statement, start }));
  return found;
}

const starts = new WeakMap<Module, ReadonlyMap<number, number>>();
/** Where each statement of a module starts, by its id. */
export function startsIn(module: Module): ReadonlyMap<number, number> {
  const known = starts.get(module);
  if (known !== undefined) return known;
  const made = new Map<number, number>();
  visit(module, 0, ({ id }, start) => made.set(id, start));
  starts.set(module, made);
  return made;
}

function visit(block: Block, base: number, found: (statement: Statement, start: number) => void): void {
  for (const { offset, statement } of block.entries) {
    const start = base + offset;
    found(statement, start);
    for (const inner of blocksOf(statement)) visit(inner, start, found);
  }
}

const NONE: readonly Block[] = [];
/** The blocks of a compound statement in the order of the text, but not those inside them. */
export function blocksOf(statement: Statement): readonly Block[] {
  switch (statement.kind) {
    case "If":
    case "For":
    case "While":
      return statement.otherwise === undefined ? [statement.body] : [statement.body, statement.otherwise];
    case "With":
    case "FunctionDef":
    case "ClassDef":
      return [statement.body];
    case "Try": {
      const { body, handlers, otherwise, finally: last } = statement;
      return [body, ...handlers.map((it) => it.body), otherwise, last].filter((it) => it !== undefined);
    }
    case "Match":
      return statement.cases.map((it) => it.body);
    default:
      return NONE;
  }
}

/** Of the parts of a statement: a block, rather than an expression or a clause. */
export const isBlock = (it: object): it is Block => !("kind" in it) && "entries" in it && Array.isArray(it.entries);
