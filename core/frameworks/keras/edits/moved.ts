import type { TextEdit } from "../../../interpreter/framework.ts";
import type { PlacedEdit } from "../../../interpreter/record.ts";
import type { Module } from "../../../python/syntax.ts";
import type { Span } from "../../../text/span.ts";
import type { Source } from "./source.ts";
import { spelledInFull } from "./spelling.ts";

/** `keras.layers.core.Dense keras.layers.Dense`: the one in the place of the other, in an import or an expression. */
export function moved(
  { text }: PlacedEdit,
  span: Span,
  { text: source, module }: Source,
): readonly TextEdit[] | undefined {
  const [old = "", now = ""] = text.split(" ");
  const [from, name] = parted(now);
  const line = lineOf(module, span);
  if (line === undefined) {
    const written = spelledInFull(now.slice("keras.".length), module);
    return written && [...written.imports, { span, newText: written.text }];
  }
  const said = source.slice(line.start, line.end);
  const [oldFrom, oldName] = parted(old);
  const path = new RegExp(`^from\\s+(${oldFrom.replaceAll(".", "\\.")})\\s+import\\b`).exec(said)?.[1];
  // Other names of the same import may have stayed where they are.
  if (path === undefined || said.includes(",")) return undefined;
  const root = path.startsWith("tensorflow.") ? "tensorflow." : "";
  const start = line.start + said.indexOf(path);
  const edits: TextEdit[] = [{ span: { start, end: start + path.length }, newText: root + from }];
  if (name === oldName) return edits;
  const alias = source.slice(span.start, span.end).includes(" as ") ? "" : ` as ${oldName}`;
  return [...edits, { span: { start: span.start, end: span.start + oldName.length }, newText: name + alias }];
}

const parted = (name: string): readonly [from: string, name: string] => {
  const cut = name.lastIndexOf(".");
  return [name.slice(0, cut), name.slice(cut + 1)];
};

/** The import that the span is in. */
function lineOf({ entries }: Module, { start }: Span): Span | undefined {
  const entry = entries.find(({ statement, offset }) => {
    const { span } = statement;
    return statement.kind === "ImportFrom" && offset + span.start <= start && start < offset + span.end;
  });
  return entry && { start: entry.offset + entry.statement.span.start, end: entry.offset + entry.statement.span.end };
}
