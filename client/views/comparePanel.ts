import type { Disposable, Uri, WebviewPanel } from "vscode";
import type { CompareResult } from "../../server/protocol/messages.ts";
import { openPanel } from "./page.ts";
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
    const panel = openPanel(this.extension, { script: "compare", title: "Compare ways", heading: "Compare ways" });
    panel.webview.onDidReceiveMessage(() => this.shown && panel.webview.postMessage(this.shown));
    panel.onDidDispose(() => {
      this.panel = undefined;
    });
    this.panel = panel;
    return panel;
  }
}
