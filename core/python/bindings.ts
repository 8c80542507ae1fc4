import type { Span } from "../text/span.ts";
import type { Block, Module, Statement } from "./syntax.ts";

/** All statements of a module in the order of the text, a compound one before those inside it. */
export function statementsIn(module: Module): readonly Standing[] {
  const found: Standing[] = [];
  visit(module, 0, found);
  return found;
}
/** With its start from the module's. */
export interface Standing {
  readonly statement: Statement;
  readonly start: number;
}
function visit(block: Block, base: number, found: Standing[]): void {
  for (const { offset, statement } of block.entries) {
    const start = base + offset;
    found.push({ statement, start });
    for (const inner of blocksIn(Object.values(statement))) visit(inner, start, found);
  }
}

/**
 * The one statement of a module that binds a name, from the module's start; undefined where there are several, or where
 * something else may bind it too: a parameter, a loop, an import.
 */
export function bindingOf(module: Module, name: string): Span | undefined {
  const found = statementsIn(module).flatMap(({ statement, start }): readonly (Span | undefined)[] => {
    const [first] = statement.kind === "Assign" ? statement.targets : [];
    const target = statement.kind === "AnnotatedAssign" ? statement.target : first;
    if (target?.kind === "Name" && target.name === name)
      return [{ start, end: start + (statement.span.end - statement.span.start) }];
    return binds(statement, name) ? [undefined] : [];
  });
  return found.length === 1 ? found[0] : undefined;
}

/** Whether a statement's own text may bind the name in another way than by a plain assignment. */
function binds(part: unknown, name: string): boolean {
  if (typeof part !== "object" || part === null || isBlock(part)) return false;
  if ("name" in part && part.name === name && !("kind" in part && part.kind === "Name")) return true;
  if ("alias" in part && part.alias === name) return true;
  if ("names" in part && Array.isArray(part.names) && part.names.includes(name)) return true;
  return Object.entries(part).some(([key, it]) =>
    key === "target" || key === "targets" ? mentions(it, name) : binds(it, name),
  );
}

function mentions(part: unknown, name: string): boolean {
  if (typeof part !== "object" || part === null) return false;
  if ("kind" in part && part.kind === "Name" && "name" in part && part.name === name) return true;
  return Object.values(part).some((it) => mentions(it, name));
}

function blocksIn(part: unknown): readonly Block[] {
  if (typeof part !== "object" || part === null) return [];
  if (isBlock(part)) return [part];
  return Object.values(part).flatMap(blocksIn);
}
const isBlock = (it: object): it is Block => !("kind" in it) && "entries" in it && Array.isArray(it.entries);
