import { headerOf } from "./blocks.ts";
import type { Line } from "./line.ts";
import { lowerUnit } from "./lower/compound.ts";
import type { ReadText } from "./raw.ts";
import type { Scan } from "./scan.ts";
import { readUnits, type Unit, unitOf } from "./units.ts";

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
  const units = readUnits(
    waiting.map(({ unit }) => unit),
    parsing.read,
  );
  for (const [index, { line }] of waiting.entries()) {
    const unit = units[index];
    line.reading = unit
      ? lowerUnit(unit, line.head, line.opensBlock, parsing.nextId)
      : { kind: "broken", reason: "invalid syntax" };
  }
}

/** The line `header` with its decorators from `first` on, if it is to be read. */
function waitingAt(text: string, lines: readonly Line[], first: number, header: number): Waiting | undefined {
  const line = lines[header];
  const start = lines[first]?.start;
  if (!line || start === undefined || line.isEmpty) return undefined;
  const fault = header > first ? lines.slice(first, header + 1).find((part) => part.fault)?.fault : line.fault;
  const decorated = header > first ? text.slice(start, line.end) : undefined;
  if (fault === undefined && line.reading && line.decorated === decorated) return undefined;
  line.decorated = decorated;
  if (fault === undefined && line.end - start > LONGEST) {
    line.reading = { kind: "broken", reason: `a statement of more than ${LONGEST} characters` };
    return undefined;
  }
  if (fault === undefined) return { line, unit: unitOf(line, decorated ?? text.slice(line.start, line.end)) };
  line.reading = { kind: "broken", reason: fault };
  return undefined;
}
