import { type NotebookDocument, NotebookRange, Range, Uri, window, workspace } from "vscode";
import type { CodePlace } from "../../../server/protocol/messages.ts";
import type { ModelNode } from "./nodes.ts";

const CELL = "vscode-notebook-cell";

const notebookOf = (cell: Uri): NotebookDocument | undefined =>
  workspace.notebookDocuments.find((it) => it.getCells().some(({ document }) => document.uri.toString() === `${cell}`));

/** The file that a document is or is a cell of. */
export const fileOf = (document: Uri): string =>
  (document.scheme === CELL ? (notebookOf(document)?.uri ?? document) : document).toString();

/** Shows code, with the focus where it was unless it is to be there. */
export async function goTo({ uri, range, cell }: CodePlace, focus = false): Promise<void> {
  const preserveFocus = !focus;
  const target = Uri.parse(uri);
  const notebook =
    cell !== undefined ? await workspace.openNotebookDocument(target) : target.scheme === CELL && notebookOf(target);
  if (notebook) {
    const index = cell ?? notebook.getCells().findIndex(({ document }) => document.uri.toString() === uri);
    const selections = [new NotebookRange(index, index + 1)];
    await window.showNotebookDocument(notebook, { selections, preserveFocus });
    return;
  }
  const selection = new Range(range.start.line, range.start.character, range.start.line, range.start.character);
  await window.showTextDocument(target, { selection, preserveFocus });
}

/** The document and the number of a model, as commands take them; the server is told of the document. */
export async function commandArguments({ file, model }: ModelNode): Promise<readonly [string, number]> {
  const { uri = file, cell } = model.place ?? {};
  if (cell !== undefined) {
    const notebook = await workspace.openNotebookDocument(Uri.parse(uri));
    return [notebook.cellAt(cell).document.uri.toString(), model.index];
  }
  await workspace.openTextDocument(Uri.parse(uri));
  return [uri, model.index];
}
