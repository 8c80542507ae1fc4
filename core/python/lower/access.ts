import { field, namedChildren, type RawNode } from "../raw.ts";
import type { Argument, Expression } from "../syntax.ts";
import { broken, type Context, MAX_DEPTH, refuse, spanOf, spanOver } from "./context.ts";
import { lowerExpression, lowerOptional, nameOf } from "./expression.ts";
import { lowerComprehension, lowerList, lowerSplatted } from "./sequence.ts";

const LINKS: Readonly<Record<string, string>> = { attribute: "object", subscript: "value", call: "function" };

/** `a.b(c)[d]…`: chains can be long, so they are walked from the inside out and not recursed into. */
export function lowerPostfix(cx: Context, node: RawNode): Expression {
  const links: RawNode[] = [];
  let inner: RawNode | undefined = node;
  for (let link = LINKS[node.type]; inner && link !== undefined; link = LINKS[inner?.type ?? ""]) {
    links.push(inner);
    inner = field(inner, link);
  }
  if (!inner) return refuse(cx, node, "invalid syntax");
  if (cx.depth + links.length > MAX_DEPTH) return broken(cx, node, "nested too deeply");
  cx.depth += links.length;
  let result = lowerExpression(cx, inner);
  for (const link of links.reverse()) {
    cx.depth--;
    result = lowerLink(cx, link, result);
  }
  return result;
}

function lowerLink(cx: Context, node: RawNode, inner: Expression): Expression {
  // Written out, here and wherever there are many: what a spread makes takes more room and time.
  const [id, span] = [cx.nextId(), spanOf(cx, node)];
  if (node.type === "attribute") {
    const name = field(node, "attribute") ?? node;
    return { id, span, kind: "Attribute", object: inner, name: nameOf(cx, name), nameSpan: spanOf(cx, name) };
  }
  if (node.type === "subscript") {
    const subscripts = node.children.filter((child) => child.field === "subscript" && child.named);
    return { id, span, kind: "Subscript", object: inner, index: lowerList(cx, node, subscripts) };
  }
  const args = field(node, "arguments") ?? node;
  return { id, span, kind: "Call", callee: inner, args: lowerArguments(cx, args), argsSpan: spanOf(cx, args) };
}

/** `a:b:c`, each part optional. */
export function lowerSlice(cx: Context, node: RawNode): Expression {
  const parts: (Expression | undefined)[] = [undefined, undefined, undefined];
  let part = 0;
  for (const child of node.children) {
    if (child.named) parts[part] = lowerExpression(cx, child);
    else if (child.type === ":") part++;
  }
  const [lower, upper, step] = parts;
  return { kind: "Slice", id: cx.nextId(), span: spanOf(cx, node), lower, upper, step };
}

/** An argument list, or the generator that is a call's only argument. */
export function lowerArguments(cx: Context, node: RawNode): Argument[] {
  if (node.type === "generator_expression") {
    const value = lowerComprehension(cx, "generator", node);
    return [{ kind: "positional", name: undefined, nameSpan: undefined, value, span: value.span }];
  }
  const args = namedChildren(node).map((child) => lowerArgument(cx, child));
  const keyword = args.findIndex((argument) => argument.kind === "keyword" || argument.kind === "stars");
  const late = keyword >= 0 && args.slice(keyword).some((argument) => argument.kind === "positional");
  if (late) cx.fault ??= "positional argument follows keyword argument";
  return args;
}

function lowerArgument(cx: Context, node: RawNode): Argument {
  const span = spanOf(cx, node);
  if (node.type === "keyword_argument") {
    const name = field(node, "name") ?? node;
    const value = lowerOptional(cx, node, "value");
    return { kind: "keyword", name: nameOf(cx, name), nameSpan: spanOver(cx, name, name), value, span };
  }
  if (node.type === "dictionary_splat")
    return { kind: "stars", name: undefined, nameSpan: undefined, value: lowerSplatted(cx, node), span };
  if (node.type === "list_splat")
    return { kind: "star", name: undefined, nameSpan: undefined, value: lowerSplatted(cx, node), span };
  return { kind: "positional", name: undefined, nameSpan: undefined, value: lowerExpression(cx, node), span };
}
