import type { Location } from "./analysis.ts";
import type { Place } from "./interpreter/values.ts";
import type { Block, Module, Statement } from "./python/syntax.ts";

/** Where statements stand now: places are relative to them, so that an edit before them changes nothing in them. */
export class Locator {
  private readonly moduleAt: (path: string) => Module | undefined;
  private readonly starts = new Map<string, ReadonlyMap<number, number> | undefined>();

  constructor(moduleAt: (path: string) => Module | undefined) {
    this.moduleAt = moduleAt;
  }

  /** The offset that a place's statement begins at; undefined for a statement that no longer stands anywhere. */
  startOf({ path, statement }: Pick<Place, "path" | "statement">): number | undefined {
    let starts = this.starts.get(path);
    if (starts === undefined && !this.starts.has(path)) {
      const module = this.moduleAt(path);
      starts = module && startsIn(module);
      this.starts.set(path, starts);
    }
    return starts?.get(statement);
  }

  readonly locate = (place: Place): Location | undefined => {
    const start = this.startOf(place);
    if (start === undefined) return undefined;
    const { path, span } = place;
    return { path, span: { start: start + span.start, end: start + span.end } };
  };
}
export type Locate = Locator["locate"];

/** Every statement's start from the start of its module, by the statement's id. */
function startsIn(module: Module): ReadonlyMap<number, number> {
  const starts = new Map<number, number>();
  const visit = (block: Block, base: number): void => {
    for (const { offset, statement } of block.entries) {
      starts.set(statement.id, base + offset);
      for (const inner of blocksOf(statement)) visit(inner, base + offset);
    }
  };
  visit(module, 0);
  return starts;
}

function blocksOf(statement: Statement): readonly Block[] {
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
      return [];
  }
}
