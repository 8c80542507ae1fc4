import type { Connection } from "vscode-languageserver";
import type {
  Card,
  Core,
  Drawing,
  InputShapeEdit,
  Location,
  Lowering,
  LoweringOptions,
  Span,
} from "../../core/index.ts";
import type { Engine } from "../features/forward.ts";
import type { Analysed, Analyses } from "../workspace/analyses.ts";
import type { ClosedFiles } from "../workspace/closedFiles.ts";
import type { OpenFiles, OpenPart } from "../workspace/openFiles.ts";
import type { Client } from "./client.ts";
import type { Log } from "./guard.ts";
import type { ServerHost } from "./host.ts";
import type { Configuration, WorkspaceFiles } from "./messages.ts";
import type { Results } from "./results.ts";

/** What the answers to requests are made of. */
export interface Session {
  readonly connection: Connection;
  readonly client: Client;
  readonly open: OpenFiles;
  readonly analyses: Analyses;
  readonly closedFiles: ClosedFiles;
  readonly log: Log;
  /** The URI of the folder with the rules' pages, if they are at hand. */
  readonly rulePages: string | undefined;
  /** What the last forward run found. */
  readonly results: Results;
  /** Asks the client to ask for its hints anew. */
  refresh(): void;
  configuration(): Configuration;
  /** Undefined until it is loaded; after the analysis of a file it is. */
  core(): Core | undefined;
  /** What core says of a place; right after the analysis of the file as it stands. */
  card(path: string, offset: number): Card | undefined;
  /** Where what the expression at a span of such a file calls is defined. */
  definition(path: string, span: Span): Location | undefined;
  /** A model of such a file, made ready to run. */
  lower(path: string, model: number, options: LoweringOptions): Lowering<Location> | undefined;
  /** Such a model as it is drawn. */
  draw(path: string, model: number): Drawing<Location> | undefined;
  /** The comment that says on what a model of such a file is called. */
  setInputShape(path: string, model: number, shapes: string): InputShapeEdit;
  /** What the place that the server runs in can do, if it can. */
  readonly host: Pick<ServerHost, "write" | "verify" | "schemes">;
  /** The Python files of the folders that the editor works in. */
  workspaceFiles(isWanted: () => boolean): Promise<WorkspaceFiles>;
  /** A file's bytes; rejects where it cannot be read. */
  bytes(uri: string): Promise<Uint8Array>;
  /** Undefined where there is none to run a model on. */
  readonly engine: (() => Promise<Engine>) | undefined;
}

/** A document with the analysis of what it is a part of. */
export interface Read {
  readonly analysed: Analysed;
  readonly part: OpenPart;
}

/** The document as it stands when its analysis is done; undefined if it is not open, or closed meanwhile. */
export async function read({ open, analyses }: Session, uri: string): Promise<Read | undefined> {
  const analysed = await analyses.of(open.pathOf(uri));
  const part = analysed?.file.partOf(uri);
  return analysed && part && { analysed, part };
}
