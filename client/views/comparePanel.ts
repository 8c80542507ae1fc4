import { type Disposable, Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import type { CompareResult } from "../../server/protocol/messages.ts";
import { pageOf } from "./page.ts";
import { putBelow } from "./putBelow.ts";

/** What the page is told, once it says that it is ready. */
export type ToComparePage = CompareResult;

/** What could stand in the place of a layer, side by side. There is one panel; the next comparison takes its place. */
export class ComparePanel implements Disposable {
  private readonly extension: Uri;
  private panel: WebviewPanel | undefined;
  private shown: CompareResult | undefined;

  constructor(extension: Uri) {
    this.extension = extension;
  }

  show(result: CompareResult): void {
    this.shown = result;
    const isNew = this.panel === undefined;
    const panel = this.panel ?? this.open();
    if (isNew) void putBelow();
    else panel.reveal(undefined, true);
    void panel.webview.postMessage(result satisfies ToComparePage);
  }

  dispose(): void {
    this.panel?.dispose();
  }

  private open(): WebviewPanel {
    const roots = ["dist", "media"].map((folder) => Uri.joinPath(this.extension, folder));
    const panel = window.createWebviewPanel(
      "inlayer.compare",
      "Compare ways",
      { viewColumn: ViewColumn.Active, preserveFocus: true },
      { enableScripts: true, localResourceRoots: roots },
    );
    panel.iconPath = Uri.joinPath(this.extension, "media", "icon.png");
    panel.webview.onDidReceiveMessage(() => this.shown && panel.webview.postMessage(this.shown));
    panel.onDidDispose(() => {
      this.panel = undefined;
    });
    panel.webview.html = pageOf(panel.webview, this.extension, "compare", "Compare ways");
    this.panel = panel;
    return panel;
  }
}
