import type { Module } from "../python/syntax.ts";
import { LineIndex } from "../text/lines.ts";
import type { Span } from "../text/span.ts";

/** `# inlayer: ignore[code, other-code]`; without brackets, everything on the line. */
const IGNORE = /#\s*inlayer:\s*ignore(?:\[([^\]]*)\])?/;

/** Whether a comment on one of the lines that a fault spans silences its code. */
export type Silenced = (code: string, span: Span) => boolean;

export function silencedBy(text: string, comments: Module["comments"]): Silenced {
  const marked = comments.flatMap(({ offset, text: comment }) => {
    const match = IGNORE.exec(comment);
    if (match === null) return [];
    const codes = match[1]?.split(",").map((code) => code.trim());
    return [{ offset, silences: (code: string) => codes === undefined || codes.includes(code) }];
  });
  if (marked.length === 0) return () => false;
  const lines = new LineIndex(text);
  const lineOf = (offset: number) => lines.positionAt(offset).line;
  const byLine = marked.map(({ offset, silences }) => ({ line: lineOf(offset), silences }));
  return (code, { start, end }) => {
    const [first, last] = [lineOf(start), lineOf(end)];
    return byLine.some(({ line, silences }) => line >= first && line <= last && silences(code));
  };
}
