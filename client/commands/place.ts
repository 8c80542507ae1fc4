import { type Position, Uri, window } from "vscode";

/** Where a command was called: a document, and the cursor in it if there is one. */
export interface Place {
  readonly uri: Uri;
  readonly position: Position | undefined;
}

/** From a command's first argument (a lens or another extension gives a document), else from the editor in front. */
export function placeOf(argument: unknown): Place | undefined {
  const given = typeof argument === "string" ? Uri.parse(argument) : argument instanceof Uri ? argument : undefined;
  const editors = [window.activeTextEditor, ...window.visibleTextEditors];
  const editor = given
    ? editors.find((it) => it?.document.uri.toString() === given.toString())
    : editors.find((it) => it?.document.languageId === "python");
  if (given) return { uri: given, position: editor?.selection.active };
  return editor && { uri: editor.document.uri, position: editor.selection.active };
}

export const sayThereIsNoFile = (): void => {
  void window.showInformationMessage("Open a Python file or a notebook first: Inlayer has nothing to look at.");
};
