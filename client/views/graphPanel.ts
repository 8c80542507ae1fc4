import type { TextEditor, WebviewPanel } from "vscode";
import { Disposable, Range, Uri, ViewColumn, window, workspace } from "vscode";
import { type GraphParams, type GraphResult, REQUESTS } from "../../server/protocol/messages.ts";
import type { Chosen } from "../commands/chooseModel.ts";
import type { Server } from "../server.ts";
import { nodesAt } from "./graphCursor.ts";
import type { FromGraphPage, ToGraphPage } from "./graphMessages.ts";
import { openPanel } from "./page.ts";

/** Milliseconds without a keystroke after which the picture is drawn anew. */
const PAUSE = 350;

/** The architecture of a model beside its code. There is one panel; the next model takes its place. */
export class GraphPanel implements Disposable {
  private readonly extension: Uri;
  private readonly server: Server;
  private panel: WebviewPanel | undefined;
  private asked: GraphParams | undefined;
  private shown: GraphResult | undefined;
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private hearing: Disposable | undefined;

  constructor(extension: Uri, server: Server) {
    this.extension = extension;
    this.server = server;
  }

  async show({ uri, model }: Chosen): Promise<void> {
    this.asked = { uri, model: model.index, name: model.name };
    this.shown = undefined;
    const panel = this.panel ?? this.open();
    panel.title = `Architecture: ${model.name}`;
    if (!panel.visible) panel.reveal(undefined, true);
    await this.draw();
  }

  dispose(): void {
    clearTimeout(this.waiting);
    this.panel?.dispose();
  }

  /** Asks for the model as it stands now. */
  private async draw(): Promise<void> {
    const { asked } = this;
    if (asked === undefined) return;
    const graph = await this.server.request<GraphResult | null>(REQUESTS.graph, asked);
    if (this.asked !== asked) return;
    if (graph === null) return this.post({ type: "gone", title: asked.name });
    this.asked = { ...asked, model: graph.model, name: graph.title };
    this.shown = graph;
    if (this.panel) this.panel.title = `Architecture: ${graph.title}`;
    this.post({ type: "graph", graph });
    this.follow(window.activeTextEditor);
  }
  private changed(): void {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      if (this.panel?.visible) void this.draw();
    }, PAUSE);
  }

  private open(): WebviewPanel {
    const panel = openPanel(this.extension, {
      ...{ script: "graph", title: "Architecture", heading: "Architecture", column: ViewColumn.Beside, works: true },
    });
    this.hearing = Disposable.from(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (document.languageId === "python" && contentChanges.length > 0) this.changed();
      }),
      window.onDidChangeTextEditorSelection(({ textEditor }) => this.follow(textEditor)),
      // What changed while nobody looked.
      panel.onDidChangeViewState(() => this.changed()),
    );
    panel.webview.onDidReceiveMessage((message: FromGraphPage) => this.received(message));
    panel.onDidDispose(() => {
      this.hearing?.dispose();
      clearTimeout(this.waiting);
      this.panel = this.asked = this.shown = undefined;
    });
    this.panel = panel;
    return panel;
  }

  private follow(editor: TextEditor | undefined): void {
    if (editor === undefined || this.shown === undefined) return;
    const { document, selection } = editor;
    if (document.languageId !== "python") return;
    this.post({ type: "cursor", ids: nodesAt(this.shown.nodes, document.uri.toString(), selection.active) });
  }
  private post(message: ToGraphPage): void {
    void this.panel?.webview.postMessage(message);
  }

  private async received(message: FromGraphPage): Promise<void> {
    if (message.type === "ready" && this.shown) this.post({ type: "graph", graph: this.shown });
    if (message.type === "open") await this.openCode(message.id);
    if (message.type === "save") await save(this.shown?.title ?? "model", message.as, message.data);
    if (message.type === "failed") void window.showErrorMessage(`Inlayer: ${message.message}`);
  }
  /** Where a node comes from, in the column that the panel does not cover. */
  private async openCode(id: string): Promise<void> {
    const node = this.shown?.nodes.find((it) => it.id === id);
    const spot = node?.spot ?? node?.around[0];
    if (spot === undefined) return;
    const { start, end } = spot.range;
    const selection = new Range(start.line, start.character, end.line, end.character);
    const shown = window.visibleTextEditors.find(({ document }) => document.uri.toString() === spot.uri);
    const viewColumn = shown?.viewColumn ?? ViewColumn.One;
    await window.showTextDocument(Uri.parse(spot.uri), { selection, viewColumn });
  }
}

const FILTERS = { svg: "SVG", png: "PNG" } as const;
async function save(title: string, as: "svg" | "png", data: string): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const name = `${title.replace(/[^\w.-]+/g, "_")}.${as}`;
  const target = await window.showSaveDialog({
    ...(folder && { defaultUri: Uri.joinPath(folder, name) }),
    filters: { [FILTERS[as]]: [as] },
    title: `Save the architecture as ${FILTERS[as]}`,
  });
  if (target === undefined) return;
  const bytes = as === "svg" ? new TextEncoder().encode(data) : Uint8Array.from(atob(data), (it) => it.charCodeAt(0));
  await workspace.fs.writeFile(target, bytes);
}
