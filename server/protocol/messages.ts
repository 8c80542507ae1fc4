import type { Compared } from "../features/compare.ts";
import type { Forwarded, ForwardedRow } from "../features/forward.ts";
import type { Graph, GraphNode } from "../features/graph.ts";
import type { LayerNode, ModelNode } from "../features/modelTree.ts";
import type { Preview } from "../features/preview.ts";
import type { SummaryForm } from "../features/summaryForm.ts";

/**
 * What Inlayer's own client asks beyond the protocol: names and shapes of requests, plain data on both sides. Another
 * editor reaches the same through `workspace/executeCommand`.
 */

/** A position as the protocol counts: from 0, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A document, and a place in it. Of a notebook the document is a cell. */
export interface At {
  readonly uri: string;
  readonly position: Position;
}

/** `inlayer/models`: the models of a document in order; Run Forward and Summary name one of them by its number. */
export interface ModelEntry {
  readonly index: number;
  readonly name: string;
  /** Where it stands: the document that was asked about, or another cell of its notebook. */
  readonly uri: string;
  readonly range: Range;
  readonly params: number | undefined;
  /** One for each input, as Keras prints it: `(None, 10, 5)`. */
  readonly inputs: readonly string[] | undefined;
  readonly outputs: readonly string[] | undefined;
}

/** A place in code: of a notebook that is not open the uri is its own, and the range is in the cell. */
export interface CodePlace {
  readonly uri: string;
  readonly range: Range;
  readonly cell?: number;
}
export type TreeModel = ModelNode<CodePlace>;
export type TreeLayer = LayerNode<CodePlace>;
/** `inlayer/models/file`: `{ uri }` → the models of a file, open or not, with their layers; else null. */
export interface FileModels {
  /** As it was asked for. */
  readonly uri: string;
  readonly models: readonly TreeModel[];
  /** The files that were read for it, itself among them, by the server's names. */
  readonly reads: readonly string[];
}

/** `inlayer/models/workspace`: the Python files of the workspace, by their URIs. */
export interface WorkspaceFiles {
  /** Those that name Keras themselves: where models are looked for first. */
  readonly naming: readonly string[];
  /** The others, where there is one that names Keras: they may import it. */
  readonly others: readonly string[];
}

/** `inlayer/summary`: Keras's table of a model. */
export interface SummaryParams {
  readonly uri: string;
  readonly model: number;
  /** What it is called: after an edit it is looked for by this first. */
  readonly name?: string | undefined;
  /** What the table shows; what is not said is as usual. */
  readonly form?: Partial<SummaryForm> | undefined;
}
export interface SummaryResult {
  readonly title: string;
  readonly text: string;
  /** The same as a table of Markdown. */
  readonly markdown: string;
}

/** `inlayer/graph`: the architecture of a model; of that name, where another has its number since. */
export interface GraphParams extends SummaryParams {
  readonly name: string;
}
/** A node with the places that it comes from, as far as they stand in documents that the editor can open. */
export interface PlacedNode extends Omit<GraphNode, "location" | "around"> {
  readonly spot: CodePlace | undefined;
  readonly around: readonly CodePlace[];
}
export interface GraphResult extends Omit<Graph, "nodes"> {
  readonly model: number;
  readonly nodes: readonly PlacedNode[];
}

/** `inlayer/why`: why there is no hint at a place, or in the file, in sentences that a person can act on. */
export interface WhyResult {
  readonly text: string;
}

/** `inlayer/forward`: runs a model; rows come as `inlayer/forward/row` notifications while it runs. */
export interface ForwardParams {
  readonly uri: string;
  readonly model: number;
  /** Of an input's file there are as many samples as it has. */
  readonly batch: number;
  /** Of inputs whose sizes the program does not say, by their places. */
  readonly shapes?: Readonly<Record<string, readonly number[]>> | undefined;
  readonly seed: number;
  /** The URI of a file of weights; without one they are drawn. */
  readonly weights?: string | undefined;
  /** The URI of a file of arrays, or of a picture, or the program's variables; without one the input is drawn. */
  readonly input?: string | undefined;
  /** Made by the client; in every notification of this run. */
  readonly run: string;
}
/** A row as the engine gives it, at the document that its layer's construction stands in, if that is known. */
export interface ForwardRow extends Omit<ForwardedRow, "location"> {
  readonly uri: string | undefined;
  readonly range: Range | undefined;
}
export interface ForwardResult extends Omit<Forwarded, "rows" | "outputs"> {
  readonly title: string;
  readonly rows: readonly ForwardRow[];
  /** Of what the model gave, as far as it ran. */
  readonly previews: readonly Preview[];
  /** Milliseconds from the request to the last row. */
  readonly time: number;
}

