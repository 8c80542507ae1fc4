import type { Span } from "../../text/span.ts";
import { namesIn } from "../names.ts";
import type { RawNode } from "../raw.ts";
import type { BrokenExpression } from "../syntax.ts";

/** What lowering one statement shares. */
export interface Context {
  readonly source: string;
  /** Where the statement starts in `source`: spans count from here. */
  readonly base: number;
  readonly nextId: () => number;
  /** How deep the expression at hand stands in others. */
  depth: number;
  /** Set once the statement has something that the grammar takes and Python does not; it is then broken as a whole. */
  fault: string | undefined;
}

/**
 * Deeper expressions are not read, so everyone after may recurse: without this bound, a generated sum of ten thousand
 * terms would overflow some reader's stack.
 */
export const MAX_DEPTH = 400;

export function textOf(cx: Context, node: RawNode): string {
  return cx.source.slice(node.start, node.end);
}

export function spanOf(cx: Context, node: RawNode): Span {
  return { start: node.start - cx.base, end: node.end - cx.base };
}

/** From the first to the last of several nodes. */
export function spanOver(cx: Context, first: RawNode, last: RawNode): Span {
  return { start: first.start - cx.base, end: last.end - cx.base };
}

export function broken(cx: Context, node: RawNode, reason: string): BrokenExpression {
  const { names } = namesIn(textOf(cx, node));
  return { kind: "BrokenExpression", id: cx.nextId(), span: spanOf(cx, node), names, reason };
}

/** Notes that Python refuses this statement, and stands in for the expression. */
export function refuse(cx: Context, node: RawNode, reason: string): BrokenExpression {
  cx.fault ??= reason;
  return { kind: "BrokenExpression", id: cx.nextId(), span: spanOf(cx, node), names: [], reason };
}
