import { type Disposable, EventEmitter, languages, Uri, window, workspace } from "vscode";
import { putBelow } from "./putBelow.ts";

export const SUMMARY_SCHEME = "inlayer-summary";
/** Its defaults keep the editor from marking every line of the table as a suspicious character. */
const LANGUAGE = "inlayer-summary";

/** Texts as read-only documents: they can be searched, copied and compared like any other. */
export class SummaryDocuments implements Disposable {
  private readonly texts = new Map<string, string>();
  private readonly changed = new EventEmitter<Uri>();
  private readonly registrations = [
    workspace.registerTextDocumentContentProvider(SUMMARY_SCHEME, {
      onDidChange: this.changed.event,
      provideTextDocumentContent: (uri) => this.texts.get(uri.toString()) ?? "",
    }),
    workspace.onDidCloseTextDocument(({ uri }) => this.texts.delete(uri.toString())),
  ];

  /** `about` tells apart what has the same title. Gives the document's address. */
  async show({ title, text, about = "" }: { title: string; text: string; about?: string }): Promise<Uri> {
    const uri = Uri.from({ scheme: SUMMARY_SCHEME, path: `/${title.replaceAll("/", "∕")}.txt`, query: about });
    this.write(uri, text);
    const opened = await workspace.openTextDocument(uri);
    const document = await languages.setTextDocumentLanguage(opened, LANGUAGE);
    const shown = window.visibleTextEditors.some((it) => it.document === document);
    if (shown) return uri;
    await window.showTextDocument(document, { preview: true, preserveFocus: true });
    await putBelow();
    return uri;
  }

  write(uri: Uri, text: string): void {
    this.texts.set(uri.toString(), text);
    this.changed.fire(uri);
  }

  dispose(): void {
    for (const it of this.registrations) it.dispose();
    this.changed.dispose();
  }
}
