import { blocksOf, isBlock } from "./statements.ts";
import type { Assign, Block, ExpressionStatement, Module, Name, Statement } from "./syntax.ts";

/**
 * Whether what a statement computes is certainly never read: it stands for itself, or the one name that it is bound to
 * is bound again before anything mentions it, or is mentioned nowhere else in its scope.
 */
export type Loss =
  | { readonly kind: "discarded"; readonly statement: ExpressionStatement }
  | { readonly kind: "rebound"; readonly statement: Binding; readonly by: Binding }
  | { readonly kind: "unmentioned"; readonly statement: Binding };
/** `name = value` */
export type Binding = Assign & { readonly targets: readonly [Name] };

export function lossOf(module: Module, id: number): Loss | undefined {
  const found = find(module, module, id);
  if (found === undefined) return undefined;
  const { statement, behind, scope } = found;
  if (statement.kind === "ExpressionStatement") return { kind: "discarded", statement };
  if (!isBinding(statement)) return undefined;
  const [{ name }] = statement.targets;
  for (const next of behind) {
    if (isBinding(next) && next.targets[0].name === name && !mentions(next.value, name))
      return { kind: "rebound", statement, by: next };
    if (mentions(next, name)) return undefined;
  }
  return count(scope, name) === 1 ? { kind: "unmentioned", statement } : undefined;
}

const isBinding = (it: Statement): it is Binding =>
  it.kind === "Assign" && it.targets.length === 1 && it.targets[0]?.kind === "Name";

interface Found {
  readonly statement: Statement;
  /** What follows it in its block. */
  readonly behind: readonly Statement[];
  /** The body of the function that it stands in, or the module. */
  readonly scope: Block;
}

function find(block: Block, scope: Block, id: number): Found | undefined {
  for (const [i, { statement }] of block.entries.entries()) {
    if (statement.id === id) return { statement, behind: block.entries.slice(i + 1).map((it) => it.statement), scope };
    for (const inner of blocksOf(statement)) {
      const found = find(inner, statement.kind === "FunctionDef" ? inner : scope, id);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** What reads or binds variables without naming them. */
const EVERYTHING = new Set(["locals", "globals", "vars", "eval", "exec"]);
const mentions = (node: unknown, name: string): boolean => count(node, name) > 0;

/** How often a name occurs in a tree, as often as can be where that cannot be told. */
function count(node: unknown, name: string): number {
  if (typeof node !== "object" || node === null) return 0;
  if (Array.isArray(node)) return node.reduce<number>((sum, it) => sum + count(it, name), 0);
  if (isBlock(node)) return node.entries.reduce((sum, { statement }) => sum + count(statement, name), 0);
  const { kind, name: own, names } = node as { kind?: unknown; name?: unknown; names?: unknown };
  if (kind === "BrokenStatement" || kind === "BrokenExpression") return Number.POSITIVE_INFINITY;
  if ((kind === "Global" || kind === "Nonlocal") && Array.isArray(names) && names.includes(name))
    return Number.POSITIVE_INFINITY;
  if (kind === "Name" && typeof own === "string")
    return own === name ? 1 : EVERYTHING.has(own) ? Number.POSITIVE_INFINITY : 0;
  return Object.values(node).reduce<number>((sum, it) => sum + count(it, name), 0);
}

/** How often an attribute is named in a module: `it.name`, or in a text that may stand for one. */
export function attributeCount(node: unknown, name: string): number {
  if (typeof node !== "object" || node === null) return 0;
  if (Array.isArray(node)) return node.reduce<number>((sum, it) => sum + attributeCount(it, name), 0);
  const { kind, name: own, value } = node as { kind?: unknown; name?: unknown; value?: unknown };
  if (kind === "BrokenStatement" || kind === "BrokenExpression") return Number.POSITIVE_INFINITY;
  const isIt = kind === "Attribute" ? own === name : kind === "str" && value === name;
  return Object.values(node).reduce<number>((sum, it) => sum + attributeCount(it, name), isIt ? 1 : 0);
}
