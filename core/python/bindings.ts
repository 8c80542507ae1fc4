import type { Span } from "../text/span.ts";
import { isBlock, statementsIn } from "./statements.ts";
import type { Module } from "./syntax.ts";

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
