import {
  type Diagnostic,
  encloses,
  type Location,
  SEVERITIES,
  type Severity,
  type UnknownNote,
} from "../../core/index.ts";
import { type LineHint, lineHints } from "../features/lineHints.ts";
import type { FileAnalysis } from "../workspace/analyse.ts";
import type { Part, Position } from "../workspace/document.ts";
import { type DisplayLine, displayLine, safe, wrapWords } from "./displayLine.ts";
import type { NameOf } from "./json.ts";
import type { Paint, Palette } from "./palette.ts";

export interface TextStyle {
  readonly palette: Palette;
  /** Messages are broken to this many cells; not at all where it is undefined, as for a pipe. */
  readonly width: number | undefined;
  readonly nameOf: NameOf;
}

/** The source with its hints at the ends of lines, and the diagnostics under theirs. */
export function printFile(file: FileAnalysis, style: TextStyle): string {
  const document = file.documents.get(file.analysis.path);
  const lines = [style.palette.path(safe(style.nameOf(file.analysis.path)))];
  for (const part of document?.parts ?? []) {
    if (part.cell !== undefined) lines.push(style.palette.gutter(`── cell ${part.cell} ──`));
    lines.push(...printPart(file, part, style));
  }
  return `${lines.join("\n")}\n`;
}

const within = (part: Part, offset: number) => offset >= part.start && offset <= part.start + part.text.length;

function printPart(file: FileAnalysis, part: Part, style: TextStyle): string[] {
  const { analysis } = file;
  const lineOf = (offset: number) => part.lines.positionAt(offset - part.start).line;
  const here = analysis.hints.filter(({ span }) => within(part, span.start) && within(part, span.end));
  const hints = lineHints(here, analysis.models, analysis.unknowns, lineOf);
  const diagnostics = analysis.diagnostics
    .filter(({ span }) => within(part, span.start))
    .toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const count = part.lines.lineCount;
  const gutter = String(count).length;
  const lines: string[] = [];
  for (let number = 1; number <= count; number++) {
    const start = part.lines.offsetAt({ line: number, column: 1 });
    const end = number < count ? part.lines.offsetAt({ line: number + 1, column: 1 }) : part.text.length;
    const raw = part.text.slice(start, end).replace(/[\r\n]+$/, "");
    const found = diagnostics.filter(({ span }) => lineOf(span.start) === number);
    // What follows the last line break is a line only if something stands there.
    if (number === count && number > 1 && raw === "" && found.length === 0) continue;
    const line = displayLine(raw);
    lines.push(printLine(line, String(number).padStart(gutter), hints.get(number), analysis.unknowns, style));
    for (const diagnostic of found) {
      const from = diagnostic.span.start - part.start - start;
      const to = Math.min(diagnostic.span.end - part.start - start, raw.trimEnd().length);
      const margin = style.palette.gutter(`${" ".repeat(gutter)} │ `);
      lines.push(...printDiagnostic(diagnostic, line, { from, to }, file, { ...style, margin, gutter }));
    }
  }
  return lines;
}

function printLine(
  line: DisplayLine,
  number: string,
  found: LineHint | undefined,
  unknowns: readonly UnknownNote[],
  { palette }: TextStyle,
): string {
  const source = `${palette.gutter(`${number} │`)}${line.text === "" ? "" : ` ${line.text}`}`;
  if (found === undefined) return source;
  const why = found.label.includes("?") && unknowns.find(({ span }) => encloses(found.hint.span, span));
  return `${source}  ${palette.hint(safe(why ? `${found.label} (${why.reason})` : found.label))}`;
}

interface Range {
  readonly from: number;
  readonly to: number;
}
interface MarginStyle extends TextStyle {
  readonly margin: string;
  /** Digits of the line numbers. */
  readonly gutter: number;
}

/** Carets under what it is about; then, from the same column, what, where else, and what to do. */
function printDiagnostic(
  diagnostic: Diagnostic,
  line: DisplayLine,
  range: Range,
  file: FileAnalysis,
  style: MarginStyle,
): string[] {
  const { palette, margin, width } = style;
  const paint = palette.severity[diagnostic.severity];
  const cell = line.cellOf(range.from);
  const carets = "^".repeat(Math.max(1, line.cellOf(range.to) - cell));
  const room = width === undefined ? Number.POSITIVE_INFINITY : width - style.gutter - 3;
  // A message under the far end of a long line would be a narrow column: then it starts at the left.
  const indent = room - cell < 40 ? Math.min(cell, 4) : cell;
  const block = (text: string, mark: string, paintMark: Paint): string[] =>
    wrapWords(mark + safe(text), room - indent - 4).map((words, i) =>
      i === 0
        ? `${margin}${" ".repeat(indent)}${paintMark(mark)}${words.slice(mark.length)}`
        : `${margin}${" ".repeat(indent + 4)}${words}`.trimEnd(),
    );
  return [
    `${margin}${" ".repeat(cell)}${paint(carets)}`,
    ...block(diagnostic.message, `${diagnostic.severity}[${diagnostic.code}]: `, (mark) => palette.strong(paint(mark))),
    ...diagnostic.related.flatMap(({ location, message }) =>
      block(`${placeOf(location, file, style)}: ${message}`, "see ", palette.gutter),
    ),
    ...diagnostic.fixes.flatMap(({ title }) => block(title, "fix ", palette.fix)),
  ];
}

/** `a.py:9:1`; in a notebook `a.ipynb:cell 3:9:1`. */
function placeOf({ path, span }: Location, file: FileAnalysis, { nameOf }: TextStyle): string {
  const document = file.documents.get(path);
  const { cell, line, column }: Position = document?.positionAt(span.start) ?? { line: 1, column: 1 };
  return `${nameOf(path)}:${cell === undefined ? "" : `cell ${cell}:`}${line}:${column}`;
}

const plural = (n: number, noun: string): string => `${n} ${noun}${n === 1 || noun === "information" ? "" : "s"}`;

export interface Totals {
  readonly files: number;
  /** Of each diagnostic. */
  readonly severities: readonly Severity[];
  readonly unknown: number;
  /** Diagnostics that the baseline knows. */
  readonly known: number;
}
/** `2 files · 1 error · 3 hints · 5 in the baseline · 4 unknown`. */
export function printTotals({ files, severities, unknown, known }: Totals, palette: Palette): string {
  const counts = SEVERITIES.flatMap((severity) => {
    const n = severities.filter((it) => it === severity).length;
    return n > 0 ? [palette.severity[severity](plural(n, severity))] : [];
  });
  return `${[
    plural(files, "file"),
    ...(counts.length > 0 ? counts : [palette.good("nothing to report")]),
    ...(known > 0 ? [palette.gutter(`${known} in the baseline`)] : []),
    ...(unknown > 0 ? [palette.gutter(`${unknown} unknown`)] : []),
  ].join(" · ")}\n`;
}
