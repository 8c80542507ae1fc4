import { buildCompound } from "./clauses.ts";
import type { Line } from "./line.ts";
import type { Reading } from "./lower/compound.ts";
import { brokenStatement } from "./lower/simple.ts";
import type { Range, Scan } from "./scan.ts";
import type { Block, Statement } from "./syntax.ts";
import { BLOCK_WORDS, CLAUSE_WORDS } from "./words.ts";

/** CPython's own bound on indentation; it keeps the recursion here, and everybody's after it, finite. */
const MAX_INDENTS = 100;

/** Walks a document's lines and gathers them into blocks by their indentation. */
export interface Gatherer {
  readonly text: string;
  readonly lines: readonly Line[];
  readonly nextId: () => number;
  /** The lines that are new or whose neighbours are: what stands apart from them is as it was built last. */
  readonly touched: Range;
  /** The line at hand. */
  at: number;
  /** Blocks open around it. */
  level: number;
}

const UNINDENT = "unindent does not match any outer indentation level";

type Entry = Block["entries"][number];

/** Lines that are gathered at a time. */
const SLICE = 2000;

/** All of a text's lines; yields after each slice of them. */
export function* gatherModule(text: string, scan: Scan, nextId: () => number): Generator<void, Block> {
  const { lines, touched } = scan;
  const g: Gatherer = { text, lines, touched, nextId, at: 0, level: 1 };
  const entries: Entry[] = [];
  for (let next = SLICE; gatherNext(g, 0, -1, 0, entries); ) {
    if (g.at < next) continue;
    next = g.at + SLICE;
    yield;
  }
  return { entries };
}

/**
 * The statements that stand at `indent`, up to the first line that stands further out. `outer` is the indentation of
 * the header; offsets count from `holder`.
 */
export function gatherBlock(g: Gatherer, indent: number, outer: number, holder: number): Block {
  const entries: Entry[] = [];
  g.level++;
  while (gatherNext(g, indent, outer, holder, entries));
  g.level--;
  return { entries };
}

/** The lines at hand that belong together; whether the block may go on. */
function gatherNext(g: Gatherer, indent: number, outer: number, holder: number, entries: Entry[]): boolean {
  const line = g.lines[g.at];
  if (line === undefined) return false;
  if (line.indent < indent) {
    if (!isSlip(g, line, indent, outer)) return false;
    const reason = line.indent > outer ? UNINDENT : brokenReason(line, line.reading);
    entries.push(breakFrom(g, g.at, g.at, indent, reason, holder));
  } else if (line.isEmpty) g.at++;
  else if (line.indent > indent) entries.push(breakFrom(g, g.at, g.at, indent, "unexpected indent", holder));
  else if (g.level > MAX_INDENTS) entries.push(breakFrom(g, g.at, g.at, indent - 1, "too many indents", holder));
  else gatherStatement(g, line, indent, holder, entries);
  return true;
}

function gatherStatement(g: Gatherer, line: Line, indent: number, holder: number, entries: Entry[]): void {
  const first = g.at;
  if (line.built && line.count > 0 && line.level === g.level && isUntouched(g, first, line.count)) {
    g.at += line.count;
    entries.push({ offset: line.start - holder, statement: line.built });
    return;
  }
  const header = headerOf(g, first);
  const reading = g.lines[header]?.reading;
  if (reading?.kind === "simple") {
    g.at++;
    for (const entry of reading.block.entries)
      entries.push({ offset: entry.offset + line.start - holder, statement: entry.statement });
  } else if (reading?.kind === "compound") {
    const statement = buildCompound(g, first, header, reading.statement, reading.inline);
    if (statement) entries.push({ offset: line.start - holder, statement });
    else entries.push(breakFrom(g, first, header, indent, "expected an indented block", holder));
  } else entries.push(breakFrom(g, first, header, indent, brokenReason(line, reading), holder));
  if (reading?.kind === "simple") return;
  line.count = g.at - first;
  line.level = g.level;
}

/** Neither those lines changed nor the two after them, which decide where they end. */
function isUntouched(g: Gatherer, first: number, count: number): boolean {
  return first + count + 1 < g.touched.first || first >= g.touched.end;
}

/**
 * A line that stands too far out, and yet the block goes on after it: nothing can be read where it stands, so it is
 * being written and did not end the block. A header is another matter, it would take the lines after it for its own.
 */
function isSlip(g: Gatherer, line: Line, indent: number, outer: number): boolean {
  const unreadable = line.fault !== undefined || !line.reading || line.reading.kind === "broken";
  if (line.isEmpty || line.opensBlock || BLOCK_WORDS.has(line.head) || line.head === "@") return false;
  if (line.indent <= outer && !unreadable) return false;
  const next = g.lines[g.at + 1];
  if (!next || next.isEmpty) return false;
  return next.indent === indent || (next.indent === outer && CLAUSE_WORDS.has(next.head));
}

export function brokenReason(line: Line, reading: Reading | undefined): string {
  if (line.fault !== undefined) return line.fault;
  if (reading?.kind === "broken") return reading.reason;
  return reading ? `'${line.head}' without its statement` : "invalid syntax";
}

/** The line with the `def` or `class` that the decorators from `first` on belong to; `first` itself if it is none. */
export function headerOf(g: { readonly lines: readonly Line[] }, first: number): number {
  const indent = g.lines[first]?.indent;
  let at = first;
  while (g.lines[at]?.head === "@" && g.lines[at]?.indent === indent) at++;
  const head = g.lines[at]?.head ?? "";
  const defines = g.lines[at]?.indent === indent && (head === "def" || head === "class" || head === "async");
  return at > first && !defines ? at - 1 : at;
}

/** One broken statement of the lines `first` to `last` and all that stand further in than `indent` after them. */
export function breakFrom(
  g: Gatherer,
  first: number,
  last: number,
  indent: number,
  reason: string,
  holder: number,
): Entry {
  g.at = last + 1;
  while ((g.lines[g.at]?.indent ?? -1) > indent) g.at++;
  let final = g.at - 1;
  while (final > first && g.lines[final]?.isEmpty) final--;
  for (const absorbed of g.lines.slice(first, g.at)) absorbed.count = 0;
  const line = g.lines[first];
  const start = line?.start ?? 0;
  const text = g.text.slice(start, g.lines[final]?.end ?? start);
  return { offset: start - holder, statement: breakText(g, line, text, reason) };
}

function breakText(g: Gatherer, line: Line | undefined, text: string, reason: string): Statement {
  const old = line?.built;
  if (line) line.count = 0;
  if (line && old?.kind === "BrokenStatement" && old.reason === reason && line.brokenText === text) return old;
  const statement = brokenStatement(g.nextId(), text, reason);
  if (line) {
    line.remember(statement);
    line.brokenText = text;
  }
  return statement;
}
