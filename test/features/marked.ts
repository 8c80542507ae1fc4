import { type Analysis, type Card, type Core, LineIndex } from "../../core/index.ts";
import type { Analysed } from "../../server/workspace/analyses.ts";
import { OpenFile } from "../../server/workspace/openFiles.ts";
import { openCore } from "../core/open.ts";

const CARET = "‸";
const core: Core = await openCore();

/** A program in which carets mark places, as the features see it. */
export interface Marked extends Analysed {
  readonly text: string;
  /** Offsets of the carets, in order. */
  readonly carets: readonly number[];
  card(offset: number): Card | undefined;
}

export function marked(source: string): Marked {
  const pieces = source.split(CARET);
  const carets = pieces.slice(0, -1).map((_, i) => pieces.slice(0, i + 1).join("").length);
  const text = pieces.join("");
  const file = fileOf(text);
  const settings = { keras: "auto", fixes: true } as const;
  const { analysis } = core.analyse({ file: { path: file.path, text }, answers: new Map(), settings });
  const card = (offset: number) => core.card(file.path, offset);
  return { text, carets, file, analysis, documents: new Map([[file.path, file]]), concerned: true, card };
}

export const fileOf = (text: string): OpenFile =>
  new OpenFile("file:///main.py", text, [
    { uri: "file:///main.py", version: 1, cell: undefined, start: 0, text, lines: new LineIndex(text) },
  ]);

export const NOTHING: Analysis = { path: "", models: [], hints: [], diagnostics: [], unknowns: [] };
