import { type CancellationToken, CancellationTokenSource, Disposable, EventEmitter, Uri, workspace } from "vscode";
import { type FileModels, REQUESTS, type WorkspaceFiles } from "../../../server/protocol/messages.ts";
import { canonical } from "../../../server/workspace/uris.ts";
import type { Server } from "../../server.ts";
import type { Shown } from "./nodes.ts";
import { fileOf } from "./places.ts";

const PYTHON = "**/*.{py,ipynb}";
/** How long a file rests before its models are asked for. */
const REST = 200;

export interface Progress {
  readonly done: number;
  readonly of: number;
}

/** The models of files: of what is open as it is edited, and of the workspace once somebody looks at it. */
export class ModelStore implements Disposable {
  private readonly server: Server;
  private readonly files = new Map<string, FileModels>();
  private readonly waiting = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly emitter = new EventEmitter<void>();
  private readonly disposables: Disposable;
  private reading: CancellationTokenSource | undefined;
  private whole = false;
  readonly onDidChange = this.emitter.event;

  constructor(server: Server) {
    this.server = server;
    server.onAnalysed = (uri) => this.soon(fileOf(Uri.parse(uri)));
    const watcher = workspace.createFileSystemWatcher(PYTHON);
    const written = (uri: Uri) => this.written(uri);
    this.disposables = Disposable.from(
      ...[this.emitter, watcher, watcher.onDidChange(written), watcher.onDidCreate(written)],
      watcher.onDidDelete((uri) => this.forget(uri.toString())),
      workspace.onDidCloseTextDocument(({ uri }) => this.closed(uri)),
      workspace.onDidChangeConfiguration((it) => {
        if (it.affectsConfiguration("inlayer.batchSize")) for (const uri of this.files.keys()) this.soon(uri);
      }),
    );
  }

  of(document: Uri): FileModels | undefined {
    return this.files.get(fileOf(document));
  }
  all(): readonly Shown[] {
    return [...this.files.values()].flatMap((models) => {
      const uri = Uri.parse(models.uri);
      const folder = workspace.getWorkspaceFolder(uri)?.name;
      // What an editor shows beside files, such as the older version in a comparison, is none of its own.
      if (folder === undefined && uri.scheme !== "file" && uri.scheme !== "untitled") return [];
      return [{ models, folder: folder ?? "", path: workspace.asRelativePath(uri, false) }];
    });
  }
  /** Whether the workspace has been read, or is being read. */
  get isWhole(): boolean {
    return this.whole;
  }

  /** Reads the files of the workspace, those first that name Keras. */
  async readWorkspace(told: (progress: Progress) => void): Promise<void> {
    this.stop();
    this.whole = true;
    const source = new CancellationTokenSource();
    this.reading = source;
    try {
      await this.readAll(source.token, told);
    } finally {
      source.dispose();
      if (this.reading === source) this.reading = undefined;
    }
  }
  stop(): void {
    this.reading?.cancel();
    this.reading = undefined;
  }
  dispose(): void {
    this.stop();
    for (const timer of this.waiting.values()) clearTimeout(timer);
    this.disposables.dispose();
  }

  private async readAll(token: CancellationToken, told: (progress: Progress) => void): Promise<void> {
    const { workspaceFiles } = REQUESTS;
    const { naming, others } = await this.server.request<WorkspaceFiles>(workspaceFiles, {}, token);
    const order = [...naming, ...others].map((uri) => Uri.parse(uri).toString());
    for (const [done, uri] of order.entries()) {
      if (token.isCancellationRequested) return;
      told({ done, of: order.length });
      await this.read(uri, token);
    }
  }

  private async read(uri: string, token?: CancellationToken): Promise<void> {
    const models = await this.server
      .request<FileModels | null>(REQUESTS.fileModels, { uri }, token)
      // A reading that was cancelled, or a server that is just going, leaves what is known.
      .catch(() => undefined);
    if (models === undefined) return;
    const known = this.files.get(uri);
    if (models === null) this.files.delete(uri);
    else this.files.set(uri, models);
    if (JSON.stringify(known ?? null) !== JSON.stringify(models)) this.emitter.fire();
  }

  private soon(uri: string): void {
    clearTimeout(this.waiting.get(uri));
    const timer = setTimeout(() => {
      this.waiting.delete(uri);
      void this.read(uri);
    }, REST);
    this.waiting.set(uri, timer);
  }
  /** Of an open file the server tells when it has read it. */
  private written(uri: Uri): void {
    if (!this.whole) return;
    const path = canonical(uri.toString());
    this.soon(uri.toString());
    for (const [file, { reads }] of this.files) if (reads.includes(path)) this.soon(file);
  }
  /** What is not saved is gone with it. */
  private closed(uri: Uri): void {
    const file = fileOf(uri);
    if (!this.files.has(file)) return;
    if (this.whole && workspace.getWorkspaceFolder(uri) !== undefined) this.soon(file);
    else this.forget(file);
  }
  private forget(uri: string): void {
    if (this.files.delete(uri)) this.emitter.fire();
  }
}
