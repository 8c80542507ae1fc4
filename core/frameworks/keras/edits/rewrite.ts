import type { TextEdit } from "../../../interpreter/framework.ts";
import type { PlacedEdit } from "../../../interpreter/record.ts";
import type { Span } from "../../../text/span.ts";
import { inserted, type Source } from "./source.ts";
import { importBeside, spelledInFull, spelledOfNumpy } from "./spelling.ts";

/** `Old New`: the one name in the place of the other, wherever it stands in the span; imported beside it if need be. */
export function respelled({ text }: PlacedEdit, span: Span, source: Source): readonly TextEdit[] | undefined {
  const [old, fresh] = text.split(" ");
  if (old === undefined || fresh === undefined) return undefined;
  const said = source.text.slice(span.start, span.end);
  const at = new RegExp(`(?<![\\w])${old}(?!\\w)`).exec(said)?.index;
  if (at === undefined) return undefined;
  const start = span.start + at;
  const edit = { span: { start, end: start + old.length }, newText: fresh };
  const isAlone = !/[."']$/.test(said.slice(0, at));
  const imports = isAlone ? importBeside(old, fresh, source.module) : [];
  return imports === undefined ? undefined : [...imports, edit];
}

/** `old new`: each mention of a variable in the span is another expression. */
export function renamed({ text }: PlacedEdit, span: Span, source: Source): readonly TextEdit[] | undefined {
  const [old = "", fresh = ""] = text.split(" ");
  const said = source.text.slice(span.start, span.end);
  const edits = [...said.matchAll(new RegExp(`(?<![\\w.])${old}(?!\\w|\\s*=(?!=))`, "g"))].map(({ index }) => {
    const start = span.start + index;
    return { span: { start, end: start + old.length }, newText: fresh };
  });
  return edits.length === 0 ? undefined : edits;
}

/**
 * `utils.to_categorical …, 10`: the expression becomes the first argument of that call, the rest behind it;
 * `numpy.unique …, return_inverse=True)[1]` also what stands behind the call.
 */
export function inCall({ text }: PlacedEdit, span: Span, source: Source): readonly TextEdit[] | undefined {
  const [name = "", rest = ""] = text.split(" …");
  const written = name.startsWith("numpy.")
    ? spelledOfNumpy(name.slice("numpy.".length), source.module)
    : spelledInFull(name, source.module);
  if (written === undefined) return undefined;
  const start = span.start + keywordLength(source.text.slice(span.start, span.end));
  const end = rest.includes(")") ? rest : `${rest})`;
  return [...written.imports, ...inserted(start, `${written.text}(`), ...inserted(span.end, end)];
}

/** `loss=… losses.BinaryCrossentropy()`: that in the place of the span, Keras's name as the file writes it. */
export function spelled({ text }: PlacedEdit, span: Span, { module }: Source): readonly TextEdit[] | undefined {
  const [before = "", call = ""] = text.split("… ");
  const name = call.slice(0, call.indexOf("("));
  const written = spelledInFull(name, module);
  if (written === undefined) return undefined;
  return [...written.imports, { span, newText: `${before}${written.text}${call.slice(name.length)}` }];
}

/** What stands behind an expression: `.reshape(-1, 784)`; in parentheses where the expression needs them. */
export function behind({ text }: PlacedEdit, span: Span, source: Source): readonly TextEdit[] | undefined {
  const said = source.text.slice(span.start, span.end);
  const name = keywordLength(said);
  // A list has no such method: it is of the one array in it.
  const [only, ...others] = said[name] === "[" && said.endsWith("]") ? elements(said.slice(name + 1, -1)) : [];
  if (only !== undefined && others.length === 0 && /^[\w.]+$/.test(only) && text.startsWith("."))
    return [{ span: { start: span.start + name, end: span.end }, newText: `${only}${text}` }];
  if (/^[\w.]+(?:[[(].*[\])])?$/s.test(said.slice(name))) return inserted(span.end, text);
  return [...inserted(span.start + name, "("), ...inserted(span.end, `)${text}`)];
}

/** `[[a, b], y]` → `((a, b), y)`, also of the list that it begins with; `x` → `(x,)`. */
export function asTuple(_: PlacedEdit, span: Span, { text }: Source): readonly TextEdit[] {
  const said = text.slice(span.start, span.end);
  if (!said.startsWith("[") || !said.endsWith("]")) return [...inserted(span.start, "("), ...inserted(span.end, ",)")];
  const inside = said.slice(1, -1);
  const first = /^(?<blank>\s*)\[(?<items>[^[\]]*)\](?=\s*,)/.exec(inside)?.[0];
  const data = first?.replace("[", "(").replace(/\]$/, ")");
  return [{ span, newText: `(${data === undefined ? inside : data + inside.slice(first?.length)})` }];
}

