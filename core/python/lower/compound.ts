import { field, hasToken, namedChildren, type RawNode } from "../raw.ts";
import type { Block, ClassDef, Expression, For, FunctionDef, If, Match, Pattern, Try, While, With } from "../syntax.ts";
import type { ReadUnit } from "../units.ts";
import { lowerArguments } from "./access.ts";
import { type Context, refuse, spanOf } from "./context.ts";
import { lowerExpression, lowerOptional, nameOf } from "./expression.ts";
import { lowerParameters } from "./parameters.ts";
import { lowerPattern } from "./pattern.ts";
import { lowerSimples } from "./simple.ts";
import { lowerAnnotation } from "./type.ts";

export type Compound = If | For | While | With | Try | Match | FunctionDef | ClassDef;

/**
 * What one logical line says on its own. A compound has no body yet; `inline` is the body that stands on the header's
 * line, its offsets counted from the line's start.
 */
export type Reading =
  | { readonly kind: "simple"; readonly block: Block }
  | { readonly kind: "compound" | "elif"; readonly statement: Compound; readonly inline: Block | undefined }
  | { readonly kind: "else" | "finally"; readonly inline: Block | undefined }
  | {
      readonly kind: "except";
      readonly type: Expression | undefined;
      readonly name: string | undefined;
      readonly inline: Block | undefined;
    }
  | {
      readonly kind: "case";
      readonly pattern: Pattern;
      readonly guard: Expression | undefined;
      readonly inline: Block | undefined;
    }
  | { readonly kind: "broken"; readonly reason: string };

export const EMPTY: Block = { entries: [] };

/** `opensBlock`: the body in the tree is a stand-in. */
export function lowerUnit(unit: ReadUnit, head: string, opensBlock: boolean, nextId: () => number): Reading {
  const [node, ...others] = unit.nodes;
  if (!node) return { kind: "broken", reason: "invalid syntax" };
  const lower = COMPOUNDS[node.type];
  if (!lower) return { kind: "simple", block: lowerSimples(unit.source, unit.nodes, unit.base, nextId) };
  const cx: Context = { source: unit.source, base: unit.base, nextId, depth: 0, fault: undefined };
  const inlineOf = (owner: RawNode): Block | undefined => {
    const body = owner.children.find((child) => child.type === "block");
    return opensBlock || !body ? undefined : lowerSimples(unit.source, namedChildren(body), unit.base, nextId);
  };
  const reading = lowerClause(cx, head, node, inlineOf) ?? {
    kind: head === "elif" ? "elif" : "compound",
    statement: lower(cx, node),
    inline: inlineOf(node.type === "decorated_definition" ? (field(node, "definition") ?? node) : node),
  };
  const fault = others.length > 0 ? "invalid syntax" : cx.fault;
  return fault === undefined ? reading : { kind: "broken", reason: fault };
}

/** A clause is read as the last part of a statement made up around it. */
function lowerClause(
  cx: Context,
  head: string,
  node: RawNode,
  inlineOf: (owner: RawNode) => Block | undefined,
): Reading | undefined {
  const last = node.children.at(-1);
  if (head === "else" && last?.type === "else_clause") return { kind: "else", inline: inlineOf(last) };
  if (head === "finally" && last?.type === "finally_clause") return { kind: "finally", inline: inlineOf(last) };
  if (head === "except" && last?.type === "except_clause")
    return { kind: "except", ...lowerExcept(cx, last), inline: inlineOf(last) };
  const body = field(node, "body");
  const clause = head === "case" && body ? namedChildren(body)[0] : undefined;
  if (clause?.type !== "case_clause") return undefined;
  const guard = field(clause, "guard");
  const condition = guard && namedChildren(guard)[0];
  return {
    kind: "case",
    pattern: lowerCasePattern(cx, clause),
    guard: condition && lowerExpression(cx, condition),
    inline: inlineOf(clause),
  };
}

/** `case a, b:` is a sequence without brackets. */
function lowerCasePattern(cx: Context, clause: RawNode): Pattern {
  const patterns = clause.children.filter((child) => child.type === "case_pattern");
  const lowered = patterns.map((child) => lowerPattern(cx, child));
  const [only] = lowered;
  const comma = hasToken(clause, ",");
  return only && lowered.length === 1 && !comma && only.kind !== "star"
    ? only
    : { kind: "sequence", patterns: lowered };
}

