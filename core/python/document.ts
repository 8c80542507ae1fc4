import { findChange } from "../text/change.ts";
import { gatherModule } from "./blocks.ts";
import type { Line } from "./line.ts";
import { type Parsing, readLines } from "./reading.ts";
import { rescan, type Scan, scanAll } from "./scan.ts";
import type { Module } from "./syntax.ts";

export interface Document {
  readonly text: string;
  readonly module: Module;
  /**
   * Reads the text anew after any change. Objects of untouched statements are the old ones, at any depth; a compound whose
   * body alone changed is a new object with the old id and the old header.
   */
  update(text: string): void;
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

  close(): void {
    this.scan = { lines: [], strays: new Set() };
  }

  private build(): Module {
    const { lines } = this.scan;
    readLines(this.text, lines, this.parsing);
    const { entries } = gatherModule(this.text, lines, this.parsing.nextId);
    return { entries, comments: lines.flatMap((line) => commentsOf(this.text, line)) };
  }
}

function commentsOf(text: string, line: Line): Module["comments"] {
  return line.comments.map(({ offset, length }) => {
    const start = line.from + offset;
    return { offset: start, text: text.slice(start, start + length) };
  });
}
