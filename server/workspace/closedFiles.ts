import type { Core, Missing, Settings } from "../../core/index.ts";
import { type Answers, type FileAnalysis, untilComplete } from "./analyse.ts";
import type { Document, Problem } from "./document.ts";
import { inSlices } from "./slices.ts";

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
export interface ReadFile extends FileAnalysis {
  readonly document: Document;
}

const WAIT = 15;
const LIMITS = { rounds: 50, modules: 1000 };

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
    const { path, text } = document;
    const goOn = async () => {
      await host.breathe();
      while (host.isBusy()) await host.delay(WAIT);
      return isWanted();
    };
    const analyse = async (answers: Answers) => {
      const project = { file: { path, text }, answers, settings: await host.settings(path) };
      if (!(await goOn())) return undefined;
      return inSlices((pause) => core.analyseInSlices(project, pause), host.now, goOn);
    };
    const resolve = async (it: Missing) => (isWorthIt(it) ? host.resolve(path, it) : null);
    const found = await untilComplete(document, analyse, resolve, LIMITS);
    return found && { document, ...found };
  }
}

/** Who imports a file is a search through all others, and says little of its models. */
const isWorthIt = ({ kind }: Missing): boolean => kind !== "importers" && kind !== "file";
