import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { versionOf } from "../../core/frameworks/keras/version.ts";
import { gathered } from "../../core/gathered.ts";
import { type Analysis, frameworksFor, type Missing, missingKey, type Project, type Source } from "../../core/index.ts";
import type { Framework } from "../../core/interpreter/framework.ts";
import type { Machine } from "../../core/interpreter/machine.ts";
import { published } from "../../core/published.ts";
import { createParser, type PythonParser } from "../../core/python/parser.ts";
import { Session } from "../../core/session.ts";
import { diskFileSystem } from "../../server/workspace/disk.ts";
import { type Document, readDocument } from "../../server/workspace/document.ts";
import { projectResolver, type Resolver, type Sources } from "../../server/workspace/modules.ts";

export interface Doubt {
  readonly path: string;
  readonly line: number;
  readonly reason: string;
}

/** One file read as its user would have it read, with what that cost. */
export interface Reading {
  readonly document: Document;
  readonly documents: ReadonlyMap<string, Document>;
  readonly analysis: Analysis;
  /** Whatever was not known on the way, in this file and in those that it leads to. */
  readonly doubts: readonly Doubt[];
  readonly steps: number;
  /** Of an analysis that begins with nothing but the texts. */
  readonly milliseconds: number;
  /** Of every file that was read for it. */
  readonly lines: number;
}
export type Crash = { readonly crash: string };

type Version = 2 | 3;
const require = createRequire(import.meta.url);
const wasm = (name: string): Uint8Array => readFileSync(require.resolve(name));
const frameworks: Partial<Record<Version, readonly Framework[]>> = {};
const frameworksOf = (version: Version): readonly Framework[] => {
  frameworks[version] ??= frameworksFor(version);
  return frameworks[version];
};

const createReadyParser = (): Promise<PythonParser> =>
  createParser({
    runtime: wasm("web-tree-sitter/web-tree-sitter.wasm"),
    python: wasm("tree-sitter-python/tree-sitter-python.wasm"),
  });

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** As often as a project is asked what it would read next; one that asks more is read with what it has. */
const ROUNDS = 200;

export class CorpusReader {
  private readonly parser: PythonParser;
  private constructor(parser: PythonParser) {
    this.parser = parser;
  }
  static async create(): Promise<CorpusReader> {
    return new CorpusReader(await createReadyParser());
  }

  /** Reads the file at `path`, or `text` in its place, with `root` on Python's path and `installed` behind it. */
  async read(path: string, root: string, text?: string, keras?: Version, installed?: string): Promise<Reading | Crash> {
    const document = await readDocument(text === undefined ? diskFileSystem : { read: async () => bytes(text) }, path);
    if ("problem" in document) return { crash: document.problem };
    const sources: Sources =
      installed === undefined ? {} : { environment: async () => ({ packages: [installed], installed: true }) };
    try {
      return await this.analyse(document, projectResolver(diskFileSystem, path, root, sources), keras);
    } catch (error) {
      return { crash: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  }

  private async analyse(document: Document, resolve: Resolver, keras?: Version): Promise<Reading> {
    const documents = new Map([[document.path, document]]);
    let answers: ReadonlyMap<string, Source | null> = new Map();
    const using = frameworksOf(keras ?? versionOf(document.text));
    const session = new Session(this.parser, using);
    for (let round = 0; ; round++) {
      this.run(session, using, document, answers);
      const open = [...session.missing.values()].filter((it) => !answers.has(missingKey(it)));
      if (open.length === 0 || round === ROUNDS) break;
      answers = new Map([...answers, ...(await fetched(open, resolve, documents))]);
    }
    session.close();
    const cold = new Session(this.parser, using);
    const started = performance.now();
    const { analysis, machine } = this.run(cold, using, document, answers);
    const milliseconds = performance.now() - started;
    const doubts = doubtsOf(machine, cold, documents);
    cold.close();
    const lines = [...documents.values()].reduce((sum, it) => sum + it.text.split("\n").length, 0);
    return { document, documents, analysis, doubts, steps: machine.steps, milliseconds, lines };
  }

  private run(
    session: Session,
    using: readonly Framework[],
    document: Document,
    answers: Project["answers"],
  ): { readonly analysis: Analysis; readonly machine: Machine } {
    const file = { path: document.path, text: document.text };
    const project: Project = { file, answers, settings: { keras: "auto", fixes: false } };
    const run = session.run(project, () => false);
    for (;;) {
      const { done, value: machine } = run.next();
      if (done !== true) continue;
      const { analysis } = published(machine, project, session, using);
      return { analysis, machine };
    }
  }
}

async function fetched(
  open: readonly Missing[],
  resolve: Resolver,
  documents: Map<string, Document>,
): Promise<readonly (readonly [string, Source | null])[]> {
  const answers: (readonly [string, Source | null])[] = [];
  for (const missing of open) {
    const found = await resolve(missing);
    const document = found && (documents.get(found.path) ?? found);
    if (document !== null) documents.set(document.path, document);
    answers.push([missingKey(missing), document && { path: document.path, text: document.text }]);
  }
  return answers;
}

function doubtsOf(machine: Machine, session: Session, documents: ReadonlyMap<string, Document>): readonly Doubt[] {
  const locator = session.locator();
  return gathered(machine.record).flatMap(({ doubts }) =>
    doubts.flatMap(({ place, reason }) => {
      const location = locator.locate(place);
      if (location === undefined) return [];
      const { path, span } = location;
      return { path, line: documents.get(path)?.positionAt(span.start).line ?? 0, reason };
    }),
  );
}
