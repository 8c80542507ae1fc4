import type { TextEdit } from "../../../interpreter/framework.ts";
import type { PlacedEdit } from "../../../interpreter/record.ts";
import { findCall } from "../../../python/search.ts";
import type { Call, Expression } from "../../../python/syntax.ts";
import type { Span } from "../../../text/span.ts";
import type { Source } from "./source.ts";

/** `TimeDistributed(Dense(5), name="x")` → `Dense(5, name="x")`. */
export function unwrapped(_: PlacedEdit, span: Span, { text, module }: Source): readonly TextEdit[] | undefined {
  const found = findCall(module, span);
  if (found === undefined) return undefined;
  const { call, base } = found;
  const wrapper: Call | undefined = call.callee.kind === "Call" ? call.callee : call;
  const inner = wrapper.args.find((it) => it.kind === "positional" || it.name === "layer")?.value;
  if (inner?.kind !== "Call") return undefined;
  const of = (it: Expression | Span) => ("span" in it ? it.span : it);
  const slice = (it: Expression | Span) => text.slice(base + of(it).start, base + of(it).end);
  const others = wrapper.args.filter((it) => it.value !== inner).map((it) => slice(it.span));
  const own = slice(inner).replace(/,?\s*\)$/, "");
  const newText = `${own}${others.length > 0 && inner.args.length > 0 ? ", " : ""}${others.join(", ")})`;
  const start = base + wrapper.span.start;
  return start < span.start - 1 ? undefined : [{ span: { start, end: base + wrapper.span.end }, newText }];
}
