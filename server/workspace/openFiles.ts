import { LineIndex } from "../../core/index.ts";
import type { Document, Part, Position } from "./document.ts";
import { hideMagics } from "./magics.ts";
import { canonical } from "./uris.ts";

/** A text that an editor holds, as it stands now: a file, or a cell of a notebook. */
export interface OpenText {
  /** As the editor spells it. */
  readonly uri: string;
  readonly version: number;
  readonly text: string;
}
/** A cell in the order of its notebook; one that is not code has a place, and no text that counts. */
export interface OpenCell {
  readonly uri: string;
  readonly isCode: boolean;
}
export interface OpenPart extends Part {
  readonly uri: string;
  readonly version: number;
}

/** A file or a notebook that is open: one module of Python, under its canonical URI. */
export class OpenFile implements Document {
  readonly path: string;
  readonly text: string;
  readonly parts: readonly OpenPart[];
  constructor(path: string, text: string, parts: readonly OpenPart[]) {
    this.path = path;
    this.text = text;
    this.parts = parts;
  }
  partOf(uri: string): OpenPart | undefined {
    return this.parts.find((part) => part.uri === uri);
  }
  /** Where an offset stands; at the border of two cells in the later one. */
  partAt(offset: number): OpenPart | undefined {
    return this.parts.findLast(({ start }) => start <= offset) ?? this.parts[0];
  }
  positionAt(offset: number): Position {
    const part = this.partAt(offset);
    if (part === undefined) return { line: 1, column: 1 };
    const place = part.lines.positionAt(offset - part.start);
    return part.cell === undefined ? place : { cell: part.cell, ...place };
  }
}

/** What the editor has open. `changed` is told the path of a file whose text is not what it was. */
export class OpenFiles {
  private readonly texts = new Map<string, OpenText>();
  private readonly notebooks = new Map<string, readonly OpenCell[]>();
  /** The notebook's path, by a cell's uri. */
  private readonly owners = new Map<string, string>();
  private readonly made = new Map<string, OpenFile>();
  private readonly paths = new Map<string, string>();
  private readonly changed: (path: string) => void;
  constructor(changed: (path: string) => void) {
    this.changed = changed;
  }

  setText(text: OpenText): void {
    this.texts.set(text.uri, text);
    this.touch(this.pathOf(text.uri));
  }
  closeText(uri: string): void {
    if (!this.texts.delete(uri)) return;
    this.touch(this.pathOf(uri));
  }
  textOf(uri: string): OpenText | undefined {
    return this.texts.get(uri);
  }

  /** The cells as they stand now; their texts are set beforehand. */
  setNotebook(uri: string, cells: readonly OpenCell[]): void {
    const path = canonical(uri);
    for (const cell of this.notebooks.get(path) ?? []) this.owners.delete(cell.uri);
    this.notebooks.set(path, cells);
    for (const cell of cells) this.owners.set(cell.uri, path);
    this.touch(path);
  }
  cellsOf(uri: string): readonly OpenCell[] | undefined {
    return this.notebooks.get(canonical(uri));
  }
  closeNotebook(uri: string): void {
    const path = canonical(uri);
    for (const cell of this.notebooks.get(path) ?? []) {
      this.owners.delete(cell.uri);
      this.texts.delete(cell.uri);
    }
    if (this.notebooks.delete(path)) this.touch(path);
  }

  /** The path of the file, or of the notebook that a cell is in. */
  pathOf(uri: string): string {
    const owner = this.owners.get(uri);
    if (owner !== undefined) return owner;
    const known = this.paths.get(uri);
    if (known !== undefined) return known;
    const path = canonical(uri);
    this.paths.set(uri, path);
    return path;
  }
  /** The file with this path as it stands now. */
  file(path: string): OpenFile | undefined {
    const known = this.made.get(path);
    if (known !== undefined) return known;
    const made = this.make(path);
    if (made !== undefined) this.made.set(path, made);
    return made;
  }
  isNotebook(path: string): boolean {
    return this.notebooks.has(path);
  }
  /** The paths of all that is open. */
  all(): readonly string[] {
    const files = [...this.texts.keys()].map((uri) => this.pathOf(uri));
    return [...new Set([...files, ...this.notebooks.keys()])];
  }

  private touch(path: string): void {
    this.made.delete(path);
    this.changed(path);
  }
  private make(path: string): OpenFile | undefined {
    const cells = this.notebooks.get(path);
    if (cells !== undefined) return this.makeNotebook(path, cells);
    const text = [...this.texts.values()].find(({ uri }) => this.pathOf(uri) === path);
    if (text === undefined) return undefined;
    return new OpenFile(path, text.text, [{ ...text, cell: undefined, start: 0, lines: new LineIndex(text.text) }]);
  }
  private makeNotebook(path: string, cells: readonly OpenCell[]): OpenFile {
    const parts: OpenPart[] = [];
    const hidden: string[] = [];
    let start = 0;
    for (const [cell, { uri, isCode }] of cells.entries()) {
      const text = isCode ? this.texts.get(uri) : undefined;
      if (text === undefined) continue;
      parts.push({ ...text, cell, start, lines: new LineIndex(text.text) });
      hidden.push(hideMagics(text.text));
      start += text.text.length + 1;
    }
    return new OpenFile(path, hidden.join("\n"), parts);
  }
}
