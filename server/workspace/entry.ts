import type { Analysis, Answer, Missing, Refactoring, Source } from "../../core/index.ts";
import type { Analysed } from "./analyses.ts";
import { Blame } from "./blame.ts";
import type { Document } from "./document.ts";
import { LastSearch } from "./lastSearch.ts";

/** An analysis that was begun. */
export interface Run {
  readonly result: Promise<Analysed | undefined>;
  finished: boolean;
}
/** What is kept of an open file. */
export interface Entry {
  readonly path: string;
  /** Counts what makes an analysis obsolete; a run that goes on sees by it that it has to begin again. */
  generation: number;
  run: Run | undefined;
  readonly fixes: LastSearch<Answer>;
  /** Counts who asks for fixes: whoever does goes before what is searched unasked. */
  questions: number;
  readonly blame: Blame;
  readonly refactorings: LastSearch<readonly Refactoring[]>;
  answers: ReadonlyMap<string, Source | null>;
  /** What was asked, by the answers' keys. */
  readonly asked: Map<string, Missing>;
  /** Keys of answers that may not be right any more: they are asked for again. */
  readonly doubtful: Set<string>;
  documents: ReadonlyMap<string, Document>;
  /** The last analysis: what is shown of the file, until another one says otherwise. */
  shown: Analysis | undefined;
  /** What the file says of where modules are looked for. */
  pathLines: string;
  /** Keys of answers that are on their way, longer than anybody waits for them. */
  readonly late: Set<string>;
}

export const entryFor = (path: string): Entry => ({
  path,
  generation: 0,
  run: undefined,
  fixes: new LastSearch(),
  questions: 0,
  blame: new Blame(),
  refactorings: new LastSearch(),
  answers: new Map(),
  asked: new Map(),
  doubtful: new Set(),
  documents: new Map(),
  shown: undefined,
  pathLines: "",
  late: new Set(),
});

/** Answers that arrived. */
export function put(entry: Entry, found: readonly (readonly [string, Document | null])[]): void {
  const answers = new Map(entry.answers);
  const documents = new Map(entry.documents);
  for (const [key, document] of found) {
    answers.set(key, document && { path: document.path, text: document.text });
    if (document !== null) documents.set(document.path, document);
  }
  // One file, one text, whoever asked for it: positions have to fit.
  for (const [key, source] of answers) {
    const document = source && documents.get(source.path);
    if (document) answers.set(key, { path: document.path, text: document.text });
  }
  entry.answers = answers;
  entry.documents = documents;
}

/** A document that has another text now. */
export function replace(entry: Entry, document: Document): void {
  const { path, text } = document;
  entry.documents = new Map([...entry.documents, [path, document]]);
  entry.answers = new Map(
    [...entry.answers].map(([key, source]) => [key, source?.path === path ? { path, text } : source]),
  );
}