/** `inlayer/export`: writes a model as ONNX where the server has a disk. */
export interface ExportParams {
  readonly uri: string;
  readonly model: number;
  /** The URI of a file of weights; without one they are drawn. */
  readonly weights?: string | undefined;
  /** The URI of the file to write. */
  readonly target: string;
}
/** `inlayer/verify`: runs a document's program in the project's Python. Only Inlayer's own client asks it. */
export interface VerifyParams {
  readonly uri: string;
  /** The person has said that the workspace may run code. */
  readonly trusted: boolean;
  /** The interpreter that the editor has chosen, where no setting names one. */
  readonly python?: string | undefined;
}
/** What an export or a verification came to, as lines. */
export interface ToldResult {
  readonly title: string;
  readonly lines: readonly string[];
  readonly problem?: string | undefined;
  /** Hints that were refuted: lines from 0, and what to say there. */
  readonly refuted?: readonly { readonly line: number; readonly message: string }[];
}
/** `inlayer/compare`: what could stand in the place of the Dense at a position, run on the same numbers. */
export interface CompareParams {
  readonly uri: string;
  readonly position: Position;
}
export interface CompareResult extends Compared {
  /** Why there is nothing to compare, as sentences. */
  readonly problem: string | undefined;
}

export const REQUESTS = {
  export: "inlayer/export",
  verify: "inlayer/verify",
  models: "inlayer/models",
  fileModels: "inlayer/models/file",
  workspaceFiles: "inlayer/models/workspace",
  summary: "inlayer/summary",
  graph: "inlayer/graph",
  why: "inlayer/why",
  forward: "inlayer/forward",
  compare: "inlayer/compare",
} as const;
/**
 * Server to client, for a server that has no disk: in a browser, and for documents whose scheme is not `file`. The
 * client answers these in every host.
 */
export const CLIENT_REQUESTS = {
  /** `{ uri }` → the bytes, in base64 or between workers as they are, or null where it cannot be read. */
  read: "inlayer/fs/read",
  /** `{ uri }` → `file`, `directory`, `other`, or null where there is nothing. */
  kind: "inlayer/fs/kind",
  /** `{ uri }` → the entries of a folder: `{ name, kind, link }`. */
  list: "inlayer/fs/list",
  /** `{ name }` → likewise the bytes of a file of the extension's `dist`: `tree-sitter-python.wasm`. */
  asset: "inlayer/asset",
} as const;
/** Server to client. */
export const NOTIFICATIONS = {
  /** `{ run, row: ForwardRow }` */
  forwardRow: "inlayer/forward/row",
  /** `{ uri }`: an open document has been analysed; of a notebook, one of its cells. */
  analysed: "inlayer/analysed",
} as const;

/** Commands of Inlayer's own client that the server puts into code lenses. Arguments: a document's uri, a model. */
export const CLIENT_COMMANDS = {
  forward: "inlayer.runForward",
  compare: "inlayer.compareWays",
  summary: "inlayer.showSummary",
  graph: "inlayer.showArchitecture",
  setInputShape: "inlayer.setInputShape",
  /** Argument: a place in code, or the address of a page. */
  goTo: "inlayer.goTo",
} as const;

/** Commands that the server runs itself, for any editor. Arguments: a document's uri, then what the request takes. */
export const COMMANDS = {
  summary: "inlayer.server.summary",
  forward: "inlayer.server.forward",
  setInputShape: "inlayer.server.setInputShape",
  why: "inlayer.server.why",
  /** For editors that know code actions only as commands. Argument: a workspace edit. */
  applyEdit: "inlayer.server.applyEdit",
} as const;

/** What the client sends as `initializationOptions`; each part may be missing. */
export interface InitializationOptions {
  readonly inlayer?: Partial<Configuration>;
  /** Said by Inlayer's own: it knows CLIENT_COMMANDS, answers CLIENT_REQUESTS, and takes `inlayer/forward/row`. */
  readonly client?: "inlayer";
  /** The URI of the folder with the rules' pages, with a slash at its end; diagnostics link to `<code>.md` in it. */
  readonly rulePages?: string;
}

/** The section `inlayer` of the editor's configuration. */
export interface Configuration {
  readonly keras: { readonly version: "auto" | "2" | "3" };
  /** The path of a Python interpreter, whose environment is read; else the project's own folders are looked in. */
  readonly python: string;
  readonly hints: {
    readonly enabled: boolean;
    readonly kinds: readonly ("layer" | "tensor" | "model" | "data")[];
    readonly params: boolean;
    readonly dtype: boolean;
    /** The batch, where it may have any size: `None`. */
    readonly batchAxis: boolean;
    /** Characters that a hint may have. */
    readonly length: number;
  };
  readonly codeLens: { readonly enabled: boolean };
  /** The number of samples that memory is told for. */
  readonly batchSize: number;
  /** Severity by a rule's code; `off` for none. */
  readonly rules: Readonly<Record<string, "error" | "warning" | "information" | "hint" | "off">>;
}

export const DEFAULT_CONFIGURATION: Configuration = {
  keras: { version: "auto" },
  python: "",
  hints: {
    ...{ enabled: true, kinds: ["layer", "tensor", "model", "data"] },
    ...{ params: true, dtype: false, batchAxis: true, length: 120 },
  },
  codeLens: { enabled: true },
  batchSize: 32,
  rules: {},
};
