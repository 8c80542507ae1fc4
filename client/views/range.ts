import type { CodePlace, Position } from "../../server/protocol/messages.ts";

/** Does a place touch a line of its document? */
export const isOnLine = ({ range }: CodePlace, { line }: { readonly line: number }): boolean =>
  range.start.line <= line && line <= range.end.line;

export const holds = ({ range: { start, end } }: CodePlace, { line, character }: Position): boolean =>
  (line > start.line || (line === start.line && character >= start.character)) &&
  (line < end.line || (line === end.line && character <= end.character));

/** In lines, from its first to its last. */
export const heightOf = ({ range }: CodePlace): number => range.end.line - range.start.line;
