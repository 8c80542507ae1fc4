import { LineIndex } from "../../core/index.ts";
import { decode } from "./decode.ts";
import { type Files, reasonOf } from "./fileSystem.ts";
import { type Cell, readNotebook } from "./notebook.ts";

/** A place as people count it: from 1, the column in UTF-16 units; in a notebook within the cell (from 0). */
export interface Position {
  readonly cell?: number;
  readonly line: number;
  readonly column: number;
}

/** A file that was read: the Python in it, and how its offsets are called. */
export interface Document {
  /** Absolute. */
  readonly path: string;
  /** What the analysis reads. */
  readonly text: string;
  /** What stands in the file; a notebook has one part for each code cell. */
  readonly parts: readonly Part[];
  /** Offsets are those of `text`. */
  positionAt(offset: number): Position;
}
export interface Part {
  /** Of a notebook; undefined in a file of Python. */
  readonly cell: number | undefined;
  /** Its start in `text`, and as many characters as there. */
  readonly start: number;
  readonly text: string;
  readonly lines: LineIndex;
}
/** Why there is no document; `foreign` where it is well-formed, but not Python. */
export interface Problem {
  readonly problem: string;
  readonly foreign?: boolean;
}

class OpenDocument implements Document {
  readonly path: string;
  readonly text: string;
  readonly parts: readonly Part[];
  constructor(path: string, text: string, parts: readonly Part[]) {
    this.path = path;
    this.text = text;
    this.parts = parts;
  }
  positionAt(offset: number): Position {
    const part = this.parts.findLast(({ start }) => start <= offset) ?? this.parts[0];
    if (part === undefined) return { line: 1, column: 1 };
    const { line, column } = part.lines.positionAt(offset - part.start);
    return part.cell === undefined ? { line, column } : { cell: part.cell, line, column };
  }
}

export function pythonDocument(path: string, text: string): Document {
  return new OpenDocument(path, text, [{ cell: undefined, start: 0, text, lines: new LineIndex(text) }]);
}
export function notebookDocument(path: string, text: string, cells: readonly Cell[]): Document {
  const parts = cells.map(({ index, start, text }) => ({ cell: index, start, text, lines: new LineIndex(text) }));
  return new OpenDocument(path, text, parts);
}

/** Reads a file of Python, or a notebook where the name ends in `.ipynb`. Never rejects. */
export async function readDocument(files: Pick<Files, "read">, path: string): Promise<Document | Problem> {
  let bytes: Uint8Array;
  try {
    bytes = await files.read(path);
  } catch (error) {
    return { problem: reasonOf(error) };
  }
  const decoded = decode(bytes);
  if ("problem" in decoded) return decoded;
  if (!path.toLowerCase().endsWith(".ipynb")) return pythonDocument(path, decoded.text);
  const notebook = readNotebook(decoded.text);
  return "problem" in notebook ? notebook : notebookDocument(path, notebook.text, notebook.cells);
}
