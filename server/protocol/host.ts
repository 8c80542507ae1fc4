import type { Connection } from "vscode-languageserver";
import type { Core } from "../../core/index.ts";
import type { Engine } from "../features/forward.ts";
import type { Fact, PythonSpan } from "../features/verdicts.ts";
import type { Place } from "../workspace/environment.ts";

export interface VerifiedProgram {
  readonly uri: string;
  readonly text: string;
  readonly spans: readonly PythonSpan[];
  /** The interpreter that is said, if one is. */
  readonly python: string | undefined;
}

/** What differs between the places that the server runs in. */
export interface ServerHost {
  readonly version: string;
  /** Asked for once, when the first file is to be analysed. */
  createCore(connection: Connection): Promise<Core>;
  /** Asked for once, when the first model is to be run; left out where none can be. */
  createEngine?(connection: Connection): Promise<Engine & { dispose(): void }>;
  /** Writes a file of a scheme that is read here; left out where there is no disk. */
  write?(uri: string, bytes: Uint8Array): Promise<void>;
  /** Runs the program at a URI in the project's Python; left out where no process can be started. */
  verify?(program: VerifiedProgram, signal: AbortSignal): Promise<readonly Fact[]>;
  /** What can be read here by itself, and in which schemes. */
  readonly files: Place | undefined;
  readonly schemes: readonly string[];
  /** The URI of the folder with the rules' pages, if there is one. */
  readonly rulePages: string | undefined;
  /** Lets all that waits come first. */
  breathe(): Promise<void>;
}
