import type { TextDocumentEdit, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import type { Edit } from "../../../core/index.ts";
import type { OpenFile, OpenPart } from "../../workspace/openFiles.ts";
import { rangeIn } from "../convert.ts";
import type { Session } from "../session.ts";

/** Edits of one file, or of cells of one notebook, as the client takes them. */
export function workspaceEdit({ client }: Session, file: OpenFile, edits: readonly Edit[]): WorkspaceEdit {
  const byPart = new Map<OpenPart, TextEdit[]>();
  for (const { location, newText } of edits) {
    const part = file.partAt(location.span.start);
    if (part === undefined || location.path !== file.path) continue;
    const edit = { range: rangeIn(part, location.span), newText };
    byPart.set(part, [...(byPart.get(part) ?? []), edit]);
  }
  if (!client.documentChanges) return { changes: Object.fromEntries([...byPart].map(([{ uri }, it]) => [uri, it])) };
  const documentChanges = [...byPart].map(
    ([{ uri, version }, edits]): TextDocumentEdit => ({ textDocument: { uri, version }, edits }),
  );
  return { documentChanges };
}
