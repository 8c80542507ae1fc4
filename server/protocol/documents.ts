import { type Connection, NotebookCellKind, type TextDocumentItem } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { OpenFiles } from "../workspace/openFiles.ts";

/** Some clients send more than they were asked to. */
const isPython = ({ uri, languageId }: TextDocumentItem): boolean =>
  /python/i.test(languageId) || /\.py[iw]?$/.test(uri.replace(/[?#].*$/s, ""));

/** Keeps the open files as the client has them: files and notebooks, with their edits as they come. */
export function syncDocuments(connection: Connection, open: OpenFiles): void {
  const texts = new Map<string, TextDocument>();
  const set = (document: TextDocument) => {
    texts.set(document.uri, document);
    open.setText({ uri: document.uri, version: document.version, text: document.getText() });
  };
  const openText = (item: TextDocumentItem) => {
    if (isPython(item)) set(TextDocument.create(item.uri, item.languageId, item.version, item.text));
  };
  const closeText = (uri: string) => {
    texts.delete(uri);
    open.closeText(uri);
  };
  type Changes = Parameters<typeof TextDocument.update>[1];
  const changeText = ({ uri, version }: { uri: string; version: number }, changes: Changes) => {
    const document = texts.get(uri);
    if (document !== undefined) set(TextDocument.update(document, changes, version));
  };

  connection.onDidOpenTextDocument(({ textDocument }) => openText(textDocument));
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => changeText(textDocument, contentChanges));
  connection.onDidCloseTextDocument(({ textDocument }) => closeText(textDocument.uri));

  const cellsOf = (cells: readonly { readonly document: string; readonly kind: NotebookCellKind }[]) =>
    cells.map(({ document, kind }) => ({ uri: document, isCode: kind === NotebookCellKind.Code }));
  const notebooks = connection.notebooks.synchronization;
  notebooks.onDidOpenNotebookDocument(({ notebookDocument, cellTextDocuments }) => {
    open.setNotebook(notebookDocument.uri, cellsOf(notebookDocument.cells));
    for (const cell of cellTextDocuments) openText(cell);
  });
  notebooks.onDidChangeNotebookDocument(({ notebookDocument: { uri }, change: { cells } }) => {
    if (cells?.structure !== undefined) {
      const { array, didOpen, didClose } = cells.structure;
      const present = [...(open.cellsOf(uri) ?? [])];
      present.splice(array.start, array.deleteCount, ...cellsOf(array.cells ?? []));
      open.setNotebook(uri, present);
      for (const cell of didOpen ?? []) openText(cell);
      for (const cell of didClose ?? []) closeText(cell.uri);
    }
    for (const { document, changes } of cells?.textContent ?? []) changeText(document, changes);
  });
  notebooks.onDidCloseNotebookDocument(({ notebookDocument, cellTextDocuments }) => {
    open.closeNotebook(notebookDocument.uri);
    for (const { uri } of cellTextDocuments) texts.delete(uri);
  });
}
