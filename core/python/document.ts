import { findChange } from "../text/change.ts";
import { gatherModule } from "./blocks.ts";
import type { Line } from "./line.ts";
import { type Parsing, readLines } from "./reading.ts";
import { rescan, type Scan, scanAll } from "./scan.ts";
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
  /** Where a statement starts in the text as it is now, by its id; undefined where it stands nowhere. */
  startOf(statement: number): number | undefined;
  /** Frees what was remembered; the module remains readable. */
  close(): void;
}

export function openDocument(text: string, parsing: Parsing): Document {
  return new OpenDocument(text, parsing);
}

class OpenDocument implements Document {
  text: string;
  module: Module;
  private readonly parsing: Parsing;
  private scan: Scan;
  private readonly starts = new Starts();
  /** The module that they are of. */
  private started: Module | undefined;

  constructor(text: string, parsing: Parsing) {
    this.text = text;
    this.parsing = parsing;
    this.scan = scanAll(text);
    this.module = this.build();
  }

  update(text: string): void {
    const change = findChange(this.text, text);
    if (!change) return;
    this.scan = rescan(this.text, text, change, this.scan);
    this.text = text;
    this.module = this.build();
  }

  startOf(statement: number): number | undefined {
    if (this.started !== this.module) this.starts.update(this.module);
    this.started = this.module;
    return this.starts.of(statement);
  }

  close(): void {
    this.scan = scanAll("");
  }

  private build(): Module {
    readLines(this.text, this.scan, this.parsing);
    const { entries } = gatherModule(this.text, this.scan, this.parsing.nextId);
    return { entries, comments: commentsIn(this.text, this.scan.lines) };
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
