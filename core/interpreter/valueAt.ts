import type { Expression, Statement } from "../python/syntax.ts";
import { hasId } from "./ids.ts";
import { cellValue } from "./names.ts";
import type { Run } from "./record.ts";
import type { Value } from "./values.ts";

/** The runs of a statement in an analysis, in the order in which they were made. */
export function runsOf(ran: readonly Run[], statement: number, into: Run[] = []): readonly Run[] {
  for (const run of ran) {
    if (run.node === statement) into.push(run);
    runsOf(run.did.inner, statement, into);
  }
  return into;
}

/**
 * What a name or an attribute of one (`self.head`) stands for in one run of its statement: the value that was read, or,
 * of a target, the one that was bound. Undefined where the statement did not read it, or where it may have changed in
 * between: a loop's test, a walrus, a comprehension's own variable.
 *
 * A run that was taken over keeps the state that it began with; but what it read in it is what stands there now.
 */
export function valueAt(run: Run, statement: Statement, expressions: readonly Expression[]): Value | undefined {
  const [node, ...around] = expressions;
  if (node?.kind === "Name") {
    if (around.some((it) => bindsInside(it, node.name))) return undefined;
    return isTarget(statement, node) ? bound(run, node.name) : read(run, statement, node.name);
  }
  if (node?.kind !== "Attribute" || node.object.kind !== "Name" || isTarget(statement, node)) return undefined;
  const object = valueAt(run, statement, [node.object, node, ...around]);
  if (object?.kind !== "instance" || !hasId(run.did.reads, object.id)) return undefined;
  const entry = run.before.get(object.id);
  return entry?.kind === "attributes" ? entry.entries.get(node.name) : undefined;
}

function read(run: Run, statement: Statement, name: string): Value | undefined {
  const found = cellOf(run, name);
  if (found === undefined || !hasId(run.did.reads, found.cell)) return undefined;
  const written = hasId(run.did.writes, found.cell);
  // An assignment reads before it binds, and so does a test before its branches.
  const first = statement.kind === "If" || targetsOf(statement).some((it) => mentions(it, "Name", name));
  return written && !first ? undefined : found.value;
}

function cellOf(run: Run, name: string): { readonly cell: number; readonly value: Value } | undefined {
  for (let scope: Run["scope"] | undefined = run.scope; scope !== undefined; scope = scope.parent) {
    if (scope.kind === "class" && scope !== run.scope) continue;
    const cell = (scope.redirected.get(name) ?? scope).cells.get(name);
    const value = cell === undefined ? undefined : cellValue(run.before.get(cell));
    if (cell !== undefined && value !== undefined) return { cell, value };
  }
  return undefined;
}

function bound(run: Run, name: string): Value | undefined {
  const cell = (run.scope.redirected.get(name) ?? run.scope).cells.get(name);
  const state = run.exits === undefined ? run.after : run.exits.normal;
  if (cell === undefined || !hasId(run.did.writes, cell)) return undefined;
  return cellValue(state?.get(cell));
}

/** Of a simple assignment; what a loop or a `with` binds has many values. */
function targetsOf(statement: Statement): readonly Expression[] {
  if (statement.kind === "Assign") return statement.targets;
  return statement.kind === "AnnotatedAssign" || statement.kind === "AugmentedAssign" ? [statement.target] : [];
}
function isTarget(statement: Statement, node: Expression): boolean {
  const holds = (it: Expression): boolean =>
    it === node || ((it.kind === "Tuple" || it.kind === "List") && it.items.some(holds));
  return targetsOf(statement).some(holds);
}

/** An expression around the name that gives it another meaning inside. */
function bindsInside(it: Expression, name: string): boolean {
  if (it.kind === "Lambda") return it.params.some((param) => param.name === name);
  const clauses = it.kind === "Comprehension" ? it.clauses : [];
  return (
    clauses.some((clause) => clause.kind === "for" && mentions(clause.target, "Name", name)) ||
    mentions(it, "Walrus", name)
  );
}

function mentions(part: unknown, kind: "Name" | "Walrus", name: string): boolean {
  if (typeof part !== "object" || part === null) return false;
  if ("kind" in part && part.kind === kind && "name" in part && part.name === name) return true;
  return Object.values(part).some((it) => mentions(it, kind, name));
}
