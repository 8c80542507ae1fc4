import { field, hasToken, namedChildren, type RawNode } from "../raw.ts";
import type { Comprehension, ComprehensionClause, Dict, Expression, Sequence } from "../syntax.ts";
import { type Context, refuse, spanOf } from "./context.ts";
import { lowerExpression, lowerOptional } from "./expression.ts";

/** A tuple of the named ones among `children`, over the whole of `node`. */
export function tupleOf(cx: Context, node: RawNode, children: readonly RawNode[]): Sequence {
  return sequence(cx, "Tuple", node, children);
}

export function lowerSequence(cx: Context, kind: Sequence["kind"], node: RawNode): Sequence {
  return sequence(cx, kind, node, node.children);
}

function sequence(cx: Context, kind: Sequence["kind"], node: RawNode, children: readonly RawNode[]): Sequence {
  const items = children.filter((child) => child.named).map((child) => lowerExpression(cx, child));
  return { kind, id: cx.nextId(), span: spanOf(cx, node), items };
}

/**
 * Several expressions with commas, without brackets, among the children of `owner`: one alone, with no comma, is
 * itself. As in Python a comma at the end belongs to the tuple.
 */
export function lowerList(cx: Context, owner: RawNode, nodes: readonly RawNode[]): Expression {
  const [first] = nodes;
  const last = nodes.at(-1);
  if (!first || !last) return refuse(cx, owner, "expected an expression");
  const comma = owner.children.findLast((child) => child.type === "," && child.start >= first.start);
  if (nodes.length === 1 && !comma) return lowerExpression(cx, first);
  const end = Math.max(last.end, comma?.end ?? 0);
  return { ...tupleOf(cx, owner, nodes), span: { start: first.start - cx.base, end: end - cx.base } };
}

export function lowerDict(cx: Context, node: RawNode): Dict {
  const entries = namedChildren(node).map((child) => {
    if (child.type === "dictionary_splat") return { key: undefined, value: lowerSplatted(cx, child) };
    return { key: lowerOptional(cx, child, "key"), value: lowerOptional(cx, child, "value") };
  });
  return { kind: "Dict", id: cx.nextId(), span: spanOf(cx, node), entries };
}

/** What follows the `*` or `**`. */
export function lowerSplatted(cx: Context, node: RawNode): Expression {
  const [inner] = namedChildren(node);
  return inner ? lowerExpression(cx, inner) : refuse(cx, node, "expected an expression");
}

export function lowerComprehension(cx: Context, result: Comprehension["result"], node: RawNode): Comprehension {
  const body = field(node, "body") ?? node;
  const pair = body.type === "pair";
  return {
    kind: "Comprehension",
    id: cx.nextId(),
    span: spanOf(cx, node),
    result,
    element: pair ? lowerOptional(cx, body, "key") : lowerExpression(cx, body),
    value: pair ? lowerOptional(cx, body, "value") : undefined,
    clauses: node.children.filter((child) => child.type.endsWith("_clause")).map((child) => lowerClause(cx, child)),
  };
}

function lowerClause(cx: Context, node: RawNode): ComprehensionClause {
  if (node.type === "if_clause") return { kind: "if", test: lowerSplatted(cx, node) };
  const right = node.children.filter((child) => child.field === "right" && child.named);
  if (right.length !== 1) cx.fault ??= "invalid syntax";
  return {
    kind: "for",
    target: lowerOptional(cx, node, "left"),
    iterable: lowerList(cx, node, right),
    isAsync: hasToken(node, "async"),
  };
}
