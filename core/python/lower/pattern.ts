import { namedChildren, type RawNode } from "../raw.ts";
import type { Expression, Pattern } from "../syntax.ts";
import { type Context, refuse, spanOf, spanOver, textOf } from "./context.ts";
import { lowerExpression, nameOf } from "./expression.ts";

/** Patterns nest no deeper than brackets may, so recursion is safe. */
export function lowerPattern(cx: Context, node: RawNode): Pattern {
  const inner = namedChildren(node);
  switch (node.type) {
    case "case_pattern":
      return lowerCase(cx, node, inner);
    case "as_pattern": {
      const [pattern, name] = inner;
      if (!pattern || !name) return refused(cx, node);
      return { kind: "as", pattern: lowerPattern(cx, pattern), name: nameOf(cx, name) };
    }
    case "union_pattern":
      return { kind: "or", patterns: alternatives(cx, node) };
    case "list_pattern":
      return { kind: "sequence", patterns: inner.map((child) => lowerPattern(cx, child)) };
    case "tuple_pattern":
      return lowerTuple(cx, node, inner);
    case "splat_pattern":
      return lowerSplat(cx, node);
    case "dict_pattern":
      return lowerMapping(cx, node);
    case "class_pattern":
      return lowerClass(cx, inner, node);
    case "dotted_name":
      return lowerDotted(cx, node, inner);
    default:
      return { kind: "value", value: lowerValue(cx, node, inner) };
  }
}

function refused(cx: Context, node: RawNode): Pattern {
  return { kind: "value", value: refuse(cx, node, "invalid pattern") };
}

/** The wrapper around most patterns; `_` and `-1` stand in it bare. */
function lowerCase(cx: Context, node: RawNode, inner: readonly RawNode[]): Pattern {
  const [only] = inner;
  if (!only) return textOf(cx, node) === "_" ? { kind: "capture", name: undefined } : refused(cx, node);
  if (node.children.length === 1) return lowerPattern(cx, only);
  return { kind: "value", value: lowerValue(cx, node, inner) };
}

/** Inside `|` too, `_` and a number's sign are tokens without a node. */
function alternatives(cx: Context, node: RawNode): Pattern[] {
  const patterns: Pattern[] = [];
  let sign: RawNode | undefined;
  for (const child of node.children) {
    if (child.type === "_") patterns.push({ kind: "capture", name: undefined });
    else if (child.type === "-") sign = child;
    else if (child.named) {
      patterns.push(sign ? negative(cx, sign, child) : lowerPattern(cx, child));
      sign = undefined;
    }
  }
  return patterns;
}

function negative(cx: Context, sign: RawNode, number: RawNode): Pattern {
  const operand = lowerExpression(cx, number);
  return {
    kind: "value",
    value: { kind: "Unary", id: cx.nextId(), span: spanOver(cx, sign, number), op: "-", operand },
  };
}

function lowerTuple(cx: Context, node: RawNode, inner: readonly RawNode[]): Pattern {
  const [only] = inner;
  const comma = node.children.some((child) => child.type === ",");
  if (only && inner.length === 1 && !comma) {
    const pattern = lowerPattern(cx, only);
    return pattern.kind === "star" ? { kind: "sequence", patterns: [pattern] } : pattern;
  }
  return { kind: "sequence", patterns: inner.map((child) => lowerPattern(cx, child)) };
}

function lowerSplat(cx: Context, node: RawNode): Pattern {
  const text = textOf(cx, node).replace(/^\*+\s*/, "");
  return { kind: "star", name: text === "_" ? undefined : text };
}

function lowerMapping(cx: Context, node: RawNode): Pattern {
  const entries: { key: Expression; pattern: Pattern }[] = [];
  let rest: string | undefined;
  let key: Expression | undefined;
  let sign = false;
  for (const child of node.children) {
    if (child.type === "splat_pattern") rest = textOf(cx, child).replace(/^\*+\s*/, "");
    else if (child.type === "-") sign = true;
    else if (child.field === "key" && child.named) {
      const value = lowerPattern(cx, child);
      key = value.kind === "value" ? value.value : lowerName(cx, child);
      if (sign) key = { kind: "Unary", id: cx.nextId(), span: spanOf(cx, child), op: "-", operand: key };
      sign = false;
    } else if (child.field === "value" && key) entries.push({ key, pattern: lowerPattern(cx, child) });
  }
  return { kind: "mapping", entries, rest };
}

function lowerClass(cx: Context, inner: readonly RawNode[], node: RawNode): Pattern {
  const [type, ...parts] = inner;
  if (!type) return refused(cx, node);
  const positional: Pattern[] = [];
  const keywords: { name: string; pattern: Pattern }[] = [];
  for (const part of parts) {
    const keyword = part.children.find((child) => child.type === "keyword_pattern");
    const [name, value] = keyword ? namedChildren(keyword) : [];
    if (keyword && name) keywords.push({ name: nameOf(cx, name), pattern: keywordValue(cx, keyword, value) });
    else positional.push(lowerPattern(cx, part));
  }
  return { kind: "class", type: lowerName(cx, type), positional, keywords };
}

function keywordValue(cx: Context, keyword: RawNode, value: RawNode | undefined): Pattern {
  const sign = keyword.children.find((child) => child.type === "-");
  if (!value) return { kind: "capture", name: undefined };
  return sign ? negative(cx, sign, value) : lowerPattern(cx, value);
}

/** A name alone captures; a dotted one is a value. */
function lowerDotted(cx: Context, node: RawNode, inner: readonly RawNode[]): Pattern {
  if (inner.length > 1) return { kind: "value", value: lowerName(cx, node) };
  const name = nameOf(cx, node);
  return { kind: "capture", name: name === "_" ? undefined : name };
}

/** `a.b.c` as attributes of a name. */
function lowerName(cx: Context, node: RawNode): Expression {
  const [first, ...others] = namedChildren(node);
  if (!first) return refuse(cx, node, "invalid pattern");
  let result = lowerExpression(cx, first);
  for (const part of others) {
    const span = spanOver(cx, first, part);
    const name = nameOf(cx, part);
    result = { kind: "Attribute", id: cx.nextId(), span, object: result, name, nameSpan: spanOf(cx, part) };
  }
  return result;
}

/** A number with its sign, a complex number, a string, None, True or False. */
function lowerValue(cx: Context, node: RawNode, inner: readonly RawNode[]): Expression {
  if (node.type === "complex_pattern")
    return { kind: "Constant", id: cx.nextId(), span: spanOf(cx, node), value: { kind: "complex" } };
  if (node.type !== "case_pattern") return lowerExpression(cx, node);
  const [number] = inner;
  if (!number || node.children[0]?.type !== "-") return refuse(cx, node, "invalid pattern");
  const operand = lowerExpression(cx, number);
  return { kind: "Unary", id: cx.nextId(), span: spanOf(cx, node), op: "-", operand };
}
