import {
  Diagnostic,
  DiagnosticSeverity,
  type Disposable,
  extensions,
  languages,
  ProgressLocation,
  type TextDocument,
  type Uri,
  window,
  workspace,
} from "vscode";
import { REQUESTS, type ToldResult } from "../../server/protocol/messages.ts";
import type { Command } from "./command.ts";
import { placeOf, sayThereIsNoFile } from "./place.ts";
import { isTrusted } from "./runForward.ts";

/** As much of the Python extension's own interface as is needed. */
interface Pythons {
  readonly environments?: {
    getActiveEnvironmentPath(resource: Uri): { readonly path: string };
    resolveEnvironment(path: unknown): Promise<{ readonly executable: { readonly uri?: Uri } } | undefined>;
  };
}

async function chosenPython(resource: Uri): Promise<string | undefined> {
  const { environments } = ((await extensions.getExtension("ms-python.python")?.activate()) ?? {}) as Pythons;
  const found = await environments?.resolveEnvironment(environments.getActiveEnvironmentPath(resource));
  return found?.executable.uri?.fsPath;
}

/** Hints that were refuted, at their lines, until the next edit. */
function mark(document: TextDocument, refuted: NonNullable<ToldResult["refuted"]>): void {
  const collection = languages.createDiagnosticCollection("inlayer verify");
  const marks = refuted.map(({ line, message }) => {
    const made = new Diagnostic(document.lineAt(line).range, message, DiagnosticSeverity.Information);
    made.source = "Inlayer, verified with Keras";
    return made;
  });
  collection.set(document.uri, marks);
  const listener: Disposable = workspace.onDidChangeTextDocument((it) => {
    if (it.document !== document || it.contentChanges.length === 0) return;
    collection.dispose();
    listener.dispose();
  });
}

/** The only command that runs the user's code: in the project's Python, without training, in a process of its own. */
export const verify: Command = {
  id: "inlayer.verify",
  async run({ server, summaries }, uri) {
    if (!isTrusted()) return;
    const place = placeOf(uri);
    if (place === undefined) return sayThereIsNoFile();
    const document = await workspace.openTextDocument(place.uri);
    const python = await chosenPython(place.uri);
    const params = { uri: place.uri.toString(), trusted: workspace.isTrusted, python };
    const title = "Running the file in its Python, without training …";
    const { lines, problem, refuted, ...told } = await window.withProgress(
      { location: ProgressLocation.Notification, title, cancellable: true },
      (_, token) => server.request<ToldResult>(REQUESTS.verify, params, token),
    );
    if (problem !== undefined) throw new Error(problem);
    mark(document, refuted ?? []);
    await summaries.show({ title: `Verified ${told.title}`, text: lines.join("\n") });
    void window.showInformationMessage(`${told.title}: ${lines.at(-1)}`);
  },
};
