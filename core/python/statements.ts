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

/**
 * Where each statement of a text starts, by its id. One table is brought up to date after each edit: another one at
 * each keystroke would be a tenth of all that a keystroke allocates.
 */
export class Starts {
  /** Twice the start, and one more in every other turn: what is not of the present turn stands nowhere any more. */
  private readonly known = new Map<number, number>();
  private turn: 0 | 1 = 0;

  /** Says that this is how the text reads now. */
  update(module: Module): void {
    const { known } = this;
    const turn = this.turn === 0 ? 1 : 0;
    let count = 0;
    visit(module, 0, ({ id }, start) => {
      known.set(id, start * 2 + turn);
      count++;
    });
    if (known.size > count)
      known.forEach((start, id) => {
        if ((start & 1) !== turn) known.delete(id);
      });
    this.turn = turn;
  }
  /** Undefined for a statement that stands nowhere. */
  of(id: number): number | undefined {
    const start = this.known.get(id);
    return start === undefined ? undefined : start >> 1;
  }
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
