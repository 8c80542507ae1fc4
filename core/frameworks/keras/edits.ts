import type { TextEdit } from "../../interpreter/framework.ts";
import type { PlacedEdit } from "../../interpreter/record.ts";
import { type Found, findCall } from "../../python/search.ts";
import type { Argument, Call, Expression, ImportFrom, Module } from "../../python/syntax.ts";
import type { Span } from "../../text/span.ts";

interface Source {
  readonly text: string;
  readonly module: Module;
}

/** What an edit of Keras's own forms means in the text as it stands; undefined where the text is of another form. */
export function expandEdit(edit: PlacedEdit, span: Span, source: Source): readonly TextEdit[] | undefined {
  const found = findCall(source.module, span);
  if (found === undefined) return undefined;
  if (edit.form === "layer before") return layerBefore(edit.text, found, span, source);
  if (edit.form === "last step") {
    const argument = argumentOf(found);
    if (argument !== undefined) return inserted(found.base + argument.span.end, "[:, -1]");
    return layerBefore(edit.text, found, span, source);
  }
  return edit.form === "unwrap" ? unwrapped(found, span, source) : undefined;
}

/**
 * The new layer, spelled as the old one is, where the old one stands: in a list, in an `.add`, or around an argument.
 */
function layerBefore(layer: string, found: Found, span: Span, source: Source): readonly TextEdit[] | undefined {
  const spelled = spelledLike(layer, found.call, found.base, source);
  if (spelled === undefined) return undefined;
  const { text, imports } = spelled;
  const place = inList(text, found, span, source) ?? inAdd(text, found, source) ?? aroundArgument(text, found);
  return place === undefined ? undefined : [...imports, ...place];
}

interface Spelled {
  readonly text: string;
  /** What has to be imported for it. */
  readonly imports: readonly TextEdit[];
}

/** `layers.Dense` → `layers.Flatten()`; a bare `Dense` → `Flatten()`, imported beside it. */
function spelledLike(layer: string, call: Call, base: number, { text, module }: Source): Spelled | undefined {
  const { callee } = call;
  if (callee.kind === "Attribute") {
    const prefix = text.slice(base + callee.object.span.start, base + callee.object.span.end);
    return { text: `${prefix}.${layer}`, imports: [] };
  }
  if (callee.kind !== "Name") return undefined;
  const name = layer.slice(0, layer.indexOf("("));
  const beside = importOf(module, callee.name);
  if (beside === undefined) return undefined;
  const { statement, offset } = beside;
  if (statement.names.some((it) => it.name === "*" || (it.name === name && it.alias === undefined)))
    return { text: layer, imports: [] };
  const last = statement.names.at(-1);
  if (last === undefined) return undefined;
  const at = offset + last.span.end;
  return { text: layer, imports: [{ span: { start: at, end: at }, newText: `, ${name}` }] };
}

function importOf(
  module: Module,
  name: string,
): { readonly statement: ImportFrom; readonly offset: number } | undefined {
  for (const { statement, offset } of module.entries) {
    if (statement.kind !== "ImportFrom") continue;
    if (statement.names.some((it) => (it.alias ?? it.name) === name || it.name === "*")) return { statement, offset };
  }
  return undefined;
}

const inserted = (at: number, newText: string): readonly TextEdit[] => [{ span: { start: at, end: at }, newText }];

/** The blanks that a line begins with, if nothing else stands before `at`. */
function indentBefore(text: string, at: number): string | undefined {
  const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  return /^[ \t]*$/.test(line) ? line : undefined;
}

function inList(layer: string, { parent }: Found, span: Span, { text }: Source): readonly TextEdit[] | undefined {
  if (parent?.kind !== "List" && parent?.kind !== "Tuple") return undefined;
  const indent = indentBefore(text, span.start);
  return inserted(span.start, indent === undefined ? `${layer}, ` : `${layer},\n${indent}`);
}

/** `model.add(old)` gets a line `model.add(new)` before it. */
function inAdd(layer: string, { parent, statement, base }: Found, { text }: Source): readonly TextEdit[] | undefined {
  if (statement.kind !== "ExpressionStatement" || statement.value !== parent || parent.kind !== "Call")
    return undefined;
  const { callee } = parent;
  if (callee.kind !== "Attribute" || callee.name !== "add") return undefined;
  const indent = indentBefore(text, base);
  if (indent === undefined) return undefined;
  const model = text.slice(base + callee.span.start, base + callee.span.end);
  return inserted(base, `${model}(${layer})\n${indent}`);
}

/** `Dense(10)(x)` → `Dense(10)(Flatten()(x))`. */
function aroundArgument(layer: string, found: Found): readonly TextEdit[] | undefined {
  const argument = argumentOf(found);
  if (argument === undefined) return undefined;
  const { start, end } = argument.span;
  return [...inserted(found.base + start, `${layer}(`), ...inserted(found.base + end, ")")];
}
/** The one tensor that a layer is called on where it is made. */
function argumentOf({ call, parent }: Found): Argument | undefined {
  const applied =
    parent?.kind === "Call" && parent.callee === call ? parent : call.callee.kind === "Call" ? call : undefined;
  const [first] = applied?.args ?? [];
  return applied?.args.length === 1 && first?.kind === "positional" ? first : undefined;
}

/** `TimeDistributed(Dense(5), name="x")` → `Dense(5, name="x")`. */
function unwrapped({ call, base }: Found, span: Span, { text }: Source): readonly TextEdit[] | undefined {
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
