import type { TextEdit } from "../../../interpreter/framework.ts";
import type { PlacedEdit } from "../../../interpreter/record.ts";
import { findCall } from "../../../python/search.ts";
import type { Call, Expression } from "../../../python/syntax.ts";
import type { Span } from "../../../text/span.ts";
import { inserted, type Source } from "./source.ts";
import { spelledLike } from "./spelling.ts";

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

/** `Flatten()` → `TimeDistributed(Flatten())`, the wrapper spelled as the layer is. */
export function wrap({ text: wrapper }: PlacedEdit, span: Span, source: Source): readonly TextEdit[] | undefined {
  const found = findCall(source.module, span);
  const made = found?.call.callee.kind === "Call" ? found.call.callee : found?.call;
  const spelled = found && made && spelledLike(`${wrapper}()`, made, found.base, source);
  if (found === undefined || made === undefined || spelled === undefined) return undefined;
  const { start, end } = made.span;
  const open = spelled.text.slice(0, -1);
  return [...spelled.imports, ...inserted(found.base + start, open), ...inserted(found.base + end, ")")];
}
