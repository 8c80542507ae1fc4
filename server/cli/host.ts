import type { Core } from "../../core/index.ts";
import type { Engine } from "../features/forward.ts";
import type { FileSystem } from "../workspace/fileSystem.ts";
import type { Checked, Job } from "./checkFile.ts";
import type { CheckerStart } from "./checkWorker.ts";
import type { Channel } from "./workers.ts";

/** What the command line needs of the process that it runs in. */
export interface Host {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readonly files: FileSystem;
  readonly terminal: {
    /** Whether standard output is one. */
    readonly present: boolean;
    readonly columns: number | undefined;
  };
  /** Whether standard error is one, on which a line can be written over. */
  readonly progress: boolean;
  /** Of the processor. */
  readonly cores: number;
  /** Starts a worker that checks files; left out where there are none. */
  startChecker?(start: CheckerStart): Channel<Job, Checked>;
  /** The page of a rule, as Markdown, if it is at hand. */
  rulePage(code: string): Promise<string | undefined>;
  out(text: string): void;
  err(text: string): void;
  /** Writes a file that the user asked for. */
  write(path: string, bytes: Uint8Array | Iterable<Uint8Array>): Promise<void>;
  /** Made once something is to be analysed. */
  createCore(): Promise<Core>;
  /** Made once something is to be run. */
  createEngine(): Promise<Engine & { dispose(): void }>;
  /** Serves an editor over the process's input and output; the process ends when the editor says so. */
  serve(): Promise<void>;
}

export const EXIT = { clean: 0, faults: 1, misuse: 2 } as const;

/** As Python has it: COLUMNS, then the terminal, then 80. */
export function terminalWidth({ environment, terminal }: Host): number {
  const { COLUMNS } = environment;
  const columns = Number(COLUMNS);
  if (Number.isInteger(columns) && columns > 0) return columns;
  return terminal.columns || 80;
}
