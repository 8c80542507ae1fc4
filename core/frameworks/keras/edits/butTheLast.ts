import type { TextEdit } from "../../../interpreter/framework.ts";
import type { PlacedEdit } from "../../../interpreter/record.ts";
import type { Span } from "../../../text/span.ts";
import { setArgument } from "./argument.ts";
import { inserted, type Source } from "./source.ts";

/**
 * `return_sequences`: an argument of a call in a loop that holds in all rounds but the last. The loop is over a range,
 * or over what has a name; it counts its rounds then.
 */
export function butTheLast(edit: PlacedEdit, span: Span, source: Source): readonly TextEdit[] | undefined {
  const loop = loopAround(source.text, span.start);
  if (loop === undefined) return undefined;
  const { target, items, at } = loop;
  const fresh = ["i", "index", "position"].find((it) => !new RegExp(`\\b${it}\\b`).test(source.text));
  const [, range] = /^range\(([\w.]+|len\([\w.]+\))\)$/.exec(items) ?? [];
  const [, counted] = /^enumerate\(([\w.]+)\)$/.exec(items) ?? [];
  const own = target.split(",")[0]?.trim() ?? "";
  const isNamed = /^\w+$/.test(own) && own !== "_";
  const name = (range !== undefined || counted !== undefined) && isNamed ? own : fresh;
  if (name === undefined) return undefined;
  const count = range ?? (counted === undefined ? undefined : `len(${counted})`);
  const condition = { ...edit, text: `${edit.text}=${name} < ${count ?? `len(${items})`} - 1` };
  const set = setArgument(condition, span, source);
  if (set === undefined) return undefined;
  const header = { start: at, end: at + target.length };
  if (count !== undefined) return name === own ? set : [{ span: header, newText: target.replace("_", name) }, ...set];
  if (!/^[\w.]+$/.test(items) || target.includes(",")) return undefined;
  const end = at + `${target} in ${items}`.length;
  return [...inserted(at, `${name}, `), ...inserted(end - items.length, "enumerate("), ...inserted(end, ")"), ...set];
}

/** `for target in items:`, if that is the block that a place stands in. */
function loopAround(text: string, place: number) {
  const lines = text.slice(0, place).split("\n");
  const inner = indentOf(lines.at(-1) ?? "");
  for (let i = lines.length - 2, start = place - (lines.at(-1)?.length ?? 0); i >= 0; i--) {
    const line = lines[i] ?? "";
    start -= line.length + 1;
    if (line.trim() === "" || indentOf(line) >= inner) continue;
    const found = /^(?<before>\s*for )(?<target>[\w, ]+) in (?<items>[^#]+?):\s*(?:#.*)?$/.exec(line)?.groups;
    if (found === undefined) return undefined;
    const { before = "", target = "", items = "" } = found;
    return { target, items, at: start + before.length };
  }
  return undefined;
}
const indentOf = (line: string): number => /^\s*/.exec(line)?.[0].length ?? 0;
