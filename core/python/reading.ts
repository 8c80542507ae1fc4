import { headerOf } from "./blocks.ts";
import type { Line } from "./line.ts";
import { lowerUnit, type Reading } from "./lower/compound.ts";
import type { ReadText } from "./raw.ts";
import type { Scan } from "./scan.ts";
import { type ReadUnit, readUnits, type Unit, unitOf } from "./units.ts";

/** What all documents of one parser share. */
export interface Parsing {
  readonly read: ReadText;
  readonly nextId: () => number;
}

/** Longer statements hold data, and would keep everything else waiting. */
const LONGEST = 200_000;

interface Waiting {
  readonly line: Line;
  readonly unit: Unit;
  /** The text of each of its decorators, if it has any, and of the line itself. */
  readonly parts: readonly string[];
}

/** Lines that are read at a time. */
const SLICE = 200;

/** Finds out what each line says, if that is not known yet; yields after each slice of them. */
export function* readLines(text: string, { lines, touched }: Scan, parsing: Parsing): Generator<void> {
  const waiting: Waiting[] = [];
  let { first } = touched;
  // A decorator is read with the line after it, wherever that belongs.
  while (lines[first - 1]?.head === "@") first--;
  let end = Math.min(touched.end + 1, lines.length);
  while (end < lines.length && lines[end - 1]?.head === "@") end++;
  while (first < end) {
    const header = headerOf({ lines }, first);
    const item = waitingAt(text, lines, first, header);
    if (item) waiting.push(item);
    first = header + 1;
    if (waiting.length < SLICE) continue;
    readWaiting(waiting.splice(0), parsing);
    yield;
  }
  readWaiting(waiting, parsing);
}

function readWaiting(waiting: readonly Waiting[], parsing: Parsing): void {
  const readAll = (line: Line, units: readonly Unit[]) =>
    readUnits(units, parsing.read).map((it) => lowered(it, line, parsing));
  const units = readUnits(
    waiting.map(({ unit }) => unit),
    parsing.read,
  );
  for (const [index, { line, parts }] of waiting.entries()) {
    line.reading = lowered(units[index], line, parsing);
    if (line.reading.kind !== "broken" || parts.length === 1) continue;
    const decorators = parts.slice(0, -1).map((it) => ({ prefix: "", skip: 0, text: it, suffix: DEFINED }));
    const alone = readAll(line, decorators).map((it) => it.kind);
    if (!alone.includes("broken")) continue;
    [line.reading] = readAll(line, [unitWithout(line, parts, (at) => alone[at] === "broken")]);
  }
}

function lowered(unit: ReadUnit | undefined, line: Line, { nextId }: Parsing): Reading {
  return unit ? lowerUnit(unit, line.head, line.opensBlock, nextId) : { kind: "broken", reason: "invalid syntax" };
}

/** What a decorator stands before, to be read alone. */
const DEFINED = "\ndef _():\n pass";

/**
 * A definition without some of its decorators. Those that cannot be read are being written: they are nothing, as every
 * other broken line is, and the definition stands as it did.
 */
function unitWithout(line: Line, parts: readonly string[], isLeft: (index: number) => boolean): Unit {
  const text = parts.map((it, index) => (isLeft(index) ? it.replace(/\S/g, " ") : it)).join("");
  const unit = unitOf(line, text);
  return { ...unit, skip: unit.skip + text.search(/\S/) };
}

/** The line `header` with its decorators from `first` on, if it is to be read. */
function waitingAt(text: string, lines: readonly Line[], first: number, header: number): Waiting | undefined {
  const line = lines[header];
  const start = lines[first]?.start;
  if (!line || start === undefined || line.isEmpty) return undefined;
  const { fault } = line;
  const decorated = header > first ? text.slice(start, line.end) : undefined;
  if (fault === undefined && line.reading && line.decorated === decorated) return undefined;
  line.decorated = decorated;
  if (fault !== undefined) line.reading = { kind: "broken", reason: fault };
  else if (line.end - start > LONGEST)
    line.reading = { kind: "broken", reason: `a statement of more than ${LONGEST} characters` };
  else {
    const whole = lines.slice(first, header + 1);
    const parts = whole.map((it, index) => text.slice(it.start, whole[index + 1]?.start ?? it.end));
    return { line, unit: unitWithout(line, parts, (index) => whole[index]?.fault !== undefined), parts };
  }
  return undefined;
}
