import type { Change } from "../text/change.ts";
import { Line } from "./line.ts";
import { type ScanMemory, scanLine } from "./scanner.ts";
import { findStray } from "./strays.ts";

/** A document's logical lines, in order and without gaps. */
export interface Scan {
  readonly lines: readonly Line[];
  /** Those of them that were scanned last. */
  readonly touched: Range;
  readonly strays: ReadonlySet<number>;
}

/** Indices of neighbouring lines, the last one excluded. */
export interface Range {
  readonly first: number;
  readonly end: number;
}

const MAX_STRAYS = 3;
const NONE: ReadonlySet<number> = new Set();

export function scanAll(text: string): Scan {
  const steps = scanning(text);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}
/** The same in slices. */
export function* scanning(text: string): Generator<void, Scan> {
  let strays = NONE;
  let { lines, open } = yield* scanWhole(text, strays);
  for (let round = 0; open !== undefined && round < MAX_STRAYS; round++) {
    const stray = findStray(text, quoteAt(text, open));
    strays = new Set([...strays, stray === undefined || strays.has(stray) ? open : stray]);
    ({ lines, open } = yield* scanWhole(text, strays));
  }
  return { lines, touched: { first: 0, end: lines.length }, strays };
}
/** Lines that are scanned at a time. */
const SLICE = 1000;

function quoteAt(text: string, at: number): string {
  return (text[at] ?? '"').repeat(3);
}

/** All lines, and where the first string opens that does not end. */
function* scanWhole(text: string, strays: ReadonlySet<number>): Generator<void, ScannedWhole> {
  const memory: ScanMemory = { doomed: new Map(), strays };
  const lines: Line[] = [];
  let open: number | undefined;
  for (let at = 0; at < text.length; ) {
    const scanned = scanLine(text, at, memory);
    open ??= scanned.openTriple;
    lines.push(new Line(scanned));
    at = scanned.next;
    if (lines.length % SLICE === 0) yield;
  }
  return { lines, open };
}
interface ScannedWhole {
  readonly lines: Line[];
  readonly open: number | undefined;
}

/**
 * The lines of `text`, which differs from `before` by `change`. Scanning starts at the first line that the changed part
 * had a say in, and ends where an old line begins: the same text gives the same lines. Old lines are moved, not copied.
 */
export function rescan(before: string, text: string, change: Change, old: Scan): Scan {
  if (old.strays.size > 0) return rescanAll(before, text, change, old);
  const by = change.newEnd - change.oldEnd;
  const { lines } = old;
  const first = firstTouched(lines, change.start);
  const memory: ScanMemory = { doomed: new Map(), strays: NONE };
  const fresh: Line[] = [];
  let at = lines[first]?.from ?? 0;
  let resume = first;
  while (at < text.length) {
    while (resume < lines.length && isBehind(lines[resume], at, change, by)) resume++;
    if (at >= change.newEnd && lines[resume]?.from === at - by) break;
    const scanned = scanLine(text, at, memory);
    if (scanned.openTriple !== undefined) return rescanAll(before, text, change, old);
    fresh.push(new Line(scanned));
    at = scanned.next;
  }
  if (at >= text.length) resume = lines.length;
  recognise(before, text, change, lines.slice(first, resume), fresh);
  const kept = lines.slice(resume);
  if (by !== 0) for (const line of kept) line.from += by;
  const touched = { first, end: first + fresh.length };
  return { lines: lines.slice(0, first).concat(fresh, kept), touched, strays: NONE };
}

/** An old line that starts before `at` of the new text, or inside the changed part, cannot go on from there. */
function isBehind(line: Line | undefined, at: number, change: Change, by: number): boolean {
  return line !== undefined && (line.from < change.oldEnd || line.from + by < at);
}

function firstTouched(lines: readonly Line[], start: number): number {
  const index = lines.findIndex((line) => line.reach > start);
  return index < 0 ? Math.max(0, lines.length - 1) : index;
}

function rescanAll(before: string, text: string, change: Change, old: Scan): Scan {
  const scan = scanAll(text);
  recognise(before, text, change, old.lines, scan.lines);
  return scan;
}

/**
 * Lines of the same text keep what was found out about them: those that stand where they stood, but for the change, and
 * then equal ones in order.
 */
function recognise(before: string, text: string, change: Change, old: readonly Line[], fresh: readonly Line[]): void {
  const by = change.newEnd - change.oldEnd;
  const places = new Map(old.map((line) => [line.start, line]));
  const textOf = (line: Line) => text.slice(line.start, line.end);
  const unpaired = fresh.filter((line) => {
    const match = places.get(line.start < change.newEnd ? line.start : line.start - by);
    if (!match || before.slice(match.start, match.end) !== textOf(line) || !sameShape(match, line)) return true;
    line.inherit(match);
    places.delete(match.start);
    return false;
  });
  const known = new Map<string, Line[]>();
  for (const line of [...places.values()].reverse()) {
    const key = before.slice(line.start, line.end);
    const same = known.get(key);
    if (same) same.push(line);
    else known.set(key, [line]);
  }
  for (const line of unpaired) {
    const match = known.get(textOf(line))?.pop();
    if (match && sameShape(match, line)) line.inherit(match);
  }
}

/** The same text may be scanned differently if what follows had a say in it. */
function sameShape(a: Line, b: Line): boolean {
  return a.fault === b.fault && a.opensBlock === b.opensBlock && a.head === b.head && a.hasColon === b.hasColon;
}
