import { PassThrough } from "node:stream";
import {
  type ClientCapabilities,
  createConnection,
  createMessageConnection,
  type Diagnostic,
  type InitializeResult,
  type InlayHint,
  type MessageConnection,
  type Position,
  ProposedFeatures,
  type PublishDiagnosticsParams,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import { nodeHost } from "../../server/nodeHost.ts";
import type { ServerHost } from "../../server/protocol/host.ts";
import { serve } from "../../server/protocol/server.ts";
import { openCore } from "../core/open.ts";

/** What a complete editor says that it can do. */
export const COMPLETE: ClientCapabilities = {
  workspace: {
    applyEdit: true,
    workspaceEdit: { documentChanges: true },
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    inlayHint: { refreshSupport: true },
    diagnostics: { refreshSupport: true },
    codeLens: { refreshSupport: true },
  },
  textDocument: {
    synchronization: { didSave: true },
    hover: { contentFormat: ["markdown", "plaintext"] },
    inlayHint: { resolveSupport: { properties: ["tooltip"] } },
    publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true, tagSupport: { valueSet: [1, 2] } },
    diagnostic: { relatedDocumentSupport: false },
    codeLens: {},
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source.fixAll"] } },
      isPreferredSupport: true,
      dataSupport: true,
      resolveSupport: { properties: ["edit"] },
    },
  },
  notebookDocument: { synchronization: {} },
};

/** The capabilities without one of them: `without("textDocument.codeAction.dataSupport")`. */
export function without(path: string, from: ClientCapabilities = COMPLETE): ClientCapabilities {
  const copy = structuredClone(from);
  const names = path.split(".");
  const last = names.pop() ?? "";
  let at: Record<string, unknown> = copy as Record<string, unknown>;
  for (const name of names) at = at[name] as Record<string, unknown>;
  if (!(last in at)) throw new Error(`there is no ${path}`);
  delete at[last];
  return copy;
}

/** The other end of the server, over streams: an editor that knows nothing of Inlayer. */
export class Editor {
  readonly connection: MessageConnection;
  /** The last that was told of each document. */
  readonly told = new Map<string, PublishDiagnosticsParams>();
  readonly heard: string[] = [];
  readonly messages: string[] = [];
  readonly edits: WorkspaceEdit[] = [];
  configuration: unknown = null;
  result: InitializeResult = { capabilities: {} };
  private readonly waiting: (() => void)[] = [];
  private version = 1;

  constructor(connection: MessageConnection) {
    this.connection = connection;
    connection.onNotification((method, ...params) => this.notified(method, params[0]));
    connection.onRequest((method, ...params) => this.asked(method, params[0]));
    connection.listen();
  }

  private notified(method: string, params: unknown): void {
    this.heard.push(method);
    if (method === "textDocument/publishDiagnostics") {
      const told = params as PublishDiagnosticsParams;
      this.told.set(told.uri, told);
    }
    if (method.startsWith("window/")) this.messages.push((params as { message: string }).message);
    for (const wake of this.waiting.splice(0)) wake();
  }
  private asked(method: string, params: unknown): unknown {
    this.heard.push(method);
    for (const wake of this.waiting.splice(0)) wake();
    if (method === "workspace/configuration") return [this.configuration];
    if (method === "workspace/applyEdit") {
      this.edits.push((params as { edit: WorkspaceEdit }).edit);
      return { applied: true };
    }
    return null;
  }

  async initialize(
    capabilities: ClientCapabilities = COMPLETE,
    options: { readonly initializationOptions?: unknown; readonly rootUri?: string } = {},
  ): Promise<this> {
    const { rootUri = null, initializationOptions } = options;
    const folders = rootUri === null ? null : [{ uri: rootUri, name: "root" }];
    this.result = await this.connection.sendRequest("initialize", {
      ...{ processId: null, capabilities, initializationOptions, rootUri, workspaceFolders: folders },
    });
    await this.connection.sendNotification("initialized", {});
    return this;
  }

