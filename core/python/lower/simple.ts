import { namesIn } from "../names.ts";
import { field, namedChildren, type RawNode } from "../raw.ts";
import type { AnnotatedAssign, Block, BrokenStatement, Expression, ImportedName, Statement } from "../syntax.ts";
import { type Context, refuse, spanOf, textOf } from "./context.ts";
import { lowerExpression, lowerOptional, nameOf } from "./expression.ts";
import { isBinaryOp } from "./operator.ts";
import { lowerList } from "./sequence.ts";
import { lowerAnnotation } from "./type.ts";

/** Statements on one line. `offset`s count from `from` in the source; each statement is a base of its own. */
export function lowerSimples(source: string, nodes: readonly RawNode[], from: number, nextId: () => number): Block {
  const statements = nodes.filter((node) => node.named);
  const entries = statements.map((node) => ({
    offset: node.start - from,
    statement: lowerSimple({ source, base: node.start, nextId, depth: 0, fault: undefined }, node),
  }));
  return { entries };
}

function lowerSimple(cx: Context, node: RawNode): Statement {
  const common = { id: cx.nextId(), span: spanOf(cx, node) };
  const lower = KINDS[node.type];
  const statement = lower?.(cx, node, common);
  if (statement && cx.fault === undefined) return statement;
  return brokenStatement(common.id, textOf(cx, node), cx.fault ?? "invalid syntax");
}

export function brokenStatement(id: number, text: string, reason: string): BrokenStatement {
  return { kind: "BrokenStatement", id, span: { start: 0, end: text.length }, ...namesIn(text), reason };
}

interface Common {
  readonly id: number;
  readonly span: { readonly start: number; readonly end: number };
}

const KINDS: Readonly<Record<string, (cx: Context, node: RawNode, common: Common) => Statement>> = {
  expression_statement: lowerExpressionStatement,
  return_statement: (cx, node, common) => ({
    id: common.id,
    span: common.span,
    kind: "Return",
    value: onlyValue(cx, node),
  }),
  delete_statement: (cx, node, common) => ({ ...common, kind: "Delete", targets: deleted(cx, node) }),
  raise_statement: lowerRaise,
  pass_statement: (_cx, _node, common) => ({ ...common, kind: "Pass" }),
  type_alias_statement: (_cx, _node, common) => ({ ...common, kind: "Pass" }),
  break_statement: (_cx, _node, common) => ({ ...common, kind: "Break" }),
  continue_statement: (_cx, _node, common) => ({ ...common, kind: "Continue" }),
  global_statement: (cx, node, common) => ({ ...common, kind: "Global", names: identifiers(cx, node) }),
  nonlocal_statement: (cx, node, common) => ({ ...common, kind: "Nonlocal", names: identifiers(cx, node) }),
  import_statement: (cx, node, common) => ({ ...common, kind: "Import", names: importedNames(cx, node) }),
  import_from_statement: lowerImportFrom,
  future_import_statement: (cx, node, common) => {
    return { ...common, kind: "ImportFrom", module: "__future__", names: importedNames(cx, node) };
  },
  assert_statement: lowerAssert,
};

function lowerExpressionStatement(cx: Context, node: RawNode, common: Common): Statement {
  const inner = namedChildren(node);
  const [first] = inner;
  if (first?.type === "assignment") return lowerAssignment(cx, first, common);
  if (first?.type === "augmented_assignment") {
    const op = (field(first, "operator")?.type ?? "").slice(0, -1);
    if (!isBinaryOp(op)) cx.fault ??= "unknown operator";
    const target = lowerTarget(cx, first);
    return {
      id: common.id,
      span: common.span,
      kind: "AugmentedAssign",
      target,
      op: isBinaryOp(op) ? op : "+",
      value: lowerRight(cx, first),
    };
  }
  return { id: common.id, span: common.span, kind: "ExpressionStatement", value: lowerList(cx, node, inner) };
}

/** `a = b = c` nests to the right in the grammar; an annotation stands alone. */
function lowerAssignment(cx: Context, node: RawNode, common: Common): Statement {
  const annotation = lowerAnnotation(cx, node, "type");
  if (annotation) return lowerAnnotated(cx, node, annotation, common);
  const targets = [lowerTarget(cx, node)];
  let last = node;
  for (let right = field(node, "right"); right?.type === "assignment"; right = field(right, "right")) {
    if (field(right, "type")) cx.fault ??= "invalid syntax";
    targets.push(lowerTarget(cx, right));
    last = right;
  }
  return { id: common.id, span: common.span, kind: "Assign", targets, value: lowerRight(cx, last) };
}

function lowerAnnotated(cx: Context, node: RawNode, annotation: Expression, common: Common): AnnotatedAssign {
  const target = lowerTarget(cx, node);
  const value = field(node, "right") && lowerRight(cx, node);
  return { id: common.id, span: common.span, kind: "AnnotatedAssign", target, annotation, value };
}

function lowerTarget(cx: Context, node: RawNode): Expression {
  return lowerOptional(cx, node, "left");
}

function lowerRight(cx: Context, node: RawNode): Expression {
  return lowerOptional(cx, node, "right");
}

function onlyValue(cx: Context, node: RawNode): Expression | undefined {
  const [value] = namedChildren(node);
  return value && lowerExpression(cx, value);
}

function deleted(cx: Context, node: RawNode): Expression[] {
  const inner = namedChildren(node);
  const list = inner[0]?.type === "expression_list" ? namedChildren(inner[0]) : inner;
  return list.map((child) => lowerExpression(cx, child));
}

/** The cause is not kept: nothing after a `raise` depends on it. */
function lowerRaise(cx: Context, node: RawNode, common: Common): Statement {
  const value = namedChildren(node).find((child) => child.field !== "cause");
  if (value?.type === "expression_list") cx.fault ??= "invalid syntax";
  return { ...common, kind: "Raise", value: value && lowerExpression(cx, value) };
}

function lowerAssert(cx: Context, node: RawNode, common: Common): Statement {
  const [test] = namedChildren(node);
  return { ...common, kind: "Assert", test: test ? lowerExpression(cx, test) : refuse(cx, node, "invalid syntax") };
}

function identifiers(cx: Context, node: RawNode): string[] {
  return namedChildren(node).map((child) => nameOf(cx, child));
}

function lowerImportFrom(cx: Context, node: RawNode, common: Common): Statement {
  const module = field(node, "module_name");
  const written = module ? dotted(cx, module) : "";
  const star = node.children.find((child) => child.type === "wildcard_import");
  const names = star ? [{ name: "*", alias: undefined, span: spanOf(cx, star) }] : importedNames(cx, node);
  return { ...common, kind: "ImportFrom", module: written, names };
}

function importedNames(cx: Context, node: RawNode): ImportedName[] {
  const bare = node.children.at(-1)?.type === ",";
  if (bare) cx.fault ??= "trailing comma not allowed without surrounding parentheses";
  const imported = node.children.filter((child) => child.named && child.field === "name");
  return imported.map((child) => {
    const name = child.type === "aliased_import" ? field(child, "name") : child;
    const alias = child.type === "aliased_import" ? field(child, "alias") : undefined;
    const span = spanOf(cx, child);
    return { name: name ? dotted(cx, name) : "", alias: alias && nameOf(cx, alias), span };
  });
}

/** A dotted name without the white space that may stand around its dots. */
function dotted(cx: Context, node: RawNode): string {
  return nameOf(cx, node).replace(/\\[\r\n]+|\s+/g, "");
}
