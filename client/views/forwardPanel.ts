import type { WebviewPanel } from "vscode";
import { CancellationTokenSource, commands, type Disposable, Range, Uri, ViewColumn, window } from "vscode";
import { type ForwardParams, type ForwardResult, type ForwardRow, REQUESTS } from "../../server/protocol/messages.ts";
import type { Chosen } from "../commands/chooseModel.ts";
import type { Server } from "../server.ts";
import { type ForwardView, type FromPage, type ToPage, withRow } from "./forwardMessages.ts";
import { openPanel } from "./page.ts";
import { putBelow } from "./putBelow.ts";

interface Run extends Chosen {
  readonly batch: number;
  readonly shapes?: ForwardParams["shapes"];
  /** The URI of a file of weights. */
  readonly weights?: string | undefined;
  /** The URI of a file of arrays, or of a picture: then it says how many samples there are. */
  readonly input?: string | undefined;
}

/** Runs models and shows one row for each layer. There is one panel; a new run takes the place of the last. */
export class ForwardPanel implements Disposable {
  private readonly extension: Uri;
  private readonly server: Server;
  private panel: WebviewPanel | undefined;
  private last: Run | undefined;
  private view: ForwardView | undefined;
  private current: { readonly id: string; readonly cancel: CancellationTokenSource } | undefined;
  private seed = 0;
  private runs = 0;

  constructor(extension: Uri, server: Server) {
    this.extension = extension;
    this.server = server;
    server.onRow = (run, row) => this.addRow(run, row);
  }

  /** What was asked for last, offered for the next run. */
  get batch(): number {
    return this.last?.batch ?? 2;
  }

  async run(run: Run): Promise<void> {
    this.drop();
    this.last = run;
    const { batch, shapes, model, uri, weights, input: file } = run;
    const id = `run-${++this.runs}`;
    const cancel = new CancellationTokenSource();
    this.current = { id, cancel };
    const { seed } = this;
    const asked = file === undefined ? batch : undefined;
    const begun = { title: model.name, input: undefined, batch: asked, seed, running: true, rows: [], previews: [] };
    this.show({ ...begun, time: undefined, problem: undefined });
    const params: ForwardParams = { uri, model: model.index, batch, shapes, seed, weights, input: file, run: id };
    try {
      const { title, input, time, problem, rows, previews } = await this.server.request<ForwardResult>(
        REQUESTS.forward,
        params,
        cancel.token,
      );
      if (this.current?.id === id) this.show({ ...begun, title, input, rows, previews, time, problem, running: false });
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      if (this.current?.id === id && this.view) this.show({ ...this.view, problem, running: false });
    } finally {
      cancel.dispose();
      if (this.current?.id === id) this.current = undefined;
    }
  }

  /** What has run stays; nothing more of this run is heard, so that nobody waits for the server to say so. */
  cancel(): void {
    const isRunning = this.current !== undefined;
    this.drop();
    if (isRunning && this.view) this.show({ ...this.view, problem: "Cancelled.", running: false });
  }
  private drop(): void {
    this.current?.cancel.cancel();
    this.current = undefined;
  }

  dispose(): void {
    this.drop();
    this.panel?.dispose();
  }

  private addRow(run: string, row: ForwardRow): void {
    if (this.current?.id !== run || !this.view) return;
    this.view = { ...this.view, rows: withRow(this.view.rows, row) };
    this.post({ type: "row", row });
  }

  private show(view: ForwardView): void {
    this.view = view;
    const isNew = this.panel === undefined;
    const panel = this.panel ?? this.open();
    panel.title = `Forward: ${view.title}`;
    if (isNew) void putBelow();
    else if (!panel.visible) panel.reveal(undefined, true);
    this.post({ type: "view", view });
  }

  private open(): WebviewPanel {
    const panel = openPanel(this.extension, { script: "forward", title: "Forward", heading: "Run forward" });
    panel.webview.onDidReceiveMessage((message: FromPage) => this.received(message));
    panel.onDidDispose(() => {
      this.drop();
      this.panel = undefined;
    });
    this.panel = panel;
    return panel;
  }

  private post(message: ToPage): void {
    void this.panel?.webview.postMessage(message);
  }

  private async received(message: FromPage): Promise<void> {
    if (message.type === "ready" && this.view) this.post({ type: "view", view: this.view });
    if (message.type === "cancel") this.cancel();
    if (message.type === "open") await this.openRow(this.row(message.index));
    if (message.type === "report") {
      const row = this.row(message.index);
      await this.openRow(row);
      await commands.executeCommand("inlayer.reportWrongHint", row?.uri);
    }
    if (message.type === "run" && this.last) {
      this.seed = message.seed;
      await this.run({ ...this.last, batch: message.batch ?? this.last.batch });
    }
  }

  private row(index: number): ForwardRow | undefined {
    return this.view?.rows.find((it) => it.index === index);
  }
  /** The line of a layer, in the column that the panel does not cover. */
  private async openRow(row: ForwardRow | undefined): Promise<void> {
    if (row?.uri === undefined || row.range === undefined) return;
    const { start, end } = row.range;
    const selection = new Range(start.line, start.character, end.line, end.character);
    const shown = window.visibleTextEditors.find(({ document }) => document.uri.toString() === row.uri);
    const viewColumn = shown?.viewColumn ?? ViewColumn.One;
    await window.showTextDocument(Uri.parse(row.uri), { selection, viewColumn });
  }
}
