import type { TextEdit } from "../../../interpreter/framework.ts";
import type { PlacedEdit } from "../../../interpreter/record.ts";
import type { Span } from "../../../text/span.ts";
import { inserted, type Source } from "./source.ts";
import { spelledInFull } from "./spelling.ts";

/**
 * `5`: as many names on the left of the line that the span begins on. Where they are those of one direction, and five
 * are given for both, each state is that of both directions joined in a line of its own; else what has no name is `_`.
 */
export function unpackAll(
  { text }: PlacedEdit,
  span: Span,
  { text: file, module }: Source,
): readonly TextEdit[] | undefined {
  const start = file.lastIndexOf("\n", span.start - 1) + 1;
  const end = file.indexOf("\n", start);
  const line = file.slice(start, end < 0 ? undefined : end);
  const said = /^(?<indent>[ \t]*)(?<names>\w+(?:\s*,\s*\w+)+)\s*=\s/.exec(line)?.groups;
  const names = said?.["names"]?.split(",").map((it) => it.trim()) ?? [];
  const missing = Number(text) - names.length;
  const [indent = "", all = ""] = [said?.["indent"], said?.["names"]];
  const at = start + indent.length;
  if (said === undefined || missing <= 0 || !balanced(line)) return undefined;
  const [output = "", ...states] = names;
  const written = spelledInFull("layers.Concatenate", module);
  if (missing !== states.length || written === undefined)
    return [{ span: { start: at, end: at + all.length }, newText: [...names, ...Array(missing).fill("_")].join(", ") }];
  const ways = ["forward", "backward"].map((way) => states.map((it) => `${way}_${it}`));
  const joined = states.map(
    (it, i) => `\n${indent}${it} = ${written.text}()([${ways.map((way) => way[i]).join(", ")}])`,
  );
  return [
    ...written.imports,
    { span: { start: at, end: at + all.length }, newText: [output, ...ways.flat()].join(", ") },
    ...inserted(start + line.length, joined.join("")),
  ];
}

/** The statement ends where the line does. */
const balanced = (line: string): boolean =>
  [...line].reduce((depth, it) => depth + Number("([{".includes(it)) - Number(")]}".includes(it)), 0) === 0;
