import { type Connection, NotebookCellKind, type TextDocumentItem } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { OpenFiles } from "../workspace/openFiles.ts";

/** Some clients send more than they were asked to. */
const isPython = ({ uri, languageId }: TextDocumentItem): boolean =>
  /python/i.test(languageId) || /\.py[iw]?$/.test(uri.replace(/[?#].*$/s, ""));

/** Keeps the open files as the client has them: files and notebooks, with their edits as they come. */
export function syncDocuments(connection: Connection, open: OpenFiles): void {
  const texts = new Texts(open);
  connection.onDidOpenTextDocument(({ textDocument }) => texts.open(textDocument));
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => texts.change(textDocument, contentChanges));
  connection.onDidCloseTextDocument(({ textDocument }) => texts.close(textDocument.uri));
  syncNotebooks(connection, open, texts);
}

type Changes = Parameters<typeof TextDocument.update>[1];

class Texts {
  private readonly files: OpenFiles;
  private readonly documents = new Map<string, TextDocument>();
  constructor(files: OpenFiles) {
    this.files = files;
  }
  open(item: TextDocumentItem): void {
    if (isPython(item)) this.set(TextDocument.create(item.uri, item.languageId, item.version, item.text));
  }
  change({ uri, version }: { readonly uri: string; readonly version: number }, changes: Changes): void {
    const document = this.documents.get(uri);
    if (document !== undefined) this.set(TextDocument.update(document, changes, version));
  }
  close(uri: string): void {
    this.documents.delete(uri);
    this.files.closeText(uri);
  }
  private set(document: TextDocument): void {
    this.documents.set(document.uri, document);
    this.files.setText({ uri: document.uri, version: document.version, text: document.getText() });
  }
}

function syncNotebooks(connection: Connection, open: OpenFiles, texts: Texts): void {
  const cellsOf = (cells: readonly { readonly document: string; readonly kind: NotebookCellKind }[]) =>
    cells.map(({ document, kind }) => ({ uri: document, isCode: kind === NotebookCellKind.Code }));
  const notebooks = connection.notebooks.synchronization;
  notebooks.onDidOpenNotebookDocument(({ notebookDocument, cellTextDocuments }) => {
    open.setNotebook(notebookDocument.uri, cellsOf(notebookDocument.cells));
    for (const cell of cellTextDocuments) texts.open(cell);
  });
  notebooks.onDidChangeNotebookDocument(({ notebookDocument: { uri }, change: { cells } }) => {
    if (cells?.structure !== undefined) {
      const { array, didOpen, didClose } = cells.structure;
      const present = [...(open.cellsOf(uri) ?? [])];
      present.splice(array.start, array.deleteCount, ...cellsOf(array.cells ?? []));
      open.setNotebook(uri, present);
      for (const cell of didOpen ?? []) texts.open(cell);
      for (const cell of didClose ?? []) texts.close(cell.uri);
    }
    for (const { document, changes } of cells?.textContent ?? []) texts.change(document, changes);
  });
  notebooks.onDidCloseNotebookDocument(({ notebookDocument, cellTextDocuments }) => {
    open.closeNotebook(notebookDocument.uri);
    for (const { uri } of cellTextDocuments) texts.close(uri);
  });
}
