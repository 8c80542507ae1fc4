import { type Disposable, EventEmitter, Uri, ViewColumn, window, workspace } from "vscode";
import type { SummaryResult } from "../../server/protocol/messages.ts";

const SCHEME = "inlayer-summary";

/** Summaries as read-only documents: they can be searched, copied and compared like any text. */
export class SummaryDocuments implements Disposable {
  private readonly texts = new Map<string, string>();
  private readonly changed = new EventEmitter<Uri>();
  private readonly registration = workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: this.changed.event,
    provideTextDocumentContent: ({ path }) => this.texts.get(path) ?? "",
  });

  async show({ title, text }: SummaryResult): Promise<void> {
    const uri = Uri.from({ scheme: SCHEME, path: `/${title.replaceAll("/", "∕")}.txt` });
    this.texts.set(uri.path, text);
    this.changed.fire(uri);
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preserveFocus: true, preview: true });
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}
