import type { TextEdit } from "../../../interpreter/framework.ts";
import type { PlacedEdit } from "../../../interpreter/record.ts";
import { findCall } from "../../../python/search.ts";
import { type Span, shifted } from "../../../text/span.ts";
import { around } from "./layerBefore.ts";
import { behind, inCall } from "./rewrite.ts";
import { inserted, type Source } from "./source.ts";

/**
 * `1 ops.swapaxes …, -1, -2`, `0 .T`, `1 , transpose_b=True`: an operand of a product with its last two axes exchanged,
 * by a call around it, by what stands behind it, or by an argument of the product.
 */
export function turnedOperand(edit: PlacedEdit, span: Span, source: Source): readonly TextEdit[] | undefined {
  const [, index = "", text = ""] = /^(\d) (.*)$/.exec(edit.text) ?? [];
  if (text.startsWith(",")) return inserted(span.end - 1, text);
  const operand = operandAt(Number(index), span, source);
  const own = { ...edit, text };
  return operand && (text.startsWith(".") ? behind(own, operand, source) : inCall(own, operand, source));
}

/** `1 Conv2D(8, 1)`: that layer around an operand of `y + x`. */
export function aroundOperand({ text }: PlacedEdit, span: Span, source: Source): readonly TextEdit[] | undefined {
  const [, index = "", layer = ""] = /^(\d) (.*)$/.exec(text) ?? [];
  const operand = operandAt(Number(index), span, source);
  return operand && around(layer, operand, source.module);
}

/** Of `ops.matmul(a, b)`, `a.dot(b)`, `a @ b` and `a + b`. */
function operandAt(index: number, span: Span, { module, text }: Source): Span | undefined {
  const found = findCall(module, span);
  if (found === undefined) {
    const sides = /^(?<left>[^@+]+?)\s*[@+]\s*(?<right>[^@+]+)$/d.exec(text.slice(span.start, span.end))?.indices
      ?.groups;
    const [start, end] = sides?.[index === 0 ? "left" : "right"] ?? [];
    return start === undefined || end === undefined ? undefined : { start: span.start + start, end: span.start + end };
  }
  const { call, base } = found;
  const given = call.args.filter(({ kind }) => kind !== "star" && kind !== "stars").map(({ value }) => value);
  const isMethod = given.length === 1 && call.callee.kind === "Attribute";
  const operands = isMethod && call.callee.kind === "Attribute" ? [call.callee.object, ...given] : given;
  const operand = operands[index]?.span;
  return operand && shifted(operand, base);
}
