import type { Module } from "../python/syntax.ts";
import { LineIndex } from "../text/lines.ts";
import type { Span } from "../text/span.ts";

/**
 * `# inlayer: ignore[code, other-code]`; without brackets, everything on the line. `ignore-file[code]` does the same
 * for the whole file, and needs its codes.
 */
const IGNORE = /#\s*inlayer:\s*ignore(?:(-file)(?=\s*\[))?(?![\w-])\s*(?:\[([^\]]*)\])?/;

/** Whether a comment on one of the lines that a fault spans silences its code, or one for the whole file. */
export type Silenced = (code: string, span: Span) => boolean;

export function silencedBy(text: string, comments: Module["comments"]): Silenced {
  const everywhere = new Set<string>();
  const marked = comments.flatMap(({ offset, text: comment }) => {
    const [found, file, inside] = IGNORE.exec(comment) ?? [];
    if (found === undefined) return [];
    const codes = inside?.split(",").map((code) => code.trim());
    if (file === undefined)
      return [{ offset, silences: (code: string) => codes === undefined || codes.includes(code) }];
    for (const code of codes ?? []) everywhere.add(code);
    return [];
  });
  if (marked.length === 0) return (code) => everywhere.has(code);
  const lines = new LineIndex(text);
  const lineOf = (offset: number) => lines.positionAt(offset).line;
  const byLine = marked.map(({ offset, silences }) => ({ line: lineOf(offset), silences }));
  return (code, { start, end }) => {
    if (everywhere.has(code)) return true;
    const [first, last] = [lineOf(start), lineOf(end)];
    return byLine.some(({ line, silences }) => line >= first && line <= last && silences(code));
  };
}