function lowerExcept(cx: Context, node: RawNode): { type: Expression | undefined; name: string | undefined } {
  const values = node.children.filter((child) => child.field === "value" && child.named);
  const [value] = values;
  if (values.length > 1) cx.fault ??= "multiple exception types must be parenthesized";
  if (!value) return { type: undefined, name: undefined };
  if (value.type !== "as_pattern") return { type: lowerExpression(cx, value), name: undefined };
  const { value: type, target } = lowerAs(cx, value);
  if (target?.kind !== "Name") cx.fault ??= "cannot use except statement with this target";
  return { type, name: target?.kind === "Name" ? target.name : undefined };
}

function lowerAs(cx: Context, node: RawNode): { value: Expression; target: Expression | undefined } {
  if (node.type !== "as_pattern") return { value: lowerExpression(cx, node), target: undefined };
  const [value] = namedChildren(node);
  const target = lowerOptional(cx, node, "alias");
  return { value: value ? lowerExpression(cx, value) : refuse(cx, node, "invalid syntax"), target };
}

function common(cx: Context, node: RawNode) {
  return { id: cx.nextId(), span: { start: 0, end: node.end - cx.base }, body: EMPTY };
}

const COMPOUNDS: Readonly<Record<string, (cx: Context, node: RawNode) => Compound>> = {
  if_statement: (cx, node) => {
    return { ...common(cx, node), kind: "If", test: lowerOptional(cx, node, "condition"), otherwise: undefined };
  },
  while_statement: (cx, node) => {
    return { ...common(cx, node), kind: "While", test: lowerOptional(cx, node, "condition"), otherwise: undefined };
  },
  for_statement: (cx, node) => ({
    ...common(cx, node),
    kind: "For",
    target: lowerOptional(cx, node, "left"),
    iterable: lowerOptional(cx, node, "right"),
    otherwise: undefined,
  }),
  try_statement: (cx, node) => {
    return { ...common(cx, node), kind: "Try", handlers: [], otherwise: undefined, finally: undefined };
  },
  with_statement: (cx, node) => ({ ...common(cx, node), kind: "With", items: lowerItems(cx, node) }),
  match_statement: lowerMatch,
  function_definition: (cx, node) => lowerFunction(cx, node, []),
  class_definition: (cx, node) => lowerClass(cx, node, []),
  decorated_definition: lowerDecorated,
};

function lowerItems(cx: Context, node: RawNode): With["items"] {
  const clause = node.children.find((child) => child.type === "with_clause") ?? node;
  return namedChildren(clause).map((item) => lowerAs(cx, field(item, "value") ?? item));
}

function lowerMatch(cx: Context, node: RawNode): Match {
  const subjects = node.children.filter((child) => child.field === "subject" && child.named);
  const { id, span } = common(cx, node);
  const values = subjects.map((child) => lowerExpression(cx, child));
  const [only] = values;
  const first = subjects[0] ?? node;
  const whole = { start: first.start - cx.base, end: (subjects.at(-1) ?? node).end - cx.base };
  const single = values.length === 1 && !hasToken(node, ",");
  const subject: Expression = single && only ? only : { kind: "Tuple", id: cx.nextId(), span: whole, items: values };
  return { kind: "Match", id, span, subject, cases: [] };
}

function lowerDecorated(cx: Context, node: RawNode): Compound {
  const decorators = node.children.filter((child) => child.type === "decorator");
  const lowered = decorators.map((child) => {
    const [inner] = namedChildren(child);
    return inner ? lowerExpression(cx, inner) : refuse(cx, child, "invalid syntax");
  });
  const definition = field(node, "definition") ?? node;
  return definition.type === "class_definition"
    ? lowerClass(cx, definition, lowered)
    : lowerFunction(cx, definition, lowered);
}

function lowerFunction(cx: Context, node: RawNode, decorators: readonly Expression[]): FunctionDef {
  const name = field(node, "name") ?? node;
  const parameters = field(node, "parameters");
  return {
    ...common(cx, node),
    kind: "FunctionDef",
    name: nameOf(cx, name),
    nameSpan: spanOf(cx, name),
    decorators,
    params: parameters ? lowerParameters(cx, parameters) : [],
    returns: lowerAnnotation(cx, node, "return_type"),
    isAsync: hasToken(node, "async"),
  };
}

function lowerClass(cx: Context, node: RawNode, decorators: readonly Expression[]): ClassDef {
  const name = field(node, "name") ?? node;
  const bases = field(node, "superclasses");
  return {
    ...common(cx, node),
    kind: "ClassDef",
    name: nameOf(cx, name),
    nameSpan: spanOf(cx, name),
    decorators,
    bases: bases ? lowerArguments(cx, bases) : [],
  };
}
