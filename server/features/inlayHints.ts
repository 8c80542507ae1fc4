import type { Analysis, Hint, HintKind, Span } from "../../core/index.ts";
import type { Part } from "../workspace/document.ts";
import type { LabelPart, LabelStyle } from "./labels.ts";
import { lineHints } from "./lineHints.ts";

export interface HintSettings extends LabelStyle {
  readonly enabled: boolean;
  readonly kinds: readonly HintKind[];
}

export interface InlayHint {
  /** The end of a line, in the part's own text. */
  readonly offset: number;
  readonly label: string;
  /** The same in pieces. */
  readonly parts: readonly LabelPart[];
  readonly hint: Hint;
}

const within = (part: Part, { start, end }: Span): boolean =>
  start >= part.start && end <= part.start + part.text.length;

/** Where a line ends, before what breaks it. */
export function endOfLine({ lines, text }: Part, line: number): number {
  const next = line < lines.lineCount ? lines.offsetAt({ line: line + 1, column: 1 }) : text.length;
  let end = next;
  while (end > 0 && (text[end - 1] === "\n" || text[end - 1] === "\r") && end > next - 2) end--;
  return Math.max(end, lines.offsetAt({ line, column: 1 }));
}

/** The hints of a file or of one cell, in the order of its lines; only those of lines `from` to `to` where given. */
export function inlayHints(
  analysis: Analysis,
  part: Part,
  settings: HintSettings,
  from = 1,
  to = Number.POSITIVE_INFINITY,
): readonly InlayHint[] {
  if (!settings.enabled) return [];
  const { lines } = part;
  const lineOf = (offset: number) => lines.positionAt(offset - part.start).line;
  /** An editor asks for few lines of many: which hints end in them shows without counting lines for each. */
  const startOf = (line: number) =>
    line > lines.lineCount ? Number.POSITIVE_INFINITY : part.start + lines.offsetAt({ line, column: 1 });
  const [first, behind] = [startOf(from), startOf(to + 1)];
  const here = analysis.hints.filter(({ span }) => first <= span.end && span.end < behind && within(part, span));
  const doubts = analysis.unknowns.filter(({ span }) => within(part, span));
  return [...lineHints(here, analysis.models, doubts, lineOf, settings)]
    .filter(([, { hint }]) => settings.kinds.includes(hint.kind))
    .sort(([a], [b]) => a - b)
    .map(([line, said]) => ({ offset: endOfLine(part, line), ...said }));
}
