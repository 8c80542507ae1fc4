import type { Span } from "../../text/span.ts";
import { field, namedChildren, type RawNode } from "../raw.ts";
import type { BinaryOp, CompareOp, Expression, Unary } from "../syntax.ts";
import { broken, type Context, MAX_DEPTH, refuse, spanOf } from "./context.ts";
import { lowerExpression, lowerOptional } from "./expression.ts";

const BINARY: ReadonlySet<string> = new Set<BinaryOp>(
  "+ - * / // % ** @ & | ^ << >>".split(" ") as BinaryOp[], // exactly the type's members
);
const COMPARE: ReadonlySet<string> = new Set(["==", "!=", "<", "<=", ">", ">=", "in", "not in", "is", "is not"]);

export function isBinaryOp(text: string): text is BinaryOp {
  return BINARY.has(text);
}

function isCompareOp(text: string): text is CompareOp {
  return COMPARE.has(text);
}

/**
 * The grammar lets `^` bind closer than `&`; in Python it is the other way round. So where both meet, the operands are
 * taken apart and grouped anew: first what stands between `^`s, then those groups.
 */
function regrouped(cx: Context, node: RawNode): Expression | undefined {
  const operands: RawNode[] = [];
  const ops: string[] = [];
  const collect = (part: RawNode): void => {
    const op = part.type === "binary_operator" ? field(part, "operator")?.type : undefined;
    const left = field(part, "left");
    const right = field(part, "right");
    if ((op === "&" || op === "^") && left && right && ops.length < MAX_DEPTH) {
      collect(left);
      ops.push(op);
      collect(right);
    } else operands.push(part);
  };
  collect(node);
  if (!ops.includes("&") || !ops.includes("^") || cx.depth + ops.length > MAX_DEPTH) return undefined;
  const parts = operands.map((operand) => ({ value: lowerExpression(cx, operand), span: spanOf(cx, operand) }));
  return groupBy(cx, "^", parts, ops)?.value;
}

/** An operand with its brackets, which a span over it takes in. */
interface Operand {
  readonly value: Expression;
  readonly span: Span;
}

function groupBy(cx: Context, op: "^" | "&", parts: readonly Operand[], ops: readonly string[]): Operand | undefined {
  let result: Operand | undefined;
  for (let from = 0; from < parts.length; ) {
    let to = from;
    while (to < ops.length && ops[to] !== op) to++;
    const group = op === "^" ? groupBy(cx, "&", parts.slice(from, to + 1), ops.slice(from, to)) : parts[from];
    if (!group) return undefined;
    const span = { start: (result ?? group).span.start, end: group.span.end };
    const left = result?.value;
    const value = left && { kind: "Binary" as const, id: cx.nextId(), span, op, left, right: group.value };
    result = value ? { value, span } : group;
    from = to + 1;
  }
  return result;
}

/** `a + b + c …` leans to the left: the spine is walked and not recursed into. */
export function lowerBinary(cx: Context, node: RawNode): Expression {
  const operator = field(node, "operator")?.type;
  const other = operator === "&" || operator === "^" ? regrouped(cx, node) : undefined;
  if (other) return other;
  const spine = leftSpine(node, () => true);
  if (cx.depth + spine.length > MAX_DEPTH) return broken(cx, node, "nested too deeply");
  cx.depth += spine.length;
  let left = lowerOptional(cx, spine[spine.length - 1] ?? node, "left");
  for (const link of spine.reverse()) {
    cx.depth--;
    const right = lowerOptional(cx, link, "right");
    const op = field(link, "operator")?.type ?? "";
    if (!isBinaryOp(op)) return refuse(cx, link, `unknown operator '${op}'`);
    left = { kind: "Binary", id: cx.nextId(), span: spanOf(cx, link), op, left, right };
  }
  return left;
}

/** `a and b and c` has three values; brackets keep groups apart. */
export function lowerBool(cx: Context, node: RawNode): Expression {
  const op = field(node, "operator")?.type === "and" ? "and" : "or";
  const spine = leftSpine(node, (left) => field(left, "operator")?.type === op);
  const values = [lowerOptional(cx, spine[spine.length - 1] ?? node, "left")];
  for (const link of spine.reverse()) values.push(lowerOptional(cx, link, "right"));
  return { kind: "BoolOp", id: cx.nextId(), span: spanOf(cx, node), op, values };
}

/** The node, its left operand of the same type, that one's, and so on. */
function leftSpine(node: RawNode, belongs: (left: RawNode) => boolean): RawNode[] {
  const spine = [node];
  for (let left = field(node, "left"); left?.type === node.type && belongs(left); left = field(left, "left"))
    spine.push(left);
  return spine;
}

export function lowerCompare(cx: Context, node: RawNode): Expression {
  const rest: { op: CompareOp; value: Expression }[] = [];
  let left: Expression | undefined;
  let op: CompareOp | undefined;
  for (const child of node.children) {
    if (child.field === "operators") {
      const text = child.type;
      if (!isCompareOp(text)) return refuse(cx, node, `unknown operator '${text}'`);
      op = text;
      continue;
    }
    const value = lowerExpression(cx, child);
    if (op) rest.push({ op, value });
    else left = value;
  }
  if (!left) return refuse(cx, node, "invalid syntax");
  return { kind: "Compare", id: cx.nextId(), span: spanOf(cx, node), left, rest };
}

export function lowerUnary(cx: Context, node: RawNode): Expression {
  const written = field(node, "operator")?.type ?? "not";
  const op: Unary["op"] = written === "-" || written === "+" || written === "~" ? written : "not";
  const operand = lowerOptional(cx, node, "argument");
  return { kind: "Unary", id: cx.nextId(), span: spanOf(cx, node), op, operand };
}

export function lowerConditional(cx: Context, node: RawNode): Expression {
  const [first, second, third] = namedChildren(node).map((child) => lowerExpression(cx, child));
  if (!first || !second || !third) return refuse(cx, node, "invalid syntax");
  // biome-ignore lint/suspicious/noThenProperty: the tree's word for that branch; it holds no function
  return { kind: "Conditional", id: cx.nextId(), span: spanOf(cx, node), test: second, then: first, otherwise: third };
}