  /** Waits until something that the server says makes it true. */
  async until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  open(uri: string, text: string): Promise<void> {
    return this.notify("textDocument/didOpen", {
      textDocument: { uri, languageId: "python", version: this.version, text },
    });
  }
  /** Replaces a range, or the whole text where there is none. */
  change(uri: string, text: string, range?: Range): Promise<void> {
    const textDocument = { uri, version: ++this.version };
    return this.notify("textDocument/didChange", {
      textDocument,
      contentChanges: [range ? { range, text } : { text }],
    });
  }
  close(uri: string): Promise<void> {
    return this.notify("textDocument/didClose", { textDocument: { uri } });
  }
  notify(method: string, params: unknown): Promise<void> {
    return this.connection.sendNotification(method, params);
  }
  request<R>(method: string, params: unknown): Promise<R> {
    return this.connection.sendRequest<R>(method, params);
  }

  hints(uri: string, range = EVERYWHERE): Promise<InlayHint[]> {
    return this.request("textDocument/inlayHint", { textDocument: { uri }, range });
  }
  /** `line: label` for each, lines from 1. */
  async labels(uri: string): Promise<string[]> {
    return (await this.hints(uri)).map(({ position, label }) => `${position.line + 1}: ${String(label)}`);
  }
  async pull(uri: string): Promise<Diagnostic[]> {
    const report = await this.request<{ items: Diagnostic[] }>("textDocument/diagnostic", { textDocument: { uri } });
    return report.items;
  }
  async hover(uri: string, position: Position): Promise<string> {
    const found = await this.request<{ contents: { value: string } } | null>("textDocument/hover", {
      ...{ textDocument: { uri }, position },
    });
    return found?.contents.value ?? "";
  }
  async end(): Promise<void> {
    await this.connection.sendRequest("shutdown");
    // `exit` would end this very process.
    this.connection.dispose();
  }
}

export const EVERYWHERE: Range = { start: { line: 0, character: 0 }, end: { line: 1_000_000, character: 0 } };

const core = openCore();

/** A server of its own in this process, with streams between. All share a core: what it answers is the text's alone. */
export function openEditor(host: Partial<ServerHost> = {}): Editor {
  const [up, down] = [new PassThrough(), new PassThrough()];
  const reader = new StreamMessageReader(up);
  const writer = new StreamMessageWriter(down);
  serve(createConnection(ProposedFeatures.all, reader, writer), {
    ...nodeHost(new URL("../../server/main.ts", import.meta.url).href),
    createCore: () => core,
    ...host,
  });
  return new Editor(createMessageConnection(new StreamMessageReader(down), new StreamMessageWriter(up)));
}

/** The position right behind the nth occurrence of `part`. */
export function endOf(text: string, part: string, nth = 1): Position {
  let at = -1;
  for (let i = 0; i < nth; i++) at = text.indexOf(part, at + 1);
  if (at < 0) throw new Error(`${part} is not in the text`);
  const before = text.slice(0, at + part.length).split("\n");
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}
export const startOf = (text: string, part: string, nth = 1): Position => {
  const { line, character } = endOf(text, part, nth);
  return { line, character: character - part.length };
};

/** The edits of a document, in whichever of its two forms they come. */
export function editsOf(edit: WorkspaceEdit | undefined, uri: string): readonly TextEdit[] {
  const changes = edit?.documentChanges?.flatMap((it) =>
    "textDocument" in it && it.textDocument.uri === uri ? it.edits : [],
  );
  return (changes ?? edit?.changes?.[uri] ?? []).map((it) => it as TextEdit);
}

/** The text after edits of one document. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  const lines = text.split("\n");
  const offset = ({ line, character }: Position) =>
    lines.slice(0, line).reduce((sum, it) => sum + it.length + 1, 0) + character;
  return edits
    .toSorted((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce(
      (now, { range, newText }) => now.slice(0, offset(range.start)) + newText + now.slice(offset(range.end)),
      text,
    );
}
