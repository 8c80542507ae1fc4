import type { Reading } from "./lower/compound.ts";
import type { ScannedLine } from "./scanner.ts";
import type { Pattern, Statement } from "./syntax.ts";

/** A logical line of a document: where it stands now, and what it was found to say. Positions move with the text. */
export interface Line extends ScannedLine {
  from: number;
  start: number;
  end: number;
  next: number;
  reach: number;
  /** The text that `reading` was made from if decorators stand before the line; else it is the line's own. */
  decorated: string | undefined;
  reading: Reading | undefined;
  /** The compound or broken statement that was last built with this line as its first. */
  built: Statement | undefined;
  /** The text of `built`, if that is a broken one. */
  brokenText: string | undefined;
  /** The reading with its spans moved by so much, for clauses. */
  placed: { readonly by: number; readonly reading: Reading } | undefined;
  /** Stands for the pattern of a `case` that cannot be read. */
  brokenPattern: Extract<Pattern, { kind: "value" }> | undefined;
}

export function newLine(scanned: ScannedLine): Line {
  const nothing = {
    reading: undefined,
    built: undefined,
    brokenText: undefined,
    placed: undefined,
    brokenPattern: undefined,
  };
  return { ...scanned, decorated: undefined, ...nothing };
}

/** Moves a line whose text did not change. */
export function moveLine(line: Line, by: number): void {
  line.from += by;
  line.start += by;
  line.end += by;
  line.next += by;
  line.reach += by;
}

/** Takes over what was found out about a line of the same text. */
export function inherit(line: Line, old: Line): void {
  line.decorated = old.decorated;
  line.reading = old.reading;
  line.built = old.built;
  line.brokenText = old.brokenText;
  line.placed = old.placed;
  line.brokenPattern = old.brokenPattern;
}
