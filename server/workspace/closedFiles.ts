import { type Analysis, type Answer, type Core, type Missing, missingKey, type Settings } from "../../core/index.ts";
import type { Document, Problem } from "./document.ts";

export interface ClosedFilesHost {
  core(): Promise<Core>;
  read(path: string): Promise<Document | Problem>;
  resolve(file: string, missing: Missing): Promise<Document | null>;
  concerns(file: Document): boolean | Promise<boolean>;
  settings(path: string): Settings | Promise<Settings>;
  isOpen(path: string): boolean;
  /** Whether an open file is being analysed, which comes first. */
  isBusy(): boolean;
  breathe(): Promise<void>;
  delay(milliseconds: number): Promise<void>;
  /** Milliseconds. */
  now(): number;
}
/** A file as it is on the disk. */
export interface ReadFile {
  readonly document: Document;
  readonly analysis: Analysis;
  /** Every file that was read, by its path. */
  readonly documents: ReadonlyMap<string, Document>;
}

const SLICE = 5;
const WAIT = 15;
const ROUNDS = 50;
const MODULES = 1000;

/** Analyses files that nobody has open, one after the other, and only while nothing that is open waits for the core. */
export class ClosedFiles {
  private readonly host: ClosedFilesHost;
  private last: Promise<unknown> = Promise.resolve();
  constructor(host: ClosedFilesHost) {
    this.host = host;
  }

  /** Undefined where the file has nothing to do with Keras, cannot be read, is open, or is not wanted any more. */
  analyse(path: string, isWanted: () => boolean): Promise<ReadFile | undefined> {
    const next = this.last.then(() => this.inTurn(path, () => isWanted() && !this.host.isOpen(path)));
    this.last = next.catch(() => {});
    return next;
  }

  private async inTurn(path: string, isWanted: () => boolean): Promise<ReadFile | undefined> {
    const { host } = this;
    if (!isWanted()) return undefined;
    const document = await host.read(path);
    if ("problem" in document || !(await host.concerns(document))) return undefined;
    const core = await host.core();
    try {
      return await this.drive(core, document, isWanted);
    } finally {
      // What is open keeps what it has: its own analysis goes on with it.
      if (!host.isOpen(path)) core.forget(path);
    }
  }

  private async drive(core: Core, document: Document, isWanted: () => boolean): Promise<ReadFile | undefined> {
    const { host } = this;
    const documents = new Map([[document.path, document]]);
    const answers = new Map<string, Document | null>();
    for (let round = 0; ; round++) {
      const answer = await this.inSlices(core, document, answers, isWanted);
      if (answer === undefined) return undefined;
      const { analysis } = answer;
      const missing = answer.missing.filter((it) => isWorthIt(it) && !answers.has(missingKey(it)));
      if (missing.length === 0 || round >= ROUNDS || answers.size >= MODULES) return { document, analysis, documents };
      for (const it of missing) {
        const found = await host.resolve(document.path, it);
        const known = found && (documents.get(found.path) ?? found);
        if (known !== null) documents.set(known.path, known);
        answers.set(missingKey(it), known);
      }
    }
  }

  private async inSlices(
    core: Core,
    { path, text }: Document,
    answers: ReadonlyMap<string, Document | null>,
    isWanted: () => boolean,
  ): Promise<Answer | undefined> {
    const { host } = this;
    let end = 0;
    const project = { file: { path, text }, answers, settings: await host.settings(path) };
    const run = core.analyseInSlices(project, () => host.now() >= end);
    for (;;) {
      await host.breathe();
      while (host.isBusy()) await host.delay(WAIT);
      if (!isWanted()) return undefined;
      end = host.now() + SLICE;
      const { done, value } = run.next();
      if (done === true) return value;
    }
  }
}

/** Who imports a file is a search through all others, and says little of its models. */
const isWorthIt = ({ kind }: Missing): boolean => kind !== "importers" && kind !== "file";
