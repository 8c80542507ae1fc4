import { field, hasToken, namedChildren, type RawNode } from "../raw.ts";
import type { Expression } from "../syntax.ts";
import { lowerPostfix, lowerSlice } from "./access.ts";
import { broken, type Context, MAX_DEPTH, refuse, spanOf, textOf } from "./context.ts";
import { readNumber } from "./literal.ts";
import { lowerBinary, lowerBool, lowerCompare, lowerConditional, lowerUnary } from "./operator.ts";
import { lowerParameters } from "./parameters.ts";
import { lowerComprehension, lowerDict, lowerSequence, lowerSplatted, tupleOf } from "./sequence.ts";
import { lowerString } from "./string.ts";
import { lowerType, TYPES } from "./type.ts";

export function lowerExpression(cx: Context, node: RawNode): Expression {
  if (cx.depth >= MAX_DEPTH) return broken(cx, node, "nested too deeply");
  cx.depth++;
  const starred = SPLATTABLE.has(node.type) && cx.source.charCodeAt(node.start) === 42;
  const result = starred ? lowerSplattedFirst(cx, node) : lowerKind(cx, node);
  cx.depth--;
  return result;
}

const SPLATTABLE: ReadonlySet<string> = new Set(["attribute", "subscript", "call", "binary_operator"]);

/** The grammar may read `*a.b` as `(*a).b`; the star belongs before all of it. */
function lowerSplattedFirst(cx: Context, node: RawNode): Expression {
  const path: RawNode[] = [];
  let first: RawNode | undefined = node;
  for (; first && !first.type.startsWith("list_splat"); first = first.children[0]) path.push(first);
  let inner = first && namedChildren(first)[0];
  if (!inner) return refuse(cx, node, "invalid syntax");
  for (const outer of path.reverse()) {
    const field = outer.children[0]?.field;
    inner = { ...outer, start: inner.start, children: [{ ...inner, field }, ...outer.children.slice(1)] };
  }
  return { kind: "Starred", id: cx.nextId(), span: spanOf(cx, node), value: lowerExpression(cx, inner) };
}

/** The child in a field that the grammar promises. */
export function lowerOptional(cx: Context, node: RawNode, name: string): Expression {
  const child = field(node, name);
  return child ? lowerExpression(cx, child) : refuse(cx, node, "invalid syntax");
}

function lowerKind(cx: Context, node: RawNode): Expression {
  const lower = KINDS[node.type];
  if (lower) return lower(cx, node);
  return TYPES.has(node.type) ? lowerType(cx, node) : refuse(cx, node, "invalid syntax");
}

const KINDS: Readonly<Record<string, (cx: Context, node: RawNode) => Expression>> = {
  identifier: (cx, node) => ({ kind: "Name", id: cx.nextId(), span: spanOf(cx, node), name: nameOf(cx, node) }),
  integer: lowerNumber,
  float: lowerNumber,
  true: (cx, node) => constant(cx, node, { kind: "bool", value: true }),
  false: (cx, node) => constant(cx, node, { kind: "bool", value: false }),
  none: (cx, node) => constant(cx, node, { kind: "none" }),
  ellipsis: (cx, node) => constant(cx, node, { kind: "ellipsis" }),
  string: lowerString,
  concatenated_string: lowerString,
  attribute: lowerPostfix,
  subscript: lowerPostfix,
  call: lowerPostfix,
  slice: lowerSlice,
  unary_operator: lowerUnary,
  not_operator: lowerUnary,
  binary_operator: lowerBinary,
  boolean_operator: lowerBool,
  comparison_operator: lowerCompare,
  conditional_expression: lowerConditional,
  lambda: lowerLambda,
  tuple: (cx, node) => lowerSequence(cx, "Tuple", node),
  tuple_pattern: lowerTuplePattern,
  expression_list: (cx, node) => tupleOf(cx, node, node.children),
  pattern_list: (cx, node) => tupleOf(cx, node, node.children),
  list: (cx, node) => lowerSequence(cx, "List", node),
  list_pattern: (cx, node) => lowerSequence(cx, "List", node),
  set: (cx, node) => lowerSequence(cx, "Set", node),
  dictionary: lowerDict,
  list_comprehension: (cx, node) => lowerComprehension(cx, "list", node),
  set_comprehension: (cx, node) => lowerComprehension(cx, "set", node),
  dictionary_comprehension: (cx, node) => lowerComprehension(cx, "dict", node),
  generator_expression: (cx, node) => lowerComprehension(cx, "generator", node),
  parenthesized_expression: lowerSplatted,
  as_pattern_target: lowerSplatted,
  list_splat: lowerStar,
  list_splat_pattern: lowerStar,
  named_expression: lowerWalrus,
  await: (cx, node) => ({ kind: "Await", id: cx.nextId(), span: spanOf(cx, node), value: lowerSplatted(cx, node) }),
  yield: lowerYield,
};

function constant(cx: Context, node: RawNode, value: Extract<Expression, { kind: "Constant" }>["value"]): Expression {
  return { kind: "Constant", id: cx.nextId(), span: spanOf(cx, node), value };
}

/** Python compares identifiers in NFKC. */
export function nameOf(cx: Context, node: RawNode): string {
  return textOf(cx, node).normalize("NFKC");
}

function lowerNumber(cx: Context, node: RawNode): Expression {
  const value = readNumber(textOf(cx, node));
  return value ? constant(cx, node, value) : refuse(cx, node, "invalid number");
}

/** `(a)` as a target is `a`, `(a,)` a tuple. */
function lowerTuplePattern(cx: Context, node: RawNode): Expression {
  const [only, ...others] = namedChildren(node);
  if (only && others.length === 0 && !hasToken(node, ",")) return lowerExpression(cx, only);
  return lowerSequence(cx, "Tuple", node);
}

function lowerStar(cx: Context, node: RawNode): Expression {
  return { kind: "Starred", id: cx.nextId(), span: spanOf(cx, node), value: lowerSplatted(cx, node) };
}

function lowerWalrus(cx: Context, node: RawNode): Expression {
  const name = field(node, "name");
  const value = lowerOptional(cx, node, "value");
  return { kind: "Walrus", id: cx.nextId(), span: spanOf(cx, node), name: name ? nameOf(cx, name) : "", value };
}

function lowerYield(cx: Context, node: RawNode): Expression {
  const [inner] = namedChildren(node);
  const value = inner && lowerExpression(cx, inner);
  return { kind: "Yield", id: cx.nextId(), span: spanOf(cx, node), value, from: hasToken(node, "from") };
}

function lowerLambda(cx: Context, node: RawNode): Expression {
  const parameters = field(node, "parameters");
  return {
    kind: "Lambda",
    id: cx.nextId(),
    span: spanOf(cx, node),
    params: parameters ? lowerParameters(cx, parameters) : [],
    body: lowerOptional(cx, node, "body"),
  };
}
