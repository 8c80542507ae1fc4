import type { Span } from "../text/span.ts";
import type { Block, Module } from "./syntax.ts";

/**
 * The one statement of a module that binds a name, from the module's start; undefined where there are several, or where
 * something else may bind it too: a parameter, a loop, an import.
 */
export function bindingOf(module: Module, name: string): Span | undefined {
  const found: (Span | undefined)[] = [];
  visit(module, 0, name, found);
  return found.length === 1 ? found[0] : undefined;
}

function visit(block: Block, start: number, name: string, found: (Span | undefined)[]): void {
  for (const { offset, statement } of block.entries) {
    const base = start + offset;
    const span = { start: base, end: base + (statement.span.end - statement.span.start) };
    const isSimple = statement.kind === "Assign" || statement.kind === "AnnotatedAssign";
    const [first] = statement.kind === "Assign" ? statement.targets : [];
    const target = statement.kind === "AnnotatedAssign" ? statement.target : first;
    if (isSimple && target?.kind === "Name" && target.name === name) found.push(span);
    else if (binds(statement, name)) found.push(undefined);
    for (const inner of blocksIn(Object.values(statement))) visit(inner, base, name, found);
  }
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