/** `shape=(30)`, `input_shape=x.shape[1]`: with the comma that makes a tuple of it. */
export function ofOneAxis(_: PlacedEdit, span: Span, source: Source): readonly TextEdit[] {
  const said = source.text.slice(span.start, span.end);
  const start = span.start + keywordLength(said);
  const value = source.text.slice(start, span.end);
  const isEnclosed = /^\([^()]*\)$/.test(value);
  return isEnclosed ? inserted(span.end - 1, ",") : [...inserted(start, "("), ...inserted(span.end, ",)")];
}

/** `tuple`: that is called on the first element, `data, labels` → `tuple(data), labels`. */
export function aroundFirst({ text }: PlacedEdit, span: Span, source: Source): readonly TextEdit[] | undefined {
  const said = source.text.slice(span.start, span.end);
  const open = /^[([]/.test(said) ? 1 : 0;
  const [first, ...others] = elements(said.slice(open, said.length - open));
  const at = first === undefined ? -1 : said.indexOf(first);
  if (first === undefined || others.length === 0) return undefined;
  return [...inserted(span.start + at, `${text}(`), ...inserted(span.start + at + first.length, ")")];
}

/** `[None] 0 1`: behind these elements, `data, labels` → `data[None], labels[None]`. */
export function behindItems({ text: edit }: PlacedEdit, span: Span, source: Source): readonly TextEdit[] | undefined {
  const [text = "", ...places] = edit.split(" ");
  const said = source.text.slice(span.start, span.end);
  const open = /^[([]/.test(said) ? 1 : 0;
  const items = elements(said.slice(open, said.length - open));
  const ends: number[] = [];
  for (const item of items) ends.push(said.indexOf(item, ends.at(-1) ?? 0) + item.length);
  const found = places.map((it) => ends[Number(it)]);
  if (items.length < 2 || found.includes(undefined)) return undefined;
  return found.flatMap((end) => inserted(span.start + (end ?? 0), text));
}

/** What stands before the value of an argument that is given by its name: `x=`. */
const keywordLength = (argument: string): number => /^\w+\s*=(?!=)\s*/.exec(argument)?.[0].length ?? 0;

/** `1 0`: the first elements of a list, or arguments of a call, in another order. */
export function reorder({ text }: PlacedEdit, span: Span, source: Source): readonly TextEdit[] | undefined {
  const said = source.text.slice(span.start, span.end);
  const [open, close] = [said.search(/[[(]/), Math.max(said.lastIndexOf("]"), said.lastIndexOf(")"))];
  const items = open < 0 ? [] : elements(said.slice(open + 1, close));
  const order = text.split(" ").map(Number);
  if (items.length < order.length) return undefined;
  const newText = [...order.map((at) => items[at]), ...items.slice(order.length)].join(", ");
  return [{ span: { start: span.start + open + 1, end: span.start + close }, newText }];
}

/** What stands between the commas that are in no brackets. */
function elements(text: string): readonly string[] {
  const parts = [""];
  let depth = 0;
  for (const it of text) {
    if ("([{".includes(it)) depth++;
    if (")]}".includes(it)) depth--;
    if (it === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += it;
  }
  return parts.map((it) => it.trim()).filter((it) => it !== "");
}

/** A line of its own before the one that the span begins on, as far in. */
export function lineBefore({ text }: PlacedEdit, span: Span, source: Source): readonly TextEdit[] | undefined {
  const line = source.text.lastIndexOf("\n", span.start - 1) + 1;
  const indent = /^[ \t]*/.exec(source.text.slice(line, span.start))?.[0] ?? "";
  return inserted(line, `${indent}${text}\n`);
}
