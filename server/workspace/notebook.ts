import { hideMagics } from "./magics.ts";

/** A code cell in the joined text. */
export interface Cell {
  /** Its place among all cells of the notebook, from 0. */
  readonly index: number;
  /** Where its text starts in the joined one. */
  readonly start: number;
  readonly text: string;
}
export interface Notebook {
  /** The code cells as one module: joined by newlines, IPython's own syntax replaced by as many characters. */
  readonly text: string;
  readonly cells: readonly Cell[];
}
export type ReadNotebook = Notebook | { readonly problem: string; readonly foreign?: boolean };

/** What is read of a notebook's objects; anything may stand there. */
type Json = Readonly<Partial<Record<Key, unknown>>>;
type Key =
  | ("cells" | "worksheets" | "metadata" | "language_info" | "kernelspec" | "name" | "language")
  | ("cell_type" | "source" | "input");
const isObject = (it: unknown): it is Json => typeof it === "object" && it !== null && !Array.isArray(it);

/** nbformat: a string, or the lines of one. */
function sourceOf(cell: Json): string | undefined {
  const source = cell.source ?? cell.input;
  if (typeof source === "string") return source;
  return Array.isArray(source) && source.every((line) => typeof line === "string") ? source.join("") : undefined;
}

/** nbformat 4 has `cells`, 3 has them in `worksheets`. */
function cellsOf(notebook: Json): readonly unknown[] | undefined {
  if (Array.isArray(notebook.cells)) return notebook.cells;
  const sheets = notebook.worksheets;
  if (!Array.isArray(sheets)) return undefined;
  return sheets.flatMap((sheet: unknown) => (isObject(sheet) && Array.isArray(sheet.cells) ? sheet.cells : []));
}

/** The language that the notebook names in one of three places; Python where it names none. */
function languageOf(notebook: Json): string {
  const metadata = isObject(notebook.metadata) ? notebook.metadata : {};
  const info = isObject(metadata.language_info) ? metadata.language_info.name : undefined;
  const kernel = isObject(metadata.kernelspec) ? metadata.kernelspec.language : undefined;
  const language = info ?? kernel ?? "python";
  return typeof language === "string" ? language : "python";
}

/** Reads nbformat 3 and 4. Never throws. */
export function readNotebook(json: string): ReadNotebook {
  let notebook: unknown;
  try {
    notebook = JSON.parse(json);
  } catch {
    return { problem: "it is not a notebook: its JSON is broken" };
  }
  const found = isObject(notebook) ? cellsOf(notebook) : undefined;
  if (!isObject(notebook) || found === undefined) return { problem: "it is not a notebook: it has no cells" };
  const language = languageOf(notebook);
  if (!/^i?python\d*$/i.test(language)) return { problem: `its cells are ${language}, not Python`, foreign: true };
  const cells: Cell[] = [];
  let start = 0;
  for (const [index, cell] of found.entries()) {
    if (!isObject(cell) || cell.cell_type !== "code") continue;
    const text = sourceOf(cell);
    if (text === undefined) return { problem: `it is not a notebook: cell ${index} has no source` };
    cells.push({ index, start, text });
    start += text.length + 1;
  }
  return { text: cells.map(({ text }) => hideMagics(text)).join("\n"), cells };
}
