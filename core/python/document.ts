import { findChange } from "../text/change.ts";
import { gatherModule } from "./blocks.ts";
import type { Line } from "./line.ts";
import { type Parsing, readLines } from "./reading.ts";
import { rescan, type Scan, scanAll, scanning } from "./scan.ts";
import { Starts } from "./statements.ts";
import type { Module } from "./syntax.ts";

export interface Document {
  readonly text: string;
  readonly module: Module;
  /**
   * Reads the text anew after any change. Objects of untouched statements are the old ones, at any depth; a compound
   * whose body alone changed is a new object with the old id and the old header.
   */
  update(text: string): void;
  /**
   * The same in slices: it yields every few lines. Until it is through, the text and the module are what they were;
   * what was read is kept, for this text or for the next, also where it is dropped half way.
   */
  updating(text: string): Generator<void>;
  /** Where a statement starts in the text as it is now, by its id; undefined where it stands nowhere. */
  startOf(statement: number): number | undefined;
  /** Frees what was remembered; the module remains readable. */
  close(): void;
}

export function openDocument(text: string, parsing: Parsing): Document {
  const document = new OpenDocument(parsing);
  document.update(text);
  return document;
}

class OpenDocument implements Document {
  text = "";
  module: Module = { entries: [], comments: [] };
  private readonly parsing: Parsing;
  /** The text whose lines are known, and whether all of them have been read. */
  private scanned = "";
  private scan: Scan = scanAll("");
  private isRead = true;
  private readonly starts = new Starts();
  /** The module that they are of. */
  private started: Module | undefined;

  constructor(parsing: Parsing) {
    this.parsing = parsing;
  }

  update(text: string): void {
    const steps = this.updating(text);
    while (steps.next().done !== true);
  }

  *updating(text: string): Generator<void> {
    const { scanned, isRead } = this;
    const change = findChange(scanned, text);
    if (!change && isRead) return;
    if (change) {
      const scan = scanned === "" ? yield* scanning(text) : rescan(scanned, text, change, this.scan);
      // What was left half way is looked for everywhere.
      this.scan = isRead ? scan : { ...scan, touched: { first: 0, end: scan.lines.length } };
      this.scanned = text;
    }
    this.isRead = false;
    yield* readLines(text, this.scan, this.parsing);
    const { entries } = yield* gatherModule(text, this.scan, this.parsing.nextId);
    this.module = { entries, comments: commentsIn(text, this.scan.lines) };
    this.text = text;
    this.isRead = true;
  }

  startOf(statement: number): number | undefined {
    if (this.started !== this.module) this.starts.update(this.module);
    this.started = this.module;
    return this.starts.of(statement);
  }

  close(): void {
    this.scan = scanAll("");
  }
}

function commentsIn(text: string, lines: readonly Line[]): Module["comments"] {
  const comments: Module["comments"][number][] = [];
  for (const line of lines) {
    for (const { offset, length } of line.comments) {
      const start = line.from + offset;
      comments.push({ offset: start, text: text.slice(start, start + length) });
    }
  }
  return comments;
}
