import { type Span, sameSpan } from "../text/span.ts";
import type { Block, Call, Expression, Module, Statement } from "./syntax.ts";

/** A call found by its place: with the expression that directly holds it, its statement and where that begins. */
export interface Found {
  readonly call: Call;
  readonly parent: Expression | undefined;
  readonly statement: Statement;
  /** The statement's start from the module's: spans inside are relative to it. */
  readonly base: number;
}

/** The call that has exactly this span, from the module's start. */
export function findCall(module: Module, span: Span): Found | undefined {
  const at = statementAt(module, 0, span);
  if (at === undefined) return undefined;
  const { statement, base } = at;
  const wanted = { start: span.start - base, end: span.end - base };
  const found = within(statement, undefined, wanted);
  return found === undefined ? undefined : { ...found, statement, base };
}

function statementAt(block: Block, base: number, span: Span): { statement: Statement; base: number } | undefined {
  for (const { offset, statement } of block.entries) {
    const start = base + offset;
    if (span.start < start || span.end > start + (statement.span.end - statement.span.start)) continue;
    for (const inner of blocksIn(statement)) {
      const found = statementAt(inner, start, span);
      if (found !== undefined) return found;
    }
    return { statement, base: start };
  }
  return undefined;
}

/** Walks plain data for blocks, but not into them. */
function blocksIn(node: unknown): readonly Block[] {
  if (typeof node !== "object" || node === null) return [];
  if (Array.isArray(node)) return node.flatMap(blocksIn);
  return Object.values(node).flatMap((it) => (isBlock(it) ? [it] : Array.isArray(it) ? blocksIn(it) : []));
}
const isBlock = (it: unknown): it is Block =>
  typeof it === "object" && it !== null && !("kind" in it) && "entries" in it && Array.isArray(it.entries);
const isExpression = (it: unknown): it is Expression =>
  typeof it === "object" && it !== null && "kind" in it && "span" in it && "id" in it;

function within(
  node: unknown,
  parent: Expression | undefined,
  span: Span,
): { readonly call: Call; readonly parent: Expression | undefined } | undefined {
  if (typeof node !== "object" || node === null || isBlock(node)) return undefined;
  if (isExpression(node) && node.kind === "Call" && sameSpan(node.span, span)) {
    return { call: node, parent };
  }
  const holder = isExpression(node) ? node : parent;
  for (const value of Array.isArray(node) ? node : Object.values(node)) {
    const found = within(value, holder, span);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The names of all variables that a piece of the tree mentions, in order. */
export function variablesIn(node: unknown, into = new Set<string>()): ReadonlySet<string> {
  if (typeof node !== "object" || node === null) return into;
  if (isExpression(node) && node.kind === "Name") into.add(node.name);
  for (const value of Array.isArray(node) ? node : Object.values(node)) variablesIn(value, into);
  return into;
}
