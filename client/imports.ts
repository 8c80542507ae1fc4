import { FileType, type TextDocument, Uri, workspace } from "vscode";
import { importsKeras, type Place } from "./importSearch.ts";

/** The files of the editor, wherever they are. */
const place: Place = {
  async names(folder) {
    try {
      const entries = await workspace.fs.readDirectory(Uri.parse(folder));
      return new Set(entries.map(([name, type]) => (type & FileType.Directory ? `${name}/` : name)));
    } catch {
      return new Set();
    }
  },
  async text(file) {
    try {
      return new TextDecoder().decode(await workspace.fs.readFile(Uri.parse(file)));
    } catch {
      return "";
    }
  },
};

/** Where a text is on the disk: a cell is where its notebook is. Undefined for one that was never saved. */
function fileOf(document: TextDocument): Uri | undefined {
  if (document.isUntitled) return undefined;
  if (document.uri.scheme !== "vscode-notebook-cell") return document.uri;
  const isOwn = (it: { readonly document: TextDocument }) => it.document === document;
  return workspace.notebookDocuments.find((it) => it.getCells().some(isOwn))?.uri;
}

/** Whether an open text that does not name Keras itself imports a file that does. */
export async function leadsToKeras(document: TextDocument): Promise<boolean> {
  const file = fileOf(document);
  if (file === undefined) return false;
  const root = workspace.getWorkspaceFolder(file)?.uri.toString();
  return importsKeras(place, file.toString(), document.getText(), root === undefined ? [] : [root]);
}
