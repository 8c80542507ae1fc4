import {
  type CodeLens,
  commands,
  type Diagnostic,
  extensions,
  type Hover,
  type InlayHint,
  languages,
  MarkdownString,
  Range,
  type TextDocument,
  Uri,
  window,
  workspace,
} from "vscode";
import type { Inlayer } from "../../../client/activation.ts";

export const extension = () => {
  const found = extensions.getExtension<Inlayer>("inlayer.inlayer");
  if (found === undefined) throw new Error("Inlayer is not installed");
  return found;
};

/** Asks again until the answer is one; the last one where that takes too long. */
export async function eventually<T>(ask: () => Thenable<T> | T, isThere: (answer: T) => boolean): Promise<T> {
  const end = Date.now() + 15_000;
  for (;;) {
    const answer = await ask();
    if (isThere(answer) || Date.now() > end) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export function uriOf(name: string): Uri {
  const folder = workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error("no folder is open");
  return Uri.joinPath(folder.uri, name);
}

/** Opens a file anew: what an earlier test typed is gone. */
export async function open(name: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument(uriOf(name));
  await window.showTextDocument(document);
  if (document.isDirty) await commands.executeCommand("workbench.action.files.revert");
  return document;
}

export const wholeOf = (document: TextDocument): Range => new Range(0, 0, document.lineCount, 0);

const labelOf = ({ label }: InlayHint): string =>
  (typeof label === "string" ? label : label.map(({ value }) => value).join("")).trim();

/** What stands at the ends of lines: by line, from 1. */
export async function hintsOf(document: TextDocument): Promise<Readonly<Record<number, string>>> {
  const hints = await commands.executeCommand<readonly InlayHint[] | undefined>(
    "vscode.executeInlayHintProvider",
    document.uri,
    wholeOf(document),
  );
  return Object.fromEntries((hints ?? []).map((hint) => [hint.position.line + 1, labelOf(hint)]));
}

export const hintsWhen = (document: TextDocument, line: number, label: RegExp) =>
  eventually(
    () => hintsOf(document),
    (hints) => label.test(hints[line] ?? ""),
  );

/** The page that pointing at a word shows. */
export async function hoverOver(document: TextDocument, word: string): Promise<string> {
  const position = document.positionAt(document.getText().indexOf(word) + 1);
  const hovers = await commands.executeCommand<readonly Hover[]>("vscode.executeHoverProvider", document.uri, position);
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (content instanceof MarkdownString ? content.value : String(content)))
    .join("\n");
}

const isOurs = ({ source }: Diagnostic): boolean => source?.toLowerCase() === "inlayer";
export const diagnosticsOf = (document: TextDocument): readonly Diagnostic[] =>
  languages.getDiagnostics(document.uri).filter(isOurs);

export const lensesOf = (document: TextDocument) =>
  commands.executeCommand<readonly CodeLens[]>("vscode.executeCodeLensProvider", document.uri, 20);
