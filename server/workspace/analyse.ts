import type { Source } from "../../core/index.ts";
import { type Analysis, type Answer, type Core, type Missing, missingKey, type Settings } from "../../core/index.ts";
import type { Document } from "./document.ts";
import type { Resolver } from "./modules.ts";

export interface FileAnalysis {
  readonly analysis: Analysis;
  /** Every file that was read, by its path: places in the analysis may lie in any of them. */
  readonly documents: ReadonlyMap<string, Document>;
}
export type Answers = ReadonlyMap<string, Source | null>;

/** A project that would ask more often is analysed with what it has by then. */
interface Limits {
  readonly rounds: number;
  readonly modules: number;
}
const LIMITS: Limits = { rounds: 200, modules: 5000 };

/** Asks the core until it misses nothing more, and fetches what it misses. */
export async function analyseFile(
  core: Core,
  document: Document,
  resolve: Resolver,
  settings: Settings,
): Promise<FileAnalysis> {
  const file: Source = { path: document.path, text: document.text };
  return untilComplete(document, async (answers) => core.analyse({ file, answers, settings }), resolve, LIMITS);
}

/** The same with an analysis of any kind. One that is undefined is given up, and so is the whole. */
export async function untilComplete<Given extends Answer | undefined>(
  document: Document,
  analyse: (answers: Answers) => Promise<Given>,
  resolve: Resolver,
  { rounds, modules }: Limits,
): Promise<FileAnalysis | Exclude<Given, Answer>> {
  const documents = new Map([[document.path, document]]);
  let answers: Answers = new Map();
  for (let round = 0; ; round++) {
    const answer = await analyse(answers);
    if (answer === undefined) return answer as Exclude<Given, Answer>;
    const { analysis, missing } = answer;
    const open = new Map(missing.map((it) => [missingKey(it), it] as const).filter(([key]) => !answers.has(key)));
    if (open.size === 0 || round >= rounds || answers.size >= modules) return { analysis, documents };
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
