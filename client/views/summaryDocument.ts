import { type Disposable, EventEmitter, languages, Uri, window, workspace } from "vscode";
import type { SummaryResult } from "../../server/protocol/messages.ts";
import { putBelow } from "./putBelow.ts";

const SCHEME = "inlayer-summary";
/** Its defaults keep the editor from marking every line of the table as a suspicious character. */
const LANGUAGE = "inlayer-summary";

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
    const opened = await workspace.openTextDocument(uri);
    const document = await languages.setTextDocumentLanguage(opened, LANGUAGE);
    const shown = window.visibleTextEditors.some((it) => it.document === document);
    if (shown) return;
    await window.showTextDocument(document, { preview: true, preserveFocus: true });
    await putBelow();
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}
