import { CodeLens, type Disposable, EventEmitter, env, languages, Range, type Uri, window, workspace } from "vscode";
import { type SummaryForm, USUAL_FORM } from "../../server/features/summaryForm.ts";
import { type ModelEntry, REQUESTS, type SummaryParams, type SummaryResult } from "../../server/protocol/messages.ts";
import type { Server } from "../server.ts";
import { SUMMARY_SCHEME, type SummaryDocuments } from "./summaryDocument.ts";

interface Live {
  readonly uri: Uri;
  readonly asked: SummaryParams & { readonly form: SummaryForm };
  readonly result: SummaryResult | null;
}

const PARTS: readonly (readonly [keyof SummaryForm, string])[] = [
  ["expandNested", "Nested layers"],
  ["showTrainable", "Trainable"],
  ["costs", "MACs and memory"],
];
export const SUMMARY_COMMANDS = { copy: "inlayer.copySummary", part: "inlayer.summaryPart" } as const;
/** Milliseconds after the last keystroke. */
const PAUSE = 300;

/** Models' tables that follow the code, with what to show of them over the first line. */
export class LiveSummaries implements Disposable {
  private readonly documents: SummaryDocuments;
  private readonly server: Server;
  private readonly open = new Map<string, Live>();
  private readonly lensesChanged = new EventEmitter<void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly registrations: readonly Disposable[];

  constructor(documents: SummaryDocuments, server: Server) {
    this.documents = documents;
    this.server = server;
    this.registrations = [
      this.lensesChanged,
      workspace.onDidChangeTextDocument(({ document }) => document.languageId === "python" && this.later()),
      workspace.onDidCloseTextDocument(({ uri }) => this.open.delete(uri.toString())),
      languages.registerCodeLensProvider(
        { scheme: SUMMARY_SCHEME },
        { onDidChangeCodeLenses: this.lensesChanged.event, provideCodeLenses: ({ uri }) => this.lenses(uri) },
      ),
    ];
  }

  /** Of a model of a document, which may be a cell. */
  async show(source: string, { index, name }: ModelEntry): Promise<void> {
    const asked = { uri: source, model: index, name, form: USUAL_FORM };
    const result = await this.server.request<SummaryResult | null>(REQUESTS.summary, asked);
    if (result === null) throw new Error(`${name} is not in this file any more.`);
    const { title, text } = result;
    const uri = await this.documents.show({ title, text, about: source });
    this.open.set(uri.toString(), { uri, asked, result });
    this.lensesChanged.fire();
  }

  /** Shows a part of the table that is hidden, or hides it. */
  async toggle(key: unknown, part: unknown): Promise<void> {
    const live = this.open.get(String(key));
    const which = PARTS.find(([it]) => it === part)?.[0];
    if (live === undefined || which === undefined) return;
    const form = { ...live.asked.form, [which]: !live.asked.form[which] };
    const changed = { ...live, asked: { ...live.asked, form } };
    this.open.set(String(key), changed);
    this.lensesChanged.fire();
    await this.refresh(changed);
  }

  /** As a table of Markdown, into the clipboard. */
  async copy(key: unknown = window.activeTextEditor?.document.uri.toString()): Promise<void> {
    const markdown = this.open.get(String(key))?.result?.markdown;
    if (markdown === undefined) {
      void window.showInformationMessage("Show a model's summary first: it is what is copied.");
      return;
    }
    await env.clipboard.writeText(markdown);
    window.setStatusBarMessage("The summary is copied as Markdown.", 3000);
  }

  /** What is imported may be what changed, so any program counts; what did not change costs nearly nothing. */
  private later(): void {
    clearTimeout(this.timer);
    if (this.open.size > 0)
      this.timer = setTimeout(() => void Promise.all([...this.open.values()].map((it) => this.refresh(it))), PAUSE);
  }

  private async refresh(live: Live): Promise<void> {
    const key = live.uri.toString();
    const result = await this.server
      .request<SummaryResult | null>(REQUESTS.summary, live.asked)
      .catch((): SummaryResult | null => null);
    // Closed, or asked for in another form meanwhile.
    if (this.open.get(key)?.asked !== live.asked) return;
    this.open.set(key, { ...live, result });
    this.documents.write(live.uri, result?.text ?? `The code makes no model called ${live.asked.name} as it stands.`);
  }

  private lenses(uri: Uri): CodeLens[] {
    const key = uri.toString();
    const live = this.open.get(key);
    if (live === undefined) return [];
    const top = new Range(0, 0, 0, 0);
    const parts = PARTS.map(([part, label]) => {
      const title = `${live.asked.form[part] ? "$(check)" : "$(circle-slash)"}\u00a0${label}`;
      return new CodeLens(top, { title, command: SUMMARY_COMMANDS.part, arguments: [key, part] });
    });
    const copy = { title: "$(copy)\u00a0Copy as Markdown", command: SUMMARY_COMMANDS.copy, arguments: [key] };
    return [new CodeLens(top, copy), ...parts];
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const it of this.registrations) it.dispose();
  }
}
