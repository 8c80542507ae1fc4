import { type Analysis, type Core, type Missing, missingKey, type Settings, type Source } from "../../core/index.ts";
import type { Document } from "./document.ts";
import type { Resolver } from "./modules.ts";

export interface FileAnalysis {
  readonly analysis: Analysis;
  /** Every file that was read, by its path: places in the analysis may lie in any of them. */
  readonly documents: ReadonlyMap<string, Document>;
}

/** A project that would ask more often is analysed with what it has by then. */
const ROUNDS = 200;
const MODULES = 5000;

/** Asks the core until it misses nothing more, and fetches what it misses. */
export async function analyseFile(
  core: Core,
  document: Document,
  resolve: Resolver,
  settings: Settings,
): Promise<FileAnalysis> {
  const file: Source = { path: document.path, text: document.text };
  const documents = new Map([[document.path, document]]);
  let answers: ReadonlyMap<string, Source | null> = new Map();
  for (let round = 0; ; round++) {
    const { analysis, missing } = core.analyse({ file, answers, settings });
    const open = new Map(missing.map((it) => [missingKey(it), it] as const).filter(([key]) => !answers.has(key)));
    if (open.size === 0 || round >= ROUNDS || answers.size >= MODULES) return { analysis, documents };
    answers = new Map([...answers, ...(await fetchAll(open, resolve, documents))]);
  }
}

async function fetchAll(
  open: ReadonlyMap<string, Missing>,
  resolve: Resolver,
  documents: Map<string, Document>,
): Promise<[string, Source | null][]> {
  return Promise.all(
    [...open].map(async ([key, missing]): Promise<[string, Source | null]> => {
      const found = await resolve(missing);
      if (found === null) return [key, null];
      // One file, one text: what was read first counts, or positions would not fit.
      const document = documents.get(found.path) ?? found;
      documents.set(document.path, document);
      return [key, { path: document.path, text: document.text }];
    }),
  );
}
