import { field, namedChildren, type RawNode } from "../raw.ts";
import type { Expression } from "../syntax.ts";
import { type Context, refuse, spanOf } from "./context.ts";
import { lowerExpression, nameOf } from "./expression.ts";
import { lowerList, lowerSplatted } from "./sequence.ts";

/** The grammar reads annotations with rules of their own; in the tree they are expressions like any other. */
export const TYPES: ReadonlySet<string> = new Set([
  "type",
  "generic_type",
  "union_type",
  "member_type",
  "splat_type",
  "constrained_type",
]);

export function lowerType(cx: Context, node: RawNode): Expression {
  const common = { id: cx.nextId(), span: spanOf(cx, node) };
  const [first, second] = namedChildren(node);
  if (!first) return refuse(cx, node, "invalid syntax");
  if (node.type === "type") return lowerExpression(cx, first);
  if (node.type === "splat_type") return { ...common, kind: "Starred", value: lowerSplatted(cx, node) };
  if (!second || node.type === "constrained_type") return refuse(cx, node, "invalid annotation");
  const object = lowerExpression(cx, first);
  if (node.type === "member_type")
    return { ...common, kind: "Attribute", object, name: nameOf(cx, second), nameSpan: spanOf(cx, second) };
  if (node.type === "union_type")
    return { ...common, kind: "Binary", op: "|", left: object, right: lowerExpression(cx, second) };
  return { ...common, kind: "Subscript", object, index: lowerList(cx, second, namedChildren(second)) };
}

/** An annotation, if there is one in that field. */
export function lowerAnnotation(cx: Context, node: RawNode, name: string): Expression | undefined {
  const annotation = field(node, name);
  return annotation && lowerExpression(cx, annotation);
}
