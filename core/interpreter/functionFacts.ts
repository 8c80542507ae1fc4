import type { Expression, FunctionDef, Lambda, Statement } from "../python/syntax.ts";

/** What a look at a function's text tells of it. */
export interface FunctionFacts {
  readonly isGenerator: boolean;
  /** It makes functions or classes, which keep its scope alive after it has returned. */
  readonly hasInner: boolean;
  /** Names that `global` and `nonlocal` statements declare. */
  readonly declared: readonly { readonly kind: "Global" | "Nonlocal"; readonly name: string }[];
}
interface Gathered {
  isGenerator: boolean;
  hasInner: boolean;
  readonly declared: { kind: "Global" | "Nonlocal"; name: string }[];
}

const known = new WeakMap<object, FunctionFacts>();

export function factsOf(node: FunctionDef | Lambda): FunctionFacts {
  const found = known.get(node);
  if (found !== undefined) return found;
  const facts: Gathered = { isGenerator: false, hasInner: false, declared: [] };
  if (node.kind === "Lambda") visit(node.body, facts);
  else for (const { statement } of node.body.entries) visit(statement, facts);
  known.set(node, facts);
  return facts;
}

/** Walks the tree's plain data; function and class bodies are theirs alone. */
function visit(node: unknown, facts: Gathered): void {
  if (typeof node !== "object" || node === null) return;
  if (Array.isArray(node)) {
    for (const item of node) visit(item, facts);
    return;
  }
  const it = node as Expression | Statement;
  const { kind } = it;
  if (kind === "Global" || kind === "Nonlocal") facts.declared.push(...it.names.map((name) => ({ kind, name })));
  if (kind === "FunctionDef" || kind === "Lambda" || kind === "ClassDef") {
    facts.hasInner = true;
    return;
  }
  if (kind === "Yield" || (kind === "BrokenStatement" && it.leaves?.by === "yield")) facts.isGenerator = true;
  // In place: it is done for each function that an edit touches.
  for (const part in it) visit(it[part as keyof typeof it], facts);
}
